"""The image bench: a picture turned, put straight and cropped, before and after side by side."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import crops
from ui.bench_canvas import BenchCanvas
from ui.bench_result import BenchResult
from ui.bench_state import WHOLE_CORNERS, Steps, box_of, corners_of, straightened
from ui.bench_tools import BenchTools
from ui.bench_work import Made, Opened, Stop
from ui.dialog_parts import sized
from ui.jobs import Job
from wizard.files import FileProblem
from wizard.intake.bench.shape import Limits, Shape
from wizard.process.work import Cancelled
from wizard.scan import Corners


class Bench(Protocol):
    """What does the work (`ui.bench_work.Bench`); none of it on the GUI thread."""

    def open(self, stop: Stop) -> Opened: ...
    def corners(self, stop: Stop) -> Corners: ...
    def turn(self, stop: Stop) -> int: ...
    def view(self, shape: Shape, stop: Stop) -> QImage: ...
    def make(self, shape: Shape, stop: Stop) -> Made: ...


class BenchDialog(QDialog):
    """`made` gives the new picture. Every change is a step that can be undone and made again.

    On the left is what the tool in hand works on: the picture as it was, with the corners it is put straight
    at, or the picture put straight, with the part it is cropped to. On the right is what comes of it.
    """

    made = Signal(object)

    def __init__(self, name: str, bench: Bench, limits: Limits, parent: QWidget):
        super().__init__(parent)
        self.setWindowTitle(f"调整图片：{name}")
        sized(self, 980, 640)
        self._bench, self.steps = bench, Steps()
        self._jobs: list[Job] = []
        self._weight, self._given = 0, QImage()
        self._making = self._wanted = self._closing = False
        self._seen: Shape | None = None
        self.result_picture: Made | None = None
        self._lay_out(limits)
        self._keys()
        self._begin(bench.open, self._loaded)

    @property
    def shape(self) -> Shape:
        """What is done to the picture now."""
        return self.steps.shape

    @property
    def settled(self) -> bool:
        """Whether all that was asked for is in sight."""
        return not self._jobs and self.result_picture is not None

    def _lay_out(self, limits: Limits) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        self.lead = QLabel()
        self.lead.setObjectName("lead")
        self.lead.setWordWrap(True)
        column.addWidget(self.lead)
        self.canvas, self.after, self.tools = BenchCanvas(), BenchResult(limits), BenchTools()
        self.canvas.moved.connect(self._moved)
        self.before = QLabel()
        pictures = QHBoxLayout()
        pictures.setSpacing(16)
        for title, widget in ((self.before, self.canvas), (QLabel("调整后"), self.after)):
            side = QVBoxLayout()
            side.addWidget(title)
            side.addWidget(widget, 1)
            pictures.addLayout(side, 1)
        column.addLayout(pictures, 1)
        column.addWidget(self.tools)
        column.addLayout(self._ends())
        self._take_tool()

    def _ends(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.use = QPushButton("用调整后的（回车）")
        self.use.setObjectName("primary")
        self.use.setDefault(True)
        self.use.clicked.connect(self._use)
        close = QPushButton("不改了（Esc）")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row.addWidget(self.use)
        row.addWidget(close)
        return row

    def _keys(self) -> None:
        tools = self.tools
        acts = {
            "左转": lambda: self._do(self.shape.turned(-90)),
            "右转": lambda: self._do(self.shape.turned(90)),
            "自动找四角": self._find,
            "恢复原图": lambda: self._do(Shape()),
            "撤销": lambda: self._step(self.steps.undo),
            "重做": lambda: self._step(self.steps.redo),
        }
        for name, act in acts.items():
            tools.buttons[name].clicked.connect(act)
        tools.changed.connect(self._take_tool)
        for keys, act in (
            ("Shift+R", acts["左转"]),
            ("R", acts["右转"]),
            ("F", acts["自动找四角"]),
            ("Ctrl+Z", acts["撤销"]),
            ("Ctrl+Y", acts["重做"]),
            ("Ctrl+Shift+Z", acts["重做"]),
            ("L", lambda: tools.take(crops_=False)),
            ("C", lambda: tools.take(crops_=True)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _begin(self, work: Callable[[Stop], object], done: Callable[[object], None]) -> None:
        """A piece of work off the GUI thread; given up when the dialog closes."""
        job = Job(lambda _progress, cancelled: work(cancelled), self)
        job.done.connect(lambda result: self._ended(job, lambda: done(result)))
        job.failed.connect(lambda error: self._ended(job, lambda: self._failed(error)))
        self._jobs.append(job)
        job.start()

    def _ended(self, job: Job, then: Callable[[], None]) -> None:
        self._jobs.remove(job)
        job.deleteLater()
        if not self._closing:
            then()
        elif not self._jobs:
            super().done(self.result())

    def _failed(self, error: Exception) -> None:
        self._making = False
        if isinstance(error, FileProblem):
            self.after.say(str(error))
        elif not isinstance(error, Cancelled):
            raise error

    def _loaded(self, opened: Opened) -> None:
        self._given, self._weight = opened
        self.canvas.setFocus()
        self._show()
        self._begin(self._bench.corners, self._proposed)
        self._begin(self._bench.turn, self._upright)

    def _proposed(self, corners: Corners) -> None:
        """The paper was found: taken as a first step, unless the person was quicker."""
        if corners and not self.shape.corners:
            self._do(self.shape.straight(corners))

    def _find(self) -> None:
        if not self._given.isNull():
            self._begin(self._bench.corners, self._found)

    def _found(self, corners: Corners) -> None:
        if corners:
            self._do(self.shape.straight(corners))
        else:
            self.lead.setText(
                "没有找到证件的四角：证件占满了图片，或与背景分不开。可以自己拖动左边的四个角。"
            )

    def _upright(self, turn: int) -> None:
        """It was read how the writing stands: turned so, unless the person has turned it meanwhile."""
        if turn and not self.shape.turn:
            self._do(self.shape.turned(turn))

    def _take_tool(self) -> None:
        """The other tool was taken in hand: its picture and its corners come into sight."""
        crop = self.tools.crops
        self.canvas.upright = crop
        self.before.setText("拉正以后的" if crop else "原来的")
        what = "框住要留下的部分" if crop else "对准证件的四角"
        self.lead.setText(
            f"拖动左边的四个角，{what}；也可以按 1 到 4 选角，用方向键移动（加 Shift 快 10 倍）。"
        )
        self._show()

    def _moved(self) -> None:
        corners, shape = self.canvas.corners, self.shape
        if self.tools.crops:
            self._do(shape.cropped(box_of(corners)))
        else:
            self._do(shape.straight(straightened(corners)))

    def _do(self, shape: Shape) -> None:
        if not self._given.isNull():
            self.steps.do(shape)
            self._show()

    def _step(self, step: Callable[[], None]) -> None:
        step()
        self._show()

    def _show(self) -> None:
        shape = self.shape
        self.tools.buttons["撤销"].setEnabled(self.steps.begun)
        self.tools.buttons["重做"].setEnabled(self.steps.taken_back)
        if self._given.isNull():
            return
        if self.tools.crops:
            self._look(Shape(shape.corners, shape.turn))
            self.canvas.put_corners(corners_of(shape.crop))
        else:
            self._seen = None
            self.canvas.show_image(self._given)
            self.canvas.put_corners(shape.corners or WHOLE_CORNERS)
        self._make()

    def _look(self, shape: Shape) -> None:
        """Show what is cropped, before it is."""
        if shape == self._seen:
            return
        self._seen = shape

        def ready(image: QImage) -> None:
            if self._seen == shape:
                self.canvas.show_image(image)

        self._begin(lambda stop: self._bench.view(shape, stop), ready)

    def _make(self) -> None:
        """Make the picture as it is to be; what is asked meanwhile is made after that."""
        if self._making:
            return
        self._making, shape, room = True, self.shape, self.after.picture.size()

        def work(stop: Stop) -> tuple[Shape, Made, QImage]:
            made = self._bench.make(shape, stop)
            return shape, made, crops.fitted(crops.from_bytes(made.data, room), room)

        self._begin(work, self._ready)

    def _ready(self, made: tuple[Shape, Made, QImage]) -> None:
        shape, self.result_picture, image = made
        self._making = False
        if shape != self.shape:
            self._make()
            return
        self.after.show_result(self.result_picture, image)
        if self._wanted:
            self._use()

    def _use(self) -> None:
        made = self.result_picture
        if made is None or self._making:
            self._wanted = True
            return
        self.accept()
        if not self.shape.plain or len(made.data) < self._weight:
            self.made.emit(made)

    def done(self, result: int) -> None:
        """Close; what is under way is called off, and once it has ended the dialog is gone."""
        self._closing = True
        self.setResult(result)
        self.hide()
        for job in self._jobs:
            job.cancel()
        if not self._jobs:
            super().done(result)

    def give_up(self) -> None:
        """The window closes: end everything and wait for it."""
        self._closing = True
        for job in self._jobs:
            job.cancel()
            job.wait()
