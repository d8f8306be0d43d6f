"""Reading pictures in a process of its own: it may be ended at any time, and takes nothing along.

One `Reader` for the whole program. It starts its worker when it is first asked, or when told to `warm` up,
starts another where one has died, and lets it go after a while without work.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wizard.files import FileProblem, why
from wizard.intake.page import Page, page_of
from wizard.process.errand import Errand, Program, WorkerDied, WorkFailed
from wizard.process.work import Cancelled, never
from wizard.scan import Corners, Scan, scan_of

__all__ = ["KINDS", "Cancelled", "Picture", "Reader", "Reading"]

KINDS = ("auto", "business_licence", "identity_card")
"""What a picture can be asked to be; ``auto`` finds out."""

READ_SECONDS = 90.0
"""The longest one page may take: 2 to 3 s on two cores of 2026, thirty times that on a busy old machine."""
CLEAN_SECONDS = 30.0
"""The longest decoding may take: 64 megapixels took 1.5 s."""
WARM_SECONDS = 60.0
WORKER = Program("wizard.intake.worker", "--read-worker", {"ORT_DISABLE_TELEMETRY": "1"})
"""onnxruntime would send how it is used, and keep an id of the computer in the person's home; it is told not
to before it is loaded."""
IDLE_SECONDS = 300.0
"""After so long without work the worker is let go: it holds some 400 MB."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made anew from its pixels, upright by its EXIF mark: `data` is JPEG or PNG, size in pixels.

    `pages` is how many the file has; this is one of them. `corners` are those of the paper, where they were
    asked for.
    """

    data: bytes
    format: str
    size: tuple[int, int]
    pages: int = 1
    corners: Corners = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and the picture it was read from: upright and straight, as JPEG.

    The corners in `scan` are parts of this picture. `size` is its width and height in pixels, `page` says how
    it lay in the file.
    """

    scan: Scan
    picture: bytes
    size: tuple[int, int]
    pages: int = 1
    page: Page = field(default_factory=Page)


class Reader:
    """Asks the worker, one errand at a time; may be called from any thread.

    Every call takes `cancelled`, asked ten times a second and more; where it says yes the call ends with
    `Cancelled` and the worker is ended too if it was at this errand.
    """

    def __init__(self, idle: float = IDLE_SECONDS) -> None:
        self._errand = Errand(WORKER, idle)

    def warm(self) -> None:
        """Start the worker and load its engine, so that the first page does not wait; may be called twice.

        Raises:
            FileProblem: the engine is not installed, or the worker cannot be started.
        """
        self._ask({"do": "warm"}, WARM_SECONDS, never)

    def read(
        self, path: Path, as_: str = "auto", page: int = 1, cancelled: Callable[[], bool] = never
    ) -> Reading:
        """Read one page of the file `path`, which is left as it is.

        Raises:
            FileProblem: it is no usable picture, or the worker did not survive it.
            Cancelled: `cancelled` said so.
        """
        errand = {"do": "read", "path": str(path), "as": as_, "page": page}
        head, body = self._ask(errand, READ_SECONDS, cancelled, path.name)
        scan = scan_of(head.get("scan"))
        if scan is None:
            raise FileProblem(f"“{path.name}”没有读完，再试一次，或手工填写")
        return Reading(scan, body, _size(head), _pages(head), page_of(head.get("page")))

    def clean(self, path: Path, page: int = 1, cancelled: Callable[[], bool] = never) -> Picture:
        """One page of the file `path`, decoded and written anew: no trailer, no EXIF, white behind.

        Raises:
            FileProblem: it is no usable picture, or the worker did not survive it.
            Cancelled: `cancelled` said so.
        """
        errand = {"do": "clean", "path": str(path), "page": page}
        head, body = self._ask(errand, CLEAN_SECONDS, cancelled, path.name)
        return Picture(body, str(head.get("format", "")), _size(head), _pages(head))

    def bench(self, errand: Mapping[str, Any], cancelled: Callable[[], bool] = never) -> Picture:
        """A picture made on the bench: `errand` says of which file (`path`), which `act`, and how
        (`wizard.intake.bench.work`).

        Raises:
            FileProblem: it is no usable picture, no paper's corners, or the worker did not survive it.
            Cancelled: `cancelled` said so.
        """
        head, body = self._ask({**errand, "do": "bench"}, CLEAN_SECONDS, cancelled, Path(errand["path"]).name)
        return Picture(body, str(head.get("format", "")), _size(head), corners=_corners(head))

    def let_go(self) -> None:
        """End the worker, now or when its errand is done; the next call starts another."""
        self._errand.let_go()

    def close(self) -> None:
        """End the worker for good, also where it is at work."""
        self._errand.close()

    def _ask(
        self, errand: dict[str, Any], seconds: float, cancelled: Callable[[], bool], name: str = ""
    ) -> tuple[dict[str, Any], bytes]:
        try:
            head, body = self._errand.run(errand, seconds, cancelled)
        except (WorkerDied, WorkFailed) as death:
            self.let_go()
            raise FileProblem(_told(name, slow=isinstance(death, WorkerDied) and death.slow)) from death
        except OSError as error:
            raise FileProblem(f"识别程序没能启动（{why(error)}），可以手工填写") from error
        if "problem" in head:
            raise FileProblem(str(head["problem"])[:400])
        return head, body


def _told(name: str, *, slow: bool) -> str:
    if not name:
        return "识别程序没能启动，可以手工填写"
    if slow:
        return f"“{name}”读得太久，已经停下。换一张小一点、清楚一点的图片，或手工填写"
    return f"读“{name}”时识别程序意外结束，窗口里的内容没有受影响。再试一次，或换一张图片，也可以手工填写"


def _size(head: dict[str, Any]) -> tuple[int, int]:
    size = head.get("size")
    if isinstance(size, list) and len(size) == 2 and all(isinstance(side, int) for side in size):
        return size[0], size[1]
    return 0, 0


def _pages(head: dict[str, Any]) -> int:
    pages = head.get("pages")
    return pages if isinstance(pages, int) else 1


def _corners(head: dict[str, Any]) -> Corners:
    try:
        corners = tuple((float(x), float(y)) for x, y in head.get("corners", ()))
    except (TypeError, ValueError):
        return ()
    return corners if len(corners) == 4 else ()
