"""Saving in a library beside the window: keys, reads, locks and clashes while a commit takes its time."""

import threading
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from ui import clash_dialog, questions
from ui import demo_hand as hand
from wizard.draft import Draft
from wizard.library.engine import Database

FIELD = "mini_program.name"


class SlowCommit:
    """Every transaction stays open at its end until `open`; `begun` counts them."""

    def __init__(self, monkeypatch):
        self.begun, self._free, real = 0, threading.Event(), Database.write

        @contextmanager
        def write(database):
            with real(database):
                yield
                self.begun += 1
                assert self._free.wait(10), "nothing let it go"

        monkeypatch.setattr(Database, "write", write)

    def waits(self):
        return hand.wait(lambda: self.begun)

    def open(self):
        self._free.set()


@pytest.fixture(autouse=True)
def _never_asked(monkeypatch):
    monkeypatch.setattr(questions, "what_if_unsaved", lambda *_: questions.DROP)


@pytest.fixture
def window(with_library):
    """A case of the library is open; another case has a mobile number in it."""
    sample = Draft().with_answer("principal.name", "苏晓岚").with_answer("principal.mobile", "13800000101")

    def prepare(library):
        library.cases.new(sample)
        library.cases.new(Draft().with_answer(FIELD, "0"))

    window = with_library(prepare)
    assert window.keeping.open_case(2)
    window.go("mini_program", FIELD)
    assert window.case.save()
    return window


@pytest.fixture
def commit(window, monkeypatch):
    return SlowCommit(monkeypatch)


def target(window, field=FIELD):
    return window.page(field.partition(".")[0]).rows[field].editor.target


def keys(window, text, field=FIELD):
    for key in text:
        QTest.keyClick(target(window, field), key)


def kept(window, case=2):
    return window.room.session.library.cases.load(case).draft


def test_keys_are_taken_in_while_a_commit_is_under_way(window, commit):
    keys(window, "a")
    assert commit.waits()
    keys(window, "bc")
    assert window.case.draft.text(FIELD) == "abc"
    assert window.case.unsaved
    commit.open()
    assert window.case.save()
    assert kept(window).text(FIELD) == "abc"
    assert kept(window).text("subject.name") == ""


def test_what_was_changed_elsewhere_is_asked_of_what_stands_there_by_then(window, monkeypatch):
    library, asked = window.room.session.library, []
    library.cases.save(2, Draft().with_answer(FIELD, "theirs"), library.cases.row(2).version)
    real = library.cases.save

    def slowly(*arguments):
        begun.append(1)
        assert go_on.wait(10)
        return real(*arguments)

    def run(dialog):
        asked.append(dialog.tree.topLevelItem(0).text(clash_dialog.MINE))
        return 1

    begun, go_on = [], threading.Event()
    monkeypatch.setattr(library.cases, "save", slowly)
    monkeypatch.setattr(clash_dialog.ClashDialog, "exec", run)
    keys(window, "a")
    assert hand.wait(lambda: begun)
    keys(window, "b")
    go_on.set()
    assert hand.wait(lambda: not window.case.unsaved)
    assert asked == ["✓ ab"]
    assert kept(window).text(FIELD) == "ab"


def test_a_lock_while_it_saves_keeps_the_key_until_the_commit_has_returned(window, commit):
    happened = []
    keys(window, "a")
    assert commit.waits()
    QTimer.singleShot(100, lambda: happened.append((window.lock.on, window.room.session.library is None)))
    QTimer.singleShot(150, commit.open)
    window.lock.lock()
    assert happened == [(True, False)]
    assert window.room.session.library is None
    assert not window.case.unsaved


def test_a_lock_does_not_wait_for_the_file_to_be_closed_but_the_way_back_does(window, monkeypatch):
    library, go_on = window.room.session.library, threading.Event()
    real = library.close
    monkeypatch.setattr(library, "close", lambda: go_on.wait(10) and real())
    keys(window, "a")
    window.lock.lock()
    assert window.lock.on
    assert window.room.session.library is None
    assert not library.closed
    hand.type_text(window.lock.curtains[0].form.secret, "蓝鲸台灯")
    hand.click(window.lock.curtains[0].form.unlock)
    QTest.qWait(200)
    assert window.lock.on
    go_on.set()
    assert hand.wait(lambda: not window.lock.on)
    assert library.closed
    assert kept(window).text(FIELD) == "a"


def test_another_case_is_opened_after_this_one_is_safe(window, commit):
    keys(window, "a")
    QTimer.singleShot(100, commit.open)
    assert window.keeping.open_case(1)
    assert window.case.draft.text("principal.name") == "苏晓岚"
    assert kept(window).text(FIELD) == "a"


def test_a_case_that_is_purged_while_it_is_saved_is_not_written_again(window, commit):
    keys(window, "a")
    assert commit.waits()
    keys(window, "b")
    commit.open()
    library = window.room.session.library
    library.marks.bin([2])
    library.privacy.purge([2], window.case.on)
    window.room.purged([2])
    QTest.qWait(700)
    assert [row.id for row in library.cases.rows()] == [1]
    assert not window.notice.isVisible()


def test_a_clash_behind_a_lock_is_asked_after_it(window, monkeypatch):
    library, asked = window.room.session.library, []
    monkeypatch.setattr(
        clash_dialog.ClashDialog, "exec", lambda _: asked.append(window.lock.on) or clash_dialog.MINE + 1
    )
    library.cases.save(2, Draft().with_answer(FIELD, "theirs"), library.cases.row(2).version)
    keys(window, "a")
    window.lock.lock()
    assert asked == []
    assert window.case.unsaved
    hand.type_text(window.lock.curtains[0].form.secret, "蓝鲸台灯")
    hand.click(window.lock.curtains[0].form.unlock)
    assert hand.wait(lambda: not window.lock.on)
    assert hand.wait(lambda: asked)
    assert asked == [False]
    assert hand.wait(lambda: not window.case.unsaved)
    assert kept(window).text(FIELD) == "a"


def test_what_is_asked_of_the_library_at_a_key_does_not_wait_for_a_commit(window, commit):
    keys(window, "a")
    window.go("principal", "principal.name")
    assert commit.waits()
    keys(window, "x", "principal.name")
    keys(window, "13800000101", "principal.mobile")
    assert any(one.rule == "library.mobile-shared" for one in window.case.report.findings)
    commit.open()
    assert window.case.save()
    assert kept(window).text("principal.mobile") == "13800000101"
