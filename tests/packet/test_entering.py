"""What is entered on the platform, in its order, and how far one has come."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from PIL import Image

from tests.packet.cases import frozen
from wizard.check.run import self_check
from wizard.draft import Draft, load, parse
from wizard.draft import dump as as_bytes
from wizard.packet.entering import (
    CHOOSE,
    PASTE,
    UPLOAD,
    Entered,
    entered,
    entries,
    still_attached,
    uploaded,
    with_entered,
)
from wizard.packet.names import UPLOADS
from wizard.packet.upload import text
from wizard.resource_files import path
from wizard.sections import SECTIONS

ON = date(2026, 11, 25)


def read(draft):
    return SimpleNamespace(draft=draft, reading=self_check(draft, ON, {}).reading)


@pytest.fixture
def company():
    return load(path("samples", "company.json"))


def by_id(draft):
    return {entry.id: entry for entry in entries(read(draft))}


@pytest.mark.parametrize("name", ["company", "individual_business", "person"])
def test_pages_come_in_the_order_of_the_form_and_every_typed_answer_is_there(name):
    draft = load(path("samples", f"{name}.json"))
    listed = entries(read(draft))
    order = [section.id for section in SECTIONS]
    places = [order.index(entry.page.id) for entry in listed]
    assert places == sorted(places)
    entered_fields = {entry.field.id for entry in listed}
    asked = read(draft).reading.asked
    typed = {key for key in draft.answers if key in asked and not key.startswith("progress.")}
    assert typed <= entered_fields
    assert len({entry.id for entry in listed}) == len(listed)


def test_what_is_pasted_is_what_the_text_for_copying_says(company):
    lines = text(frozen(company)).splitlines()
    for entry in entries(read(company)):
        if entry.how != UPLOAD and "#" not in entry.id:
            for line in entry.value.splitlines():
                assert line in lines, entry.label


def test_a_number_is_copied_whole_and_shown_in_groups(company):
    code = by_id(company)["subject.certificate_number"]
    assert (code.how, code.value, code.grouped) == (PASTE, "91110115MA01QFMA2Y", "9111 0115 MA01 QFMA 2Y")
    assert by_id(company)["subject.type"].how == CHOOSE
    mobile = by_id(company)["principal.mobile"]
    assert mobile.private
    assert mobile.grouped == "138 0000 0101"


def test_what_must_be_answered_and_is_not_stands_there_empty_and_the_rest_not_at_all(company):
    without = company.with_answer("principal.mobile", "").with_answer("mini_program.original_id", "")
    listed = by_id(without)
    assert listed["principal.mobile"].value == ""
    assert "mini_program.original_id" not in listed or listed["mini_program.original_id"].wanted


def test_a_contact_who_is_the_principal_is_not_entered_twice(company):
    assert "contact.same_as_principal" in by_id(company)
    assert "contact.name" not in by_id(company)
    other = company.with_answer("contact.same_as_principal", "否").with_answer("contact.name", "王强")
    assert by_id(other)["contact.name"].value == "王强"


def test_rows_and_several_files_are_entries_of_their_own(company, tmp_path):
    draft = company.with_answer(
        "mini_program.pre_approvals",
        (
            {"type": "出版", "code": "新出审字〔2026〕1号"},
            {"type": "药品", "code": "(京)-经营性-1"},
        ),
    )
    values = [entry.value for entry in entries(read(draft)) if entry.field.id == "mini_program.pre_approvals"]
    assert "新出审字〔2026〕1号" in values
    assert "(京)-经营性-1" in values
    several = company.with_attachments("materials.applets_other_materials", ("a.jpg", "b.jpg"))
    ids = [one.id for one in entries(read(several)) if one.field.id == "materials.applets_other_materials"]
    assert ids == ["materials.applets_other_materials#1", "materials.applets_other_materials#2"]


def test_a_tick_falls_when_the_answer_changes_and_comes_back_with_it(company):
    name = by_id(company)["principal.name"]
    so_far = Entered({}).ticked(name)
    other = by_id(company.with_answer("principal.name", "王强"))["principal.name"]
    assert so_far.has(name)
    assert not so_far.has(other)
    assert so_far.outdated(other)
    assert not so_far.outdated(name)
    assert not so_far.ticked(name, on=False).has(name)


def test_how_far_one_has_come_is_kept_with_the_case(company):
    name = by_id(company)["principal.name"]
    kept = with_entered(company, Entered({}).ticked(name).moved("principal.mobile"))
    again = parse(as_bytes(kept))
    assert entered(again).has(name)
    assert entered(again).at == "principal.mobile"
    assert b"\xe6\x9e\x97" not in str(again.rest["entering"]).encode()


@pytest.mark.parametrize("kept", [None, 3, [], {}, {"marks": 1}, {"marks": {"a": 1}, "at": 2}])
def test_a_damaged_memory_is_an_empty_one(kept):
    assert entered(Draft(rest={"entering": kept})) == Entered({})


def test_the_picture_made_fit_is_found_in_the_newest_export(company, tmp_path):
    photo = by_id(company)["subject.certificate_photo"]
    assert uploaded(photo, tmp_path) is None
    for number, folder in enumerate((tmp_path / UPLOADS, tmp_path / "BA_v2" / UPLOADS), 1):
        folder.mkdir(parents=True)
        (folder / f"01_主体证件照片_某公司{number}.jpg").write_bytes(b"x")
        (folder / f"02_主体负责人证件正面_某公司{number}.jpg").write_bytes(b"x")
    import os

    os.utime(tmp_path / UPLOADS, (1, 1))
    assert uploaded(photo, tmp_path) == tmp_path / "BA_v2" / UPLOADS / "01_主体证件照片_某公司2.jpg"


def test_a_picture_exchanged_since_the_export_is_noticed(company, tmp_path):
    import hashlib

    file = tmp_path / "a.jpg"
    Image.new("RGB", (8, 8)).save(file)
    draft = replace(company, folder=tmp_path).with_attachments("subject.certificate_photo", ("a.jpg",))
    known = hashlib.sha256(file.read_bytes()).hexdigest()
    draft = replace(draft, rest={"packet": {"files": {"subject.certificate_photo": [known]}}})
    photo = by_id(draft)["subject.certificate_photo"]
    assert still_attached(photo, draft)
    Image.new("RGB", (9, 9)).save(file)
    assert not still_attached(photo, draft)
    assert still_attached(photo, replace(draft, rest={}))
