"""What a case keeps beside its answers: read from an old file, met from two sides, never taken back."""

from pathlib import Path

import pytest

from wizard.draft import Draft, dump, load, parse
from wizard.history import History
from wizard.packet.entering import Entered, entered, with_entered
from wizard.packet.versions import last, next_version, with_packet
from wizard.parts import ENTERING, FOLLOWING, PACKET, PARTS, for_a_copy, met
from wizard.tracking.record import case_id, record_of

OLD = Path(__file__).parent / "data" / "old.beian.json"


def test_a_file_from_before_opens_and_is_written_as_it_was():
    old = load(OLD)
    assert dump(old) == OLD.read_bytes()
    assert last(old).version == 2
    assert next_version(old) == 3
    assert entered(old) == Entered({"subject.name": "0123456789ab"}, "mini_program.name")
    assert [event.kind.id for event in record_of(old).events] == ["submitted", "review_rejected"]
    assert case_id(old) == "916d4b97b6a06143"
    assert old.rest["later"] == {"of": ["a newer version", 1]}


@pytest.mark.parametrize("odd", [None, 3, "x", [1], True])
def test_what_cannot_be_read_is_nothing_and_stays_in_the_file(odd):
    draft = Draft(rest={part.key: odd for part in PARTS})
    assert (last(draft), entered(draft), record_of(draft).events) == (None, Entered({}), ())
    assert parse(dump(draft)).rest == draft.rest
    assert met(draft, draft) is draft
    assert met(draft, load(OLD)).rest == {key: load(OLD).rest[key] for key in draft.rest}


def test_of_two_packets_the_later_one_is_gone_on_from():
    two, three = (with_packet(Draft(), {"version": number, "number": str(number)}) for number in (2, 3))
    assert next_version(met(two, three)) == next_version(met(three, two)) == 4
    assert met(three, two) is three
    assert met(Draft(), two).rest == two.rest


def test_what_either_has_entered_is_entered_and_one_stays_where_one_was():
    mine = with_entered(Draft(), Entered({"a": "1", "b": "2"}, "b"))
    theirs = with_entered(Draft(), Entered({"b": "9", "c": "3"}, "c"))
    assert entered(met(mine, theirs)) == Entered({"a": "1", "b": "2", "c": "3"}, "b")


def test_a_copy_is_another_filing():
    copy = for_a_copy(load(OLD))
    assert set(copy.rest) == {"later"}
    assert copy.answers == load(OLD).answers


def test_no_step_takes_a_part_back():
    old, history = load(OLD), History()
    before = for_a_copy(old)
    history.note(before, old.with_answer("subject.name", "别的公司"), "subject.name", 0.0)
    undone, _ = history.undo(old.with_answer("subject.name", "别的公司"))
    assert undone.text("subject.name") == old.text("subject.name")
    assert undone.rest == old.rest
    assert [part.of(undone) for part in (PACKET, ENTERING, FOLLOWING)] == [
        part.of(old) for part in (PACKET, ENTERING, FOLLOWING)
    ]
