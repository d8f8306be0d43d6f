from datetime import date
from pathlib import Path

import pytest

from tests.ui.fake_reader import FakeReader
from wizard.draft import Draft

ON = date(2026, 11, 23)


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp):
    from ui import style

    style.apply(qapp)


@pytest.fixture(autouse=True)
def reader(monkeypatch) -> FakeReader:
    """Stands for the reader in its own process: a test that wants the real one takes it back."""
    from ui import reading_desk

    fake = FakeReader()
    monkeypatch.setattr(reading_desk, "own_reader", lambda: fake)
    return fake


@pytest.fixture
def place(tmp_path) -> Path:
    return tmp_path / "案件.beian.json"


@pytest.fixture(autouse=True)
def _nobody_answers(monkeypatch):
    """A window that closes at a test's end with something unsaved fails it, and does not ask for ever."""
    from ui import questions

    def asked(_parent: object, why: str) -> str:
        pytest.fail(f"asked what to do with what is not saved: {why}")

    monkeypatch.setattr(questions, "what_if_unsaved", asked)


@pytest.fixture
def open_window(qtbot, tmp_path):
    """Opens the window on a draft and waits until it judges; what the one before has is saved first."""
    from ui.case import Case
    from ui.main_window import MainWindow
    from ui.store import FileStore

    opened: list[MainWindow] = []

    def open_(draft: Draft | None = None, place: Path | None = None):
        assert all(before.case.save() for before in opened)
        store = FileStore(tmp_path)
        case = Case(draft or Draft(folder=tmp_path), place or tmp_path / "案件.beian.json", store, ON)
        window = MainWindow(case, store)
        opened.append(window)
        qtbot.addWidget(window)
        window.resize(1280, 720)
        window.show()
        qtbot.waitUntil(lambda: case.report is not None, timeout=10_000)
        return window

    return open_


@pytest.fixture
def window(open_window):
    return open_window()


@pytest.fixture
def own_settings(tmp_path, monkeypatch):
    """Settings and documents of this test alone."""
    for name in ("XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "settings"))
    monkeypatch.setenv("BEIAN_HOME", str(tmp_path / "文档"))


@pytest.fixture
def with_library(window, tmp_path, own_settings):
    """The window with a library open; `prepare` puts cases into it first."""
    from ui import demo_hand as hand
    from wizard.library import place

    def open_(prepare=lambda library: None, passphrase="蓝鲸台灯"):
        library, _ = place.create(tmp_path / "客户库", passphrase)
        prepare(library)
        library.close()
        told = []
        window.room.session.open(
            tmp_path / "客户库", {"passphrase": passphrase}, lambda: told.append(1), told.append
        )
        assert hand.wait(lambda: told == [1]), told
        return window

    return open_
