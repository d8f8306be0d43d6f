"""Questions asked beside the window: the last of a kind is answered, what it replaced is not."""

import threading

import pytest
from PySide6.QtCore import QObject

from ui import demo_hand as hand
from ui.latest import Latest
from wizard.files import FileProblem
from wizard.process.work import Cancelled


@pytest.fixture
def latest(qapp):
    owner = QObject()
    made = Latest(owner)
    yield made
    made.wait()


def test_a_question_that_has_not_begun_gives_way_to_the_next_of_its_kind(latest):
    gate, told = threading.Event(), []
    latest.ask("query", gate.wait, lambda _: told.append("first"))
    for text in ("a", "ab", "abc"):
        latest.ask("query", lambda text=text: text, told.append)
    latest.ask("rows", lambda: "rows", told.append)
    gate.set()
    assert hand.wait(lambda: len(told) == 3)
    assert sorted(told) == ["abc", "first", "rows"]


def test_what_cannot_be_answered_is_said_and_the_next_question_is_answered(latest):
    said, told = [], []
    latest.failed.connect(said.append)

    def fail():
        raise FileProblem("磁盘不见了")

    latest.ask("query", fail, told.append)
    latest.ask("rows", lambda: 1, told.append)
    assert hand.wait(lambda: bool(told))
    assert said == ["磁盘不见了"]


def test_what_is_idle_gives_way_at_once_and_is_answered_afterwards(latest):
    begun, told = threading.Event(), []

    def long():
        begun.set()
        while not latest.stale():
            if told:
                return "counted"
        raise Cancelled

    latest.ask("count", long, told.append, idle=True)
    begun.wait()
    latest.ask("query", lambda: "rows", told.append)
    assert hand.wait(lambda: len(told) == 2)
    assert told == ["rows", "counted"]


def test_a_question_whose_place_was_taken_may_end_unanswered(latest):
    begun, told = threading.Event(), []

    def first():
        begun.set()
        while not latest.stale():
            pass
        raise Cancelled

    latest.ask("query", first, lambda _: told.append("first"))
    begun.wait()
    latest.ask("query", lambda: "second", told.append)
    assert hand.wait(lambda: bool(told))
    assert told == ["second"]


def test_what_ends_because_the_window_closes_is_not_asked_again(latest):
    asked = []

    def long():
        asked.append(1)
        while not latest.stale():
            pass
        raise Cancelled

    latest.ask("count", long, asked.append, idle=True)
    assert hand.wait(lambda: bool(asked))
    latest.wait()
    assert hand.wait(lambda: not latest.busy)
    assert asked == [1]
