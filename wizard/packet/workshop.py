"""The workshop: packets made and drawn in processes of our own, so that nothing they do holds up the caller.

One `Workshop` makes one packet at a time; whoever wants many at once keeps several. One `Drawer` draws pages
beside it, also while the next packet is being made. Both start their process when first asked, or when told
to `warm` up, start another where one has died, and let it go after a while without work. What a packet is
made of goes there through a pipe; nothing of it is written anywhere but to the target.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from wizard.files import FileProblem, sweep, why
from wizard.packet.exported import Exported
from wizard.packet.options import PLAIN, Options
from wizard.packet.pages import Line, Preview, Raster, Spot
from wizard.packet.parcel import pack
from wizard.packet.snapshot import Snapshot
from wizard.process.errand import Answer, Errand, Program, WorkerDied
from wizard.process.work import Cancelled, Progress, never, silent

WORKER = Program("wizard.packet.worker", "--packet-worker")
IDLE_SECONDS = 60.0
"""After so long without work the process is let go: it holds some 100 MB, and what it made last."""
WARM_SECONDS = 60.0
SILENT_SECONDS = 600.0
"""The longest it may say nothing: a large video is copied in one step, to a slow disk."""
DRAW_SECONDS = 60.0
STOP_SECONDS = 0.3
"""How long an export has to put its things away when it is called off; after that we do it."""
PATIENCE = 10.0
"""The same for a preview: whoever edits on does not wait for it, and its pictures would be lost."""


class Workshop:
    """Makes packets, one at a time; may be called from any thread."""

    def __init__(self, idle: float = IDLE_SECONDS) -> None:
        self._errand = Errand(WORKER, idle)

    def warm(self) -> None:
        """Start the process and load what it needs, so that the first packet does not wait.

        Raises:
            FileProblem: it cannot be started.
        """
        self._ask("导出", {"do": "warm"}, WARM_SECONDS)

    def export(
        self,
        snapshot: Snapshot,
        target: Path,
        progress: Progress = silent,
        cancelled: Callable[[], bool] = never,
        options: Options = PLAIN,
    ) -> Exported:
        """Write the packet of `snapshot` to `target`: see `output.export`.

        Raises:
            FileProblem: it could not be written, or the process did not survive it; nothing half is left.
            Cancelled: `cancelled` said so; nothing is left.
            WorkFailed: the program has a fault; nothing is left.
        """
        errand, body = {"do": "export", "target": str(target)}, pack(snapshot, options)
        try:
            head, _ = self._ask("导出", errand, SILENT_SECONDS, cancelled, body, progress, STOP_SECONDS)
        except (Cancelled, FileProblem):
            for folder in (target.parent, target):
                sweep(folder, self._errand.pid)
            raise
        paths = tuple(Path(path) for path in head["paths"])
        return Exported(paths, tuple(head["unprintable"]), tuple(head["notes"]), head["record"])

    def preview(
        self,
        snapshot: Snapshot,
        progress: Progress = silent,
        cancelled: Callable[[], bool] = never,
        options: Options = PLAIN,
        fine: bool = False,
    ) -> Preview:
        """The packet of `snapshot` as it will be, its pictures as a screen needs them, or `fine` for paper.

        Raises:
            FileProblem: the process did not survive it.
            Cancelled: `cancelled` said so.
            WorkFailed: the program has a fault.
        """
        errand, body = {"do": "preview", "fine": fine}, pack(snapshot, options)
        what, patience = ("打印", STOP_SECONDS) if fine else ("预览", PATIENCE)
        head, data = self._ask(what, errand, SILENT_SECONDS, cancelled, body, progress, patience)
        spots = tuple(Spot(*spot) for spot in head["spots"])
        outline = tuple(Line(*line) for line in head["outline"])
        return Preview(data, head["key"], spots, tuple(head["unprintable"]), outline, head["count"])

    def let_go(self) -> None:
        """End the process, now or when its work is done: with it goes all that it remembers."""
        self._errand.let_go()

    def close(self) -> None:
        """End the process for good, also where it is at work; what it half wrote is removed by its caller."""
        self._errand.close()

    def _ask(self, what: str, *errand: Any) -> Answer:
        return _asked(self._errand, what, *errand)


class Drawer:
    """Draws pages of previews; may be called from any thread."""

    def __init__(self, idle: float = IDLE_SECONDS) -> None:
        self._errand = Errand(WORKER, idle)

    def draw(self, preview: Preview, page: int, width: int, cancelled: Callable[[], bool] = never) -> Raster:
        """Page `page` (from 1), `width` pixels wide; thumbnails are small pages.

        Raises:
            FileProblem: the process did not survive it.
            Cancelled: `cancelled` said so, or this was closed.
            WorkFailed: the program has a fault.
        """
        errand = {"do": "draw", "key": preview.key, "page": page, "width": width}
        head, data = self._ask(errand, cancelled)
        if "closed" in head:
            self._ask({"do": "show", "key": preview.key}, cancelled, preview.data)
            head, data = self._ask(errand, cancelled)
        return Raster(head["width"], head["height"], head["stride"], data)

    def let_go(self) -> None:
        """End the process, now or when its page is drawn: with it go the pages."""
        self._errand.let_go()

    def close(self) -> None:
        """End the process for good, also where it is at work."""
        self._errand.close()

    def _ask(self, errand: dict[str, Any], cancelled: Callable[[], bool], body: bytes = b"") -> Answer:
        return _asked(self._errand, "显示页面", errand, DRAW_SECONDS, cancelled, body)


def _asked(errand: Errand, what: str, *asked: Any) -> Answer:
    """Run an errand; what goes wrong is said in a sentence about `what` was wanted.

    Raises:
        FileProblem: it went wrong.
    """
    try:
        head, body = errand.run(*asked)
    except WorkerDied as death:
        raise FileProblem(_told(what, death)) from death
    except OSError as error:
        raise FileProblem(
            f"{what}的程序没能启动（{why(error)}），草稿没有变。关掉一些别的程序再试"
        ) from error
    if "problem" in head:
        raise FileProblem(str(head["problem"])[:2000])
    return head, body


def _told(what: str, death: WorkerDied) -> str:
    if death.greedy:
        return f"图片太大，{what}时占用的内存超过了上限，已经停下，草稿没有变。把大图片缩小后再试"
    if death.slow:
        return f"{what}太久没有动静，已经停下，草稿没有变。再试一次，或换到本机硬盘上的文件夹"
    return f"{what}的程序意外结束，草稿没有变，没有留下半份文件。再试一次；还不行就去掉最近加的图片再试"
