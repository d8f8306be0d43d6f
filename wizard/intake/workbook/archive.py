"""The guard in front of a ZIP archive: judged by its table of contents before one byte is inflated."""

import stat
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import IO

from wizard.files import FileProblem, why

LARGEST = 50 * 1024 * 1024
MOST_INFLATED = 150 * 1024 * 1024
MOST_MEMBERS = 2_000
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)
_BROKEN = "不完整或已损坏，请对方重新发一份，或重新下载"


def open_archive(path: Path) -> zipfile.ZipFile:
    """The archive `path`, when its table of contents is sound; the caller closes it.

    Raises:
        FileProblem: it is no archive, is cut off, too large, protected, or its members lie about themselves.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise FileProblem(f"“{path.name}”有 {size >> 20} MB，超过 {LARGEST >> 20} MB，分成几个文件再试")
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise FileProblem(f"无法打开“{path.name}”：{why(error)}") from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise FileProblem(f"“{path.name}”{_BROKEN}") from error
    try:
        _judge(archive.infolist(), size, path.name)
    except FileProblem:
        archive.close()
        raise
    return archive


def part(archive: zipfile.ZipFile, name: str, book: str) -> bytes:
    """One member, inflated; never more than the table of contents says.

    Raises:
        FileProblem: it is damaged.
    """
    try:
        with archive.open(name) as member:
            return _all_of(member, archive.getinfo(name).file_size)
    except _DAMAGED as error:
        raise FileProblem(f"“{book}”{_BROKEN}") from error


def _all_of(member: IO[bytes], size: int) -> bytes:
    data = member.read(size + 1)
    if len(data) != size:
        raise ValueError("a member is longer or shorter than it says")
    return data


def _judge(members: Iterable[zipfile.ZipInfo], size: int, name: str) -> None:
    listed = list(members)
    if len(listed) > MOST_MEMBERS:
        raise FileProblem(
            f"“{name}”里有 {len(listed)} 个文件，超过 {MOST_MEMBERS} 个，不像要找的文件，没有打开"
        )
    if len({one.filename for one in listed}) < len(listed):
        raise FileProblem(f"“{name}”里有重名的文件，不是正常保存出来的，没有打开")
    for one in listed:
        if _outside(one):
            raise FileProblem(f"“{name}”里有一个文件要放到别的文件夹去，来历可疑，没有打开")
        if one.flag_bits & 1:
            raise FileProblem(f"“{name}”里的文件加了密码，去掉密码再试")
    inflated = sum(one.file_size for one in listed)
    if inflated > MOST_INFLATED:
        raise FileProblem(f"“{name}”展开后有 {inflated >> 20} MB，太大，没有打开；分成几个文件再试")
    starts = {one.header_offset for one in listed}
    if len(starts) < len(listed) or sum(one.compress_size for one in listed) > size:
        raise FileProblem(f"“{name}”里的文件互相重叠，不是正常保存出来的，没有打开")


def _outside(member: zipfile.ZipInfo) -> bool:
    """Whether a member would land outside the folder it is unpacked into."""
    path = PurePosixPath(member.filename.replace("\\", "/"))
    link = stat.S_ISLNK(member.external_attr >> 16)
    return link or path.is_absolute() or ".." in path.parts or ":" in member.filename.split("/")[0]
