"""The image bench: a picture turned, put straight and cropped, before and after side by side."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import crops
from ui.bench_canvas import WHOLE, BenchCanvas
from ui.bench_result import BenchResult, Limits, Result
from ui.jobs import Job
from wizard.files import FileProblem
from wizard.scan import Corners


class State(NamedTuple):
    """What is done to the picture: the four corners it is cut out at, and its turn clockwise in degrees."""

    corners: Corners = WHOLE
    turn: int = 0


class Bench(Protocol):
    """What does the work; none of it on the GUI thread."""

    def propose(self) -> State: ...
    def make(self, state: State) -> Result: ...


class Opened(NamedTuple):
    """A picture laid on the bench: who works on it, what it looks like, and its weight in bytes."""

    bench: Bench
    image: QImage
    weight: int


class BenchDialog(QDialog):
    """`made` gives the new picture. Every change is a step that can be undone and made again."""

    made = Signal(object)

    def __init__(self, name: str, load: Callable[[], Opened], limits: Limits, parent: QWidget):
        super().__init__(parent)
        self.setWindowTitle(f"调整图片：{name}")
        self.resize(980, 640)
        self._limits, self._bench = limits, None
        self._past, self._future = [State()], []  # type: list[State], list[State]
        self._jobs: list[Job] = []
        self._stale = self._wanted = False
        self._weight = 0
        self.result_picture: Result | None = None
        self._lay_out()
        self._keys()
        self._begin(load, self._loaded)

    @property
    def state(self) -> State:
        """What is done to the picture now."""
        return self._past[-1]

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        lead = QLabel(
            "拖动左边的四个角，对准证件的四角；也可以按 1 到 4 选角，用方向键移动（加 Shift 快 10 倍）。"
        )
        lead.setObjectName("lead")
        lead.setWordWrap(True)
        column.addWidget(lead)
        self.canvas = BenchCanvas()
        self.canvas.moved.connect(self._moved)
        self.after = BenchResult(self._limits)
        pictures = QHBoxLayout()
        pictures.setSpacing(16)
        for title, widget in (("原来的", self.canvas), ("调整后", self.after)):
            side = QVBoxLayout()
            side.addWidget(QLabel(title))
            side.addWidget(widget, 1)
            pictures.addLayout(side, 1)
        column.addLayout(pictures, 1)
        column.addLayout(self._tools())
        column.addLayout(self._ends())

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.tools: dict[str, QPushButton] = {}
        for word, act in (
            ("左转（Shift+R）", lambda: self._turn(-90)),
            ("右转（R）", lambda: self._turn(90)),
            ("自动找四角（F）", self._find),
            ("恢复原图", lambda: self._do(State())),
            ("撤销（Ctrl+Z）", self._undo),
            ("重做（Ctrl+Y）", self._redo),
        ):
            button = QPushButton(word)
            button.setObjectName("small")
            button.setAutoDefault(False)
            button.clicked.connect(act)
            self.tools[word.partition("（")[0]] = button
            row.addWidget(button)
        self.crop = QCheckBox("只裁剪，不拉正")
        self.crop.clicked.connect(self._upright)
        row.addWidget(self.crop)
        row.addStretch(1)
        return row

    def _ends(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.use = QPushButton("用调整后的(&U)")
        self.use.setObjectName("primary")
        self.use.setAutoDefault(False)
        self.use.clicked.connect(self._use)
        close = QPushButton("不改了")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row.addWidget(self.use)
        row.addWidget(close)
        return row

    def _keys(self) -> None:
        for keys, act in (
            ("R", lambda: self._turn(90)),
            ("Shift+R", lambda: self._turn(-90)),
            ("F", self._find),
            ("Ctrl+Z", self._undo),
            ("Ctrl+Y", self._redo),
            ("Ctrl+Shift+Z", self._redo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _begin(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        """One piece of work after the other, off the GUI thread."""
        job = Job(lambda _progress, _cancelled: work(), self)
        job.done.connect(lambda result: self._ended(job, lambda: done(result)))
        job.failed.connect(lambda error: self._ended(job, lambda: self._failed(error)))
        self._jobs.append(job)
        job.start()

    def _ended(self, job: Job, then: Callable[[], None]) -> None:
        self._jobs.remove(job)
        job.deleteLater()
        if self.isVisible():
            then()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, FileProblem):
            raise error
        self.after.say(str(error))

    def _loaded(self, opened: Opened) -> None:
        self._bench, self._weight = opened.bench, opened.weight
        self.canvas.show_image(opened.image)
        self.canvas.setFocus()
        self._make()
        self._find()

    def _find(self) -> None:
        if bench := self._bench:
            self._begin(bench.propose, self._proposed)

    def _proposed(self, state: State) -> None:
        if state != self.state:
            self._do(state)
        else:
            self.canvas.setFocus()

    def _turn(self, by: int) -> None:
        self._do(self.state._replace(turn=(self.state.turn + by) % 360))

    def _moved(self) -> None:
        self._do(self.state._replace(corners=self.canvas.corners))

    def _upright(self, on: bool) -> None:
        """Crop only: the corners become those of the rectangle around them."""
        self.canvas.upright = on
        if on:
            across, down = zip(*self.state.corners, strict=True)
            left, right, top, low = min(across), max(across), min(down), max(down)
            box = ((left, top), (right, top), (right, low), (left, low))
            self._do(self.state._replace(corners=box))

    def _do(self, state: State) -> None:
        if self._bench and state != self.state:
            self._past.append(state)
            self._future.clear()
        self._show()

    def _undo(self) -> None:
        if len(self._past) > 1:
            self._future.append(self._past.pop())
            self._show()

    def _redo(self) -> None:
        if self._future:
            self._past.append(self._future.pop())
            self._show()

    def _show(self) -> None:
        self.canvas.put_corners(self.state.corners)
        self.tools["撤销"].setEnabled(len(self._past) > 1)
        self.tools["重做"].setEnabled(bool(self._future))
        self._make()

    def _make(self) -> None:
        """Make the picture as it is to be; what is asked meanwhile is made after that."""
        if self._bench is None:
            return
        if self._stale:
            return
        self._stale, bench, room = True, self._bench, self.after.picture.size()

        def work() -> tuple[State, Result, QImage]:
            state = self.state
            made = bench.make(state)
            return state, made, crops.fitted(crops.from_bytes(made.data), room)

        self._begin(work, self._ready)

    def _ready(self, made: tuple[State, Result, QImage]) -> None:
        state, self.result_picture, image = made
        self._stale = False
        if state != self.state:
            self._make()
            return
        self.after.show_result(self.result_picture, image)
        if self._wanted:
            self._use()

    def _use(self) -> None:
        made = self.result_picture
        if made is None or self._stale:
            self._wanted = True
            return
        self.accept()
        if self.state != State() or len(made.data) < self._weight:
            self.made.emit(made)

    def done(self, result: int) -> None:
        """Close, once what is under way has ended."""
        self.hide()
        for job in self._jobs:
            job.wait()
        super().done(result)
