"""What is made ahead: in quiet moments only, and the page is the same as built on going there."""

from PySide6.QtTest import QTest

from ui import ahead
from ui import demo_hand as hand


def test_the_page_of_papers_is_there_before_it_is_gone_to(window, qtbot):
    assert "papers" not in window.pages
    qtbot.waitUntil(lambda: "papers" in window.pages, timeout=10_000)
    built = window.pages["papers"]
    assert window.current == "subject"
    window.go("papers")
    assert window.page("papers") is built
    assert built.isVisible()
    assert window.focusWidget() in built.slots.values()


def test_nothing_is_made_while_somebody_types(window, monkeypatch):
    monkeypatch.setattr(ahead, "QUIET", 400)
    editor = window.page("subject").rows["subject.name"].editor
    for letter in "abcdefgh":
        hand.type_text(editor.target, letter)
        QTest.qWait(120)
        assert "papers" not in window.pages
    assert hand.wait(lambda: "papers" in window.pages)
