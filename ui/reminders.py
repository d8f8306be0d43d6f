"""Reminders while the window is open: the 24 hours of the case in sight, and once a run what is due soon.

None of it nags: each thing is said once, in the bar above the page; the tray, where there is one, repeats
only the last hours of a 短信核验.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

from ui import clock
from ui.jobs import Job
from ui.store import recent_places
from wizard.resource_files import toml

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.overview import Filed

_MINUTE = 60_000
_QUIET = 4_000
_DAYS, _PAST = 2, 7
_LAST_HOURS = 3


class Reminders(QObject):
    """Looks once a minute at the case that is open, and once, in a quiet moment, at all the others."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._closed = False
        self._window, self._said = window, set[tuple[datetime, int]]()
        self.job: Job | None = None
        self._tray: QSystemTrayIcon | None = None
        self._minute = QTimer(self, interval=_MINUTE)
        self._minute.timeout.connect(self.look)
        self._minute.start()
        self._first = QTimer(self, singleShot=True, interval=_QUIET)
        self._first.timeout.connect(self.look_at_all)
        self._first.start()
        window.room.session.came.connect(self.look_at_all)

    def look(self) -> None:
        """Say so when the time for 短信核验 of the open case has come under 12, 3 or 1 hours, or is over."""
        if self._window.lock.on:
            return
        from wizard.tracking.advice import left
        from wizard.tracking.events import beijing
        from wizard.tracking.record import record_of
        from wizard.tracking.timeline import sms_deadline

        now = record_of(self._window.case.draft).following
        if now.state != "sms_verification" or now.first_message is None:
            return
        until, here = sms_deadline(now.first_message), beijing(clock.now())
        hours = [0, *sorted(_hours())]
        under = next((hour for hour in hours if (until - here).total_seconds() <= hour * 3600), None)
        if under is None or (until, under) in self._said:
            return
        self._said |= {(until, hour) for hour in hours if hour >= under}
        text = f"短信核验{left(until, here)}（{until:%m-%d %H:%M} 截止）"
        self._say(text, ("看怎么办…", self._show))
        if under <= _LAST_HOURS:
            self._in_the_tray(text)

    def _show(self) -> None:
        if not self._window.progress.in_sight:
            self._window.progress.show()

    def look_at_all(self) -> None:
        """Gather what is due within two days or was due last week, beside the window; said once."""
        if self.job is not None or self._closed:
            return
        calendar, today = self._window.progress.calendar, clock.today()
        library, places = self._window.room.session.library, recent_places()

        def work(_progress: Any, stop: Any) -> Sequence[Filed]:
            from ui.overview import gather

            found = gather(library, places, calendar, today, stop)
            return [one for one in found if one.next and -_PAST <= one.days(today) <= _DAYS]

        self.job = Job(work, self)
        self.job.done.connect(self._told)
        self.job.failed.connect(lambda _: self._over())
        self.job.start()

    def _over(self) -> None:
        self.job = None

    def _told(self, found: Sequence[Filed]) -> None:
        self.job = None
        open_ = self._window.case
        others = [one for one in found if one.case or one.place != open_.place]
        if others and not self._said_of(others):
            self._say(
                f"{len(others)} 个备案两天内到期限，或期限刚过",
                ("看一览…", self._window.progress.dates.show_overview),
            )
        self.look()

    def _said_of(self, found: Sequence[Filed]) -> bool:
        """Whether exactly these were told already in this run."""
        now = {(one.case, str(one.place), one.next.id) for one in found if one.next}
        before = getattr(self, "_others", set())
        self._others = now | before
        return now <= before

    def _say(self, text: str, act: Any) -> None:
        """Say it in the bar, unless something that has to stay stands there: then a minute later."""
        notice = self._window.notice
        if notice.isVisible() and notice.stays:
            QTimer.singleShot(_MINUTE, self, lambda: self._say(text, act))
            return
        notice.say(text, stays=False, act=act)

    def _in_the_tray(self, text: str) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            style = self._window.style()
            self._tray = QSystemTrayIcon(
                style.standardIcon(style.StandardPixmap.SP_MessageBoxInformation), self
            )
            self._tray.activated.connect(lambda _: self._window.activateWindow())
            self._tray.messageClicked.connect(self._window.activateWindow)
        self._tray.setToolTip("备案助手")
        self._tray.show()
        self._tray.showMessage("备案助手", text)

    def close(self) -> None:
        """The window closes: let the reading end, and take the sign out of the tray."""
        self._closed = True
        if self.job is not None:
            self.job.cancel()
            self.job.wait()
        if self._tray is not None:
            self._tray.hide()


def _hours() -> Sequence[int]:
    hours: Sequence[int] = toml("tracking", "durations.toml")["sms_verification"]["remind_hours"]
    return hours
