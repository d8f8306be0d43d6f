"""Writing files whole or not at all, and saying in plain words why one cannot be read or written."""

import errno
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

_REASONS = {
    errno.ENOSPC: "磁盘空间不足，清理后再试，或换个位置",
    errno.EDQUOT: "磁盘配额已用完，清理后再试，或换个位置",
    errno.EROFS: "这个位置是只读的，换个位置",
    errno.EACCES: "没有权限，换个位置，或请管理员开通",
    errno.EPERM: "没有权限，换个位置，或请管理员开通",
    errno.ENOENT: "找不到这个位置，检查文件夹是否还在、移动硬盘是否插好",
    errno.ENOTDIR: "路径里有一段不是文件夹，换个位置",
    errno.EISDIR: "这是一个文件夹，填写文件名",
    errno.ENAMETOOLONG: "文件名太长，换个短一点的名字",
    errno.EIO: "磁盘读写出错，换个位置，并检查磁盘",
    errno.ENODEV: "设备已断开，重新接好，或换个位置",
    errno.EBUSY: "文件正被别的程序使用，关掉那个程序再试",
}


UNFINISHED: Final = ".part"
"""How the name of what is still being written ends."""
_OURS: Final = re.compile(r"\.[0-9]+-[a-z0-9_]{8}\.part")
_LONG: Final = 600  # seconds


class FileProblem(Exception):
    """A file could not be read or written; the text is one Chinese sentence for the person."""


def why(error: OSError) -> str:
    """The reason of a failed file operation and what to do, without the path."""
    if getattr(error, "winerror", None) in (32, 33):
        return _REASONS[errno.EBUSY]
    return _REASONS.get(error.errno or 0, f"系统提示：{error.strerror or error}")


def unfinished(process: int = 0) -> str:
    """How the name of what this process (or another) is still writing begins."""
    return f".{process or os.getpid()}-"


def sweep(folder: Path, process: int) -> None:
    """Remove what a process that was ended left half written in `folder`."""
    import shutil

    with suppress(OSError):
        for path in folder.glob(f"{unfinished(process)}*{UNFINISHED}"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def sweep_left(folder: Path, now: float) -> None:
    """Remove files that anybody left half written in `folder` long before `now` (as `time.time` says).

    Nobody writes one file for so long. It may hold what a person typed, and nobody would find it.
    """
    with suppress(OSError):
        for path in folder.glob(f".*{UNFINISHED}"):
            if _OURS.fullmatch(path.name) and path.is_file() and now - path.stat().st_mtime > _LONG:
                path.unlink(missing_ok=True)


def _no_matter() -> None:
    """Nobody needs to know."""


def atomic_write(path: Path, data: bytes, past: Callable[[], None] = _no_matter) -> None:
    """Write `data` to `path` so that the old file stands until the new one is whole on the disk.

    The file is readable by its owner only. `past` is called when all is written and about to take its place:
    what it raises leaves the old file.

    Raises:
        FileProblem: it could not be written; an older file is untouched and nothing is left beside it.
    """
    import tempfile  # here: it takes as long to import as a whole self-check

    beside: str | None = None
    try:
        handle, beside = tempfile.mkstemp(prefix=unfinished(), suffix=UNFINISHED, dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        past()
        os.replace(beside, path)
        beside = None
        sync_folder(path.parent)
    except OSError as error:
        raise FileProblem(f"无法写入“{path}”：{why(error)}") from error
    finally:
        if beside is not None:
            Path(beside).unlink(missing_ok=True)


def is_file(path: Path) -> bool:
    """Whether a file lies there; a name that no file can have (too long, say) is none either."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
