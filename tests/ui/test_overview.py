"""期限一览 and reminders: files and library together, the next first; each thing said once."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QSystemTrayIcon

from tests.tracking.cases import a_draft, followed
from tests.tracking.ics_reader import read
from ui import clock
from ui import demo_hand as hand
from ui.overview import gather
from ui.store import recent_places, remember
from wizard.draft import save
from wizard.tracking.calendar import Calendar
from wizard.tracking.timeline import BEIJING

NOW = datetime(2026, 11, 25, 14, 30, tzinfo=BEIJING)
CALENDAR = Calendar.load()


@pytest.fixture(autouse=True)
def _now(monkeypatch, own_settings):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def kept(folder, name, *steps, **answers):
    """A plain file that was open lately."""
    draft = followed(*steps, draft=a_draft(mini_program__name=name, **answers))
    place = folder / f"{name}.beian.json"
    save(draft, place)
    remember(place)
    return place


def all_of(places, library=None):
    return gather(library, places, CALENDAR, NOW.date(), lambda: False)


def test_open_filings_the_next_first_and_nothing_that_is_only_being_filled_in(tmp_path):
    later = kept(tmp_path, "后到", ("submitted", "2026-11-23"), ("sms_done", "2026-11-24"))
    first = kept(tmp_path, "先到", ("submitted", "2026-11-24"))
    kept(tmp_path, "没交", principal__certificate_validity_date_end="2038-01-01")
    back = kept(
        tmp_path,
        "被退回",
        ("submitted", "2026-11-23"),
        ("review_rejected", "2026-11-24"),
        principal__certificate_validity_date_end="2038-01-01",
    )
    soon = kept(tmp_path, "证件快到期", principal__certificate_validity_date_end="2027-03-01")
    (tmp_path / "坏的.beian.json").write_text("{", encoding="utf-8")
    places = [*recent_places(), tmp_path / "坏的.beian.json", tmp_path / "没有.json"]
    assert [(one.place, one.next.title if one.next else "") for one in all_of(places)] == [
        (back, ""),
        (first, "平台初审出结果"),
        (soon, "主体负责人证件：最晚提交日"),
        (later, "通管局审核出结果"),
    ]
    assert gather(None, places, CALENDAR, date(2026, 11, 25), lambda: True) == []


def test_recent_files_are_remembered_once_and_the_newest_first(tmp_path):
    a, b = tmp_path / "a.json", tmp_path / "b.json"
    for place in (a, b, a):
        remember(place)
    assert recent_places() == [a, b]
    for number in range(40):
        remember(tmp_path / f"{number}.json")
    assert len(recent_places()) == 30


def with_dialog(window, act):
    def later():
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.shown:
            QTimer.singleShot(20, later)
        else:
            act(dialog)
            dialog.reject()

    QTimer.singleShot(20, later)
    window.progress.dates.show_overview()


def test_the_list_filters_opens_and_writes_a_calendar(qtbot, window, tmp_path, monkeypatch):
    kept(tmp_path, "过期的", ("submitted", "2026-11-10"))
    kept(tmp_path, "以后的", ("submitted", "2026-11-10"), ("sms_done", "2026-11-12"))
    kept(tmp_path, "被退回", ("submitted", "2026-11-23"), ("review_rejected", "2026-11-24"))
    chosen = kept(tmp_path, "先到", ("submitted", "2026-11-24"))
    file = tmp_path / "全部.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    seen = {}

    def act(dialog):
        seen["rows"] = [
            (dialog.tree.topLevelItem(n).text(1), dialog.tree.topLevelItem(n).text(3))
            for n in range(dialog.tree.topLevelItemCount())
        ]
        qtbot.mouseClick(dialog.calendar, Qt.MouseButton.LeftButton)
        dialog.scope.setCurrentIndex(2)
        dialog.scope.activated.emit(2)
        seen["soon"] = dialog.tree.topLevelItemCount()
        dialog.tree.setCurrentItem(dialog.tree.topLevelItem(2))
        qtbot.keyClick(dialog.tree, Qt.Key.Key_Return)

    with_dialog(window, act)
    assert seen["rows"] == [
        ("× 已过 13 天", "过期的"),
        ("▲ 等你办", "被退回"),
        ("1 天", "先到"),
        ("15 天", "以后的"),
    ]
    assert seen["soon"] == 3
    assert len(read(file.read_bytes()).standing) == 3
    assert window.case.place == chosen
    assert window.progress.in_sight


def test_cases_of_the_library_stand_in_the_list_too(with_library):
    def prepare(library):
        case = library.cases.new(
            followed(("submitted", "2026-11-24"), draft=a_draft(mini_program__name="库里"))
        )
        library.marks.set_deadline([case], date(2026, 11, 26))
        library.cases.new(a_draft(mini_program__name="没有期限"))
        rejected = (("submitted", "2026-11-23"), ("review_rejected", "2026-11-24"))
        case = library.cases.new(followed(*rejected, draft=a_draft(mini_program__name="退回")))
        library.marks.set_state([case], "rejected")

    window = with_library(prepare)
    found = all_of((), window.room.session.library)
    assert [(one.name, one.state, bool(one.case)) for one in found] == [
        ("退回", "已驳回", True),
        ("库里", "平台初审", True),
    ]


def test_what_is_due_is_said_once_a_run(window, tmp_path):
    kept(tmp_path, "先到", ("submitted", "2026-11-24"))
    window.reminders.look_at_all()
    assert hand.wait(lambda: window.notice.isVisible() and "1 个备案两天内" in window.notice_text.text())
    window.notice.hide()
    window.reminders.look_at_all()
    assert hand.wait(lambda: window.reminders.job is None)
    assert not window.notice.isVisible()


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # offscreen has no tray; the test says it has
@pytest.mark.parametrize(
    ("hours", "said"), [(13, ""), (11.5, "还有 11 小时 30 分"), (0.5, "还有 30 分"), (-0.5, "已过 30 分")]
)
def test_the_24_hours_are_reminded_of_at_their_hours(open_window, monkeypatch, hours, said):
    came = NOW - timedelta(hours=24 - hours)
    window = open_window(followed(("submitted", "2026-11-20"), ("sms_received", f"{came:%Y-%m-%d %H:%M}")))
    shown = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _self, _title, text: shown.append(text))
    window.reminders.look()
    assert window.notice.isVisible() == bool(said)
    assert said in (window.notice_text.text() if said else "")
    assert len(shown) == (1 if hours < 3 else 0)
    window.notice.hide()
    window.reminders.look()
    assert not window.notice.isVisible()


def test_a_notice_that_has_to_stay_is_not_covered(open_window):
    came = NOW - timedelta(hours=23)
    window = open_window(followed(("submitted", "2026-11-20"), ("sms_received", f"{came:%Y-%m-%d %H:%M}")))
    window.complain("无法写入")
    window.reminders.look()
    assert window.notice_text.text() == "无法写入"
