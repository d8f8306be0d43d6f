"""Work off the GUI thread is told of on the GUI thread, and a job may be let go of as soon as it has told."""

import threading

from PySide6.QtCore import QObject

from ui.jobs import Job


class Keeper(QObject):
    """Starts jobs one after the other and lets each go when it has told."""

    def __init__(self, count):
        super().__init__()
        self.told, self.threads, self.left = [], set(), count
        self.next()

    def next(self):
        if self.left:
            self.left -= 1
            self.job = Job(lambda progress, cancelled: threading.get_ident(), self)
            self.job.done.connect(self.done)
            self.job.start()

    def done(self, worker):
        self.told.append((worker, threading.get_ident()))
        self.job.deleteLater()
        self.next()


def test_a_job_may_be_dropped_where_it_is_told_of(qtbot):
    keeper = Keeper(200)
    qtbot.waitUntil(lambda: len(keeper.told) == 200, timeout=20_000)
    assert {here for _, here in keeper.told} == {threading.get_ident()}
    assert all(worker != here for worker, here in keeper.told)


def test_a_failure_is_told_as_such(qtbot):
    owner, failures = QObject(), []

    def broken(progress, cancelled):
        raise ValueError("x")

    job = Job(broken, owner)
    job.failed.connect(failures.append)
    with qtbot.waitSignal(job.failed):
        job.start()
    assert isinstance(failures[0], ValueError)
    assert not job.running


def test_progress_comes_before_the_end(qtbot):
    owner, seen = QObject(), []
    job = Job(lambda progress, cancelled: [progress(n, 3, str(n)) for n in range(3)], owner)
    job.progress.connect(lambda done, total, what: seen.append(what))
    job.done.connect(lambda _: seen.append("end"))
    with qtbot.waitSignal(job.done):
        job.start()
    assert seen == ["0", "1", "2", "end"]
