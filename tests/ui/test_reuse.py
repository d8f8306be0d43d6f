"""A subject or person of the library is used again, and kept alike; a number of somebody else is told."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt

from ui import demo_hand as hand
from ui.party_dialog import PartyDialog
from ui.update_others_dialog import UpdateOthersDialog
from wizard.draft import Draft, load
from wizard.resource_files import path

SAMPLE = replace(load(path("samples", "company.json")), attachments={}, place={}, folder=Path("nowhere"))


def two_cases(library):
    for name in ("点餐", "商城"):
        library.cases.new(SAMPLE.with_answer("mini_program.name", name))


@pytest.fixture
def window(with_library):
    window = with_library(two_cases)
    window.keeping.new()
    return window


def answering(monkeypatch, kind, act):
    """Let `act` use the dialog as a person would, then accept it."""

    def run(self):
        self.show()
        assert hand.wait(lambda: not hasattr(self, "asking") or not self.asking.busy)
        act(self)
        self.close()
        return 1

    monkeypatch.setattr(kind, "exec", run)


def offer_of(window, page_id):
    return hand.button(window.page(page_id), "从客户库填…")


def test_a_subject_is_filled_in_and_marked_as_of_the_library(window, monkeypatch):
    def choose(dialog):
        hand.type_text(dialog.search, SAMPLE.text("subject.name")[:4])
        assert hand.wait(lambda: not dialog.asking.busy)
        assert dialog.list.count() == 1
        assert "2 个案件" in dialog.list.item(0).text()

    answering(monkeypatch, PartyDialog, choose)
    window.go("subject")
    hand.click(offer_of(window, "subject"))
    draft = window.case.draft
    assert draft.text("subject.name") == SAMPLE.text("subject.name")
    assert draft.source("subject.name") == "library"
    assert window.page("subject").rows["subject.name"].editor.value() == SAMPLE.text("subject.name")
    assert window.case.undo()
    assert not window.case.draft.text("subject.name")


def test_what_was_typed_is_only_replaced_where_it_is_ticked(window, monkeypatch):
    def choose(dialog):
        hand.type_text(dialog.search, SAMPLE.text("principal.name"))
        assert hand.wait(lambda: not dialog.asking.busy)
        fields = dialog._fields()
        assert not dialog._ticked("mobile")
        line = dialog.tree.topLevelItem(fields.index("email"))
        line.setCheckState(0, Qt.CheckState.Unchecked)

    answering(monkeypatch, PartyDialog, choose)
    window.go("principal")
    hand.answer(window.page("principal").rows["principal.mobile"].editor, "13900000109")
    hand.click(offer_of(window, "principal"))
    draft = window.case.draft
    assert draft.text("principal.mobile") == "13900000109"
    assert draft.source("principal.mobile") == "typed"
    assert draft.text("principal.name") == SAMPLE.text("principal.name")
    assert not draft.text("principal.email")


def test_enter_right_after_the_last_key_waits_for_what_was_typed(window):
    found, gate = {"": [], "林": []}, Event()
    parties = window.room.session.library.parties
    found[""] = found["林"] = parties.people()

    def find(text):
        assert gate.wait(20)
        return found[text][:1]

    dialog = PartyDialog("principal", window.case.draft, find, window)
    dialog.show()
    hand.type_text(dialog.search, "林")
    dialog.accept()
    assert dialog.isVisible()
    gate.set()
    assert hand.wait(lambda: not dialog.isVisible())
    assert dialog.chosen[0] == found["林"][0]


def test_names_and_numbers_are_covered_in_the_choice(window, monkeypatch):
    shown = []

    def choose(dialog):
        hand.type_text(dialog.search, SAMPLE.text("principal.name")[0])
        assert hand.wait(lambda: not dialog.asking.busy)
        shown.append(dialog.list.item(0).text())
        tree = dialog.tree
        shown.extend(tree.topLevelItem(n).text(1) for n in range(tree.topLevelItemCount()))

    answering(monkeypatch, PartyDialog, choose)
    window.go("principal")
    hand.click(offer_of(window, "principal"))
    text = "".join(shown)
    for field in ("name", "certificate_number", "mobile", "email"):
        assert SAMPLE.text(f"principal.{field}") not in text


def test_a_change_is_offered_to_the_other_cases(window, monkeypatch):
    library = window.room.session.library
    first, second = (row.id for row in library.cases.rows())
    window.keeping.open_case(first)
    window.go("subject")
    hand.answer(window.page("subject").rows["subject.address"].editor, "新街 9 号")
    window.go("principal")
    assert hand.wait(window.notice.isVisible)
    assert "另外 1 个案件" in window.notice_text.text()
    seen = []

    def look(dialog):
        item = dialog.tree.topLevelItem(0)
        seen.extend(item.child(0).text(n) for n in range(3))

    answering(monkeypatch, UpdateOthersDialog, look)
    hand.click(window.notice.act_button)
    assert seen[0] == "主体·通讯地址"
    assert library.cases.load(second).draft.text("subject.address") == "新街 9 号"
    assert library.cases.load(second).draft.source("subject.address") == "library"


def test_nothing_is_offered_where_nothing_was_changed(window):
    library = window.room.session.library
    case = library.cases.rows()[0].id
    window.keeping.open_case(case)
    window.go("principal")
    window.go("mini_program")
    hand.answer(window.page("mini_program").rows["mini_program.name"].editor, "另一个")
    window.go("subject")
    assert window.room.reuse._job is None
    assert not window.notice.isVisible()


def test_a_mobile_that_is_somebody_elses_is_told(window):
    window.go("principal")
    page = window.page("principal")
    hand.answer(page.rows["principal.name"].editor, "苏晓岚")
    hand.answer(page.rows["principal.mobile"].editor, SAMPLE.text("principal.mobile"))
    found = [f for f in window.case.report.findings if f.rule == "library.mobile-shared"]
    assert len(found) == 1
    assert found[0].fields == ("principal.mobile",)
    assert SAMPLE.text("principal.name") not in found[0].message
    window.go("check")
    assert found[0].message in window.page("check").text()
    hand.answer(page.rows["principal.name"].editor, SAMPLE.text("principal.name"))
    assert not [f for f in window.case.report.findings if f.rule == "library.mobile-shared"]


def test_without_a_library_there_is_nothing_to_fill_from(open_window, tmp_path):
    window = open_window(Draft(folder=tmp_path), tmp_path / "b.beian.json")
    buttons = window.room.reuse._buttons
    window.go("principal")
    assert buttons
    assert not any(button.isVisible() for button in buttons)
