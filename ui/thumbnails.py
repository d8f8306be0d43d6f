"""Small pictures of attachments, decoded off the GUI thread and within limits."""

from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QSize, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QImageReader

SIZE = QSize(150, 100)
_MEGABYTES = 256


class _Task(QRunnable):
    def __init__(self, file: Path, back: "Thumbnails") -> None:
        super().__init__()
        self._file, self._back = file, back

    def run(self) -> None:
        QImageReader.setAllocationLimit(_MEGABYTES)
        reader = QImageReader(str(self._file))
        reader.setDecideFormatFromContent(True)
        reader.setAutoTransform(True)
        size = reader.size()
        if size.isValid():
            turned = reader.transformation() & QImageReader.transformation(reader).TransformationRotate90
            room = SIZE.transposed() if turned else SIZE
            reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
        try:
            self._back.made.emit(str(self._file), image)
        except RuntimeError:
            return  # the window was closed meanwhile


class Thumbnails(QObject):
    """Makes thumbnails and tells when one is there; a null image where the file cannot be shown."""

    made = Signal(str, QImage)
    ready = Signal(str, QImage)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._kept: dict[tuple[str, int], QImage] = {}
        self.made.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def ask(self, file: Path) -> None:
        """Have the thumbnail of `file` delivered by `ready`."""
        try:
            key = (str(file), file.stat().st_mtime_ns)
        except OSError:
            self.ready.emit(str(file), QImage())
            return
        if key in self._kept:
            self.ready.emit(str(file), self._kept[key])
        else:
            self._pool.start(_Task(file, self))

    @Slot(str, QImage)
    def _keep(self, file: str, image: QImage) -> None:
        try:
            self._kept[(file, Path(file).stat().st_mtime_ns)] = image
        except OSError:
            return
        self.ready.emit(file, image)

    def wait(self) -> None:
        """Let the work under way end (when the window closes)."""
        self._pool.waitForDone()
