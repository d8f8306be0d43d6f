"""Subjects and people are used again; the same phone of different people is found."""

import pytest

from tests.library.conftest import ID_NUMBER, MOBILE, NAME, case
from wizard.draft import Draft
from wizard.library.library import Library
from wizard.library.problems import NoSuchCase


def test_one_subject_with_many_mini_programs_is_one(library: Library):
    numbers = [library.cases.new(case(name, subject__name="绿柠檬公司")) for name in ("甲", "乙")]
    library.cases.new(case("丙", subject__name="别的公司", subject__certificate_number=""))
    (subject,) = library.parties.subjects("绿柠檬")
    assert sorted(subject.cases) == numbers
    assert library.parties.subjects("91110115MA01QFMA2Y") == [subject]
    assert {one.name for one in library.parties.subjects()} == {"绿柠檬公司", "别的公司"}


def test_a_person_is_known_by_the_number_in_either_role(library: Library):
    one = library.cases.new(case("甲"))
    two = library.cases.new(
        case("乙", principal__name="李四", principal__certificate_number="110101199003074530")
        .with_answer("contact.name", NAME)
        .with_answer("contact.certificate_number", ID_NUMBER.lower())
    )
    (person,) = library.parties.people(ID_NUMBER)
    assert sorted(person.cases) == [one, two]
    assert person.masked == "110101********8891"
    assert ID_NUMBER not in person.key


def test_filling_marks_where_it_comes_from_and_spares_what_was_typed(library: Library):
    library.cases.new(case("甲", principal__email="a@example.com"))
    (person,) = library.parties.people(NAME)
    draft = Draft(answers={"contact.mobile": "13999998888"})
    filled = library.parties.fill(draft, "contact", person)
    assert filled.text("contact.name") == NAME
    assert filled.source("contact.name") == "library"
    assert (filled.text("contact.mobile"), filled.source("contact.mobile")) == ("13999998888", "typed")
    again = library.parties.fill(filled, "contact", person, only=["mobile"])
    assert (again.text("contact.mobile"), again.source("contact.mobile")) == (MOBILE, "library")
    subject = library.parties.subjects()[0]
    assert library.parties.fill(Draft(), "subject", subject).text("subject.province") == "北京市"


def test_a_change_can_be_carried_to_the_others(library: Library):
    one, two, three = (library.cases.new(case(name)) for name in ("甲", "乙", "丙"))
    library.marks.bin([three])
    draft = library.cases.load(one).draft.with_answer("principal.mobile", "13911112222")
    library.cases.save(one, draft, 1)
    ((row, differing),) = library.parties.others(one, "principal")
    assert (row.id, differing) == (two, {"mobile": ("13911112222", MOBILE)})
    assert library.parties.update_others(one, "principal", [two, three], ["mobile"]) == 1
    changed = library.cases.load(two).draft
    assert (changed.text("principal.mobile"), changed.source("principal.mobile")) == (
        "13911112222",
        "library",
    )
    assert library.cases.history(two, "principal.mobile")[0].before == MOBILE
    assert library.parties.others(one, "principal") == []


def test_the_same_phone_of_somebody_else_is_a_finding_without_names(library: Library):
    library.cases.new(case("甲"))
    other = case("乙", principal__name="李四", principal__certificate_number="110101199003074530")
    (finding,) = library.parties.shared_mobiles(other)
    assert (finding.rule, finding.severity, finding.fields) == (
        "library.mobile-shared",
        "warning",
        ("principal.mobile",),
    )
    assert not any(text in finding.message + finding.fix for text in (MOBILE, NAME, "李四"))
    number = library.cases.new(other)
    assert len(library.parties.shared_mobiles(other, number)) == 1
    assert library.parties.shared_mobiles(case("丙")) == library.parties.shared_mobiles(case("丙"))
    same = case("丁", principal__certificate_number="")
    assert [one.message for one in library.parties.shared_mobiles(same)] == [finding.message]
    assert library.parties.shared_mobiles(other.with_answer("principal.mobile", "13900001111")) == ()
    linked = other.with_answer("contact.same_as_principal", "是").with_answer("contact.mobile", MOBILE)
    assert len(library.parties.shared_mobiles(linked, number)) == 1


def test_a_party_that_is_gone(library: Library):
    with pytest.raises(NoSuchCase):
        library.parties.party("00" * 32)
