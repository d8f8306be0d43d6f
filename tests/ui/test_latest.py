"""Questions asked beside the window: the last of a kind is answered, what it replaced is not."""

import threading

import pytest
from PySide6.QtCore import QObject

from ui import demo_hand as hand
from ui.latest import Latest
from wizard.files import FileProblem


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
