"""Putting an export on the disk: one PDF, or a folder with everything, whole or not at all."""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from wizard.files import UNFINISHED, FileProblem, atomic_write, sync_folder, unfinished, why
from wizard.packet.build import packet
from wizard.packet.case_file import enclosed
from wizard.packet.exported import Exported
from wizard.packet.filling import Filling
from wizard.packet.names import piece
from wizard.packet.options import PLAIN, Options
from wizard.packet.snapshot import Snapshot
from wizard.packet.versions import remembered
from wizard.process.work import Cancelled, Progress, never, silent

__all__ = ["Exported", "export"]


def no_matter() -> None:
    """Nobody needs to know that it can no longer be stopped."""


def export(
    snapshot: Snapshot,
    target: Path,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = never,
    options: Options = PLAIN,
    past: Callable[[], None] = no_matter,
) -> Exported:
    """Write the packet to `target` where it ends in .pdf, else everything into a folder of that name.

    A folder that is there already gets a new one inside, named by number and version. `options` hold for
    both PDF files; only the packet carries the case file. `past` is called when all is written and about to
    take its place: what it raises still leaves nothing.

    Raises:
        FileProblem: it could not be written; nothing half is left, nothing older is changed.
        Cancelled: `cancelled` said so; nothing is left.
    """
    if target.suffix.lower() == ".pdf":
        pdf = packet(
            snapshot,
            progress,
            cancelled,
            options,
            lambda files: enclosed(snapshot, options, remembered(snapshot, files)),
        )
        if cancelled():
            raise Cancelled
        atomic_write(target, pdf.data, past)
        return Exported((target,), pdf.unprintable, record=remembered(snapshot, pdf.files))
    try:
        return _folder(snapshot, _place(snapshot, target), progress, cancelled, options, past)
    except OSError as error:
        raise FileProblem(f"无法写入“{target}”：{_why(error)}") from error


def _why(error: OSError) -> str:
    if error.errno in (errno.EEXIST, errno.ENOTEMPTY):
        return "已有同名的文件或文件夹，换个名字"
    return why(error)


def _place(snapshot: Snapshot, target: Path) -> Path:
    """A place where nothing lies yet."""
    if not os.path.lexists(target):
        return target
    if not target.is_dir():
        raise FileProblem(f"无法写入“{target}”：已有同名的文件，换个文件夹名")
    name = f"{piece(snapshot.number)}_v{snapshot.version}"
    place, number = target / name, 1
    while os.path.lexists(place):
        number += 1
        place = target / f"{name}_{number}"
    return place


def _folder(
    snapshot: Snapshot,
    place: Path,
    progress: Progress,
    cancelled: Callable[[], bool],
    options: Options,
    past: Callable[[], None],
) -> Exported:
    """Build the folder beside its place, then move it there in one step."""
    beside = Path(tempfile.mkdtemp(prefix=unfinished(), suffix=UNFINISHED, dir=place.parent))
    try:
        filling = Filling(snapshot, beside, progress, cancelled, options)
        names = filling.all()
        if cancelled():
            raise Cancelled
        past()
        beside.rename(place)
        sync_folder(place.parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    paths = tuple(place / name for name in names)
    return Exported(paths, tuple(filling.unprintable), tuple(filling.notes), filling.record)
