"""Files that are attached: copied beside the draft, whole or not at all."""

import re
from dataclasses import replace
from pathlib import Path

from wizard.draft import Draft, attached
from wizard.files import FileProblem, atomic_write, why
from wizard.intake.guard import measure

_ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "TIFF": ".tif", "BMP": ".bmp", "GIF": ".gif"}
_VIDEO_ENDINGS = (".mp4", ".mov", ".m4v", ".avi")
_LARGEST_VIDEO = 200 * 1024 * 1024


def folder_of(place: Path) -> str:
    """The name of the folder for the attachments of the draft at `place`."""
    return place.name.removesuffix(".json").removesuffix(".beian") + ".附件"


def take(source: Path, label: str, place: Path, video: bool = False) -> str:
    """Copy the file `source` beside the draft at `place`; the path relative to it is returned.

    Raises:
        FileProblem: the file is not one the filing can use, or it could not be copied.
    """
    ending = source.suffix.lower()
    try:
        if video:
            if ending not in _VIDEO_ENDINGS:
                raise FileProblem(f"“{source.name}”不是视频，选 MP4 或 MOV 文件")
            if source.stat().st_size > _LARGEST_VIDEO:
                raise FileProblem(f"“{source.name}”超过 200 MB，压缩后再添加")
        else:
            ending = _ENDINGS.get(measure(source).format, ending)
        data = source.read_bytes()
    except OSError as error:
        raise FileProblem(f"无法打开“{source.name}”：{why(error)}") from error
    return put(data, label, ending, place)


def put(data: bytes, label: str, ending: str, place: Path) -> str:
    """Write `data` as an attachment called after `label`; the path relative to the draft is returned.

    Raises:
        FileProblem: it could not be written.
    """
    folder = place.parent / folder_of(place)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(f"无法建立附件文件夹“{folder}”：{why(error)}") from error
    stem = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "", label)[:40] or "附件"
    number, target = 1, folder / f"{stem}{ending}"
    while target.exists():
        number += 1
        target = folder / f"{stem}{number}{ending}"
    atomic_write(target, data)
    return f"{folder.name}/{target.name}"


def carry_over(draft: Draft, place: Path) -> Draft:
    """The draft for another `place`, with every attachment that is there copied beside it.

    Raises:
        FileProblem: one of them could not be copied.
    """
    if place.parent == draft.folder:
        return draft
    for _, path in attached(draft):
        source = draft.file(path)
        target = place.parent / path
        if source.is_file() and not target.exists():
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                atomic_write(target, source.read_bytes())
            except OSError as error:
                raise FileProblem(f"无法把附件“{path}”放到新位置：{why(error)}") from error
    return replace(draft, folder=place.parent)
