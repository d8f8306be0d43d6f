"""What is asked while another thread saves: answered at once, by what was saved last."""

import threading

import pytest

from tests.library.conftest import MOBILE, case
from wizard.library.library import Library
from wizard.library.problems import Vanished


def test_a_question_does_not_wait_for_somebody_elses_transaction(library: Library):
    number = library.cases.new(case("原来的名字", principal__name="甲"))
    version = library.cases.row(number).version
    inside, go_on, seen = threading.Event(), threading.Event(), []

    def save() -> None:
        with library.transaction():
            library.cases.save(number, case("后来的名字"), version)
            seen.append(library.cases.row(number).program)
            inside.set()
            assert go_on.wait(10), "a question waited for this"

    saving = threading.Thread(target=save)
    saving.start()
    assert inside.wait(10)
    assert library.cases.row(number).program == "原来的名字"
    assert library.cases.load(number).version == version
    other = case(principal__name="乙", principal__mobile=MOBILE)
    assert library.parties.shared_mobiles(other)
    go_on.set()
    saving.join()
    assert seen == ["后来的名字"]
    assert library.cases.row(number).program == "后来的名字"
    assert library.cases.row(number).version == version + 1


def test_a_transaction_that_is_taken_back_was_never_seen(library: Library):
    number = library.cases.new(case("原来的名字"))
    inside, go_on = threading.Event(), threading.Event()

    def fail() -> None:
        try:
            with library.transaction():
                library.marks.tag([number], ["急"])
                inside.set()
                assert go_on.wait(10)
                raise ZeroDivisionError
        except ZeroDivisionError:
            return

    failing = threading.Thread(target=fail)
    failing.start()
    assert inside.wait(10)
    assert library.cases.row(number).tags == ()
    go_on.set()
    failing.join()
    assert library.cases.row(number).tags == ()


def test_after_closing_nothing_is_answered_by_either_way(library: Library):
    number = library.cases.new(case())
    library.close()
    with pytest.raises(Vanished):
        library.cases.row(number)
