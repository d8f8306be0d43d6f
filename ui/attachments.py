"""Files that are attached: copied beside the draft, whole or not at all."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from wizard.draft import Draft, attached
from wizard.files import FileProblem, atomic_write, why
from wizard.intake.guard import measure

ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "TIFF": ".tif", "BMP": ".bmp", "GIF": ".gif"}
ORIGINALS = "原件"
"""The folder of the files as they were given, inside that of the attachments."""
_VIDEO_ENDINGS = (".mp4", ".mov", ".m4v", ".avi")
_LARGEST_VIDEO = 200 * 1024 * 1024
Write = Callable[[Path, bytes], None]


def folder_of(place: Path) -> str:
    """The name of the folder for the attachments of the draft at `place`."""
    return place.name.removesuffix(".json").removesuffix(".beian") + ".附件"


class Made(Protocol):
    """A picture made anew from its pixels: a JPEG or PNG file, and how many pages its source has."""

    @property
    def data(self) -> bytes: ...
    @property
    def format(self) -> str: ...
    @property
    def pages(self) -> int: ...


class Kept(NamedTuple):
    """A file that was brought in: its path beside the draft, where its original lies, its number of pages."""

    path: str
    original: Path
    pages: int = 1


def take_picture(
    source: Path, label: str, place: Path, clean: Callable[[Path], Made], write: Write = atomic_write
) -> Kept:
    """Bring a picture in: its original untouched into 原件, and what `clean` makes of it as the attachment.

    Raises:
        FileProblem: the file is not one the filing can use, or it could not be written.
    """
    measure(source)
    made = clean(source)
    original = source
    if source.parent != place.parent / folder_of(place) / ORIGINALS:
        original = place.parent / put(
            _read(source), source.stem, source.suffix.lower(), place, ORIGINALS, write
        )
    return Kept(put(made.data, label, ENDINGS[made.format], place, write=write), original, made.pages)


def take(source: Path, label: str, place: Path, video: bool = False, write: Write = atomic_write) -> str:
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
            ending = ENDINGS.get(measure(source).format, ending)
    except OSError as error:
        raise FileProblem(f"无法打开“{source.name}”：{why(error)}") from error
    return put(_read(source), label, ending, place, write=write)


def _read(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except OSError as error:
        raise FileProblem(f"无法打开“{source.name}”：{why(error)}") from error


def put(
    data: bytes, label: str, ending: str, place: Path, within: str = "", write: Write = atomic_write
) -> str:
    """Write `data` as an attachment called after `label`; the path relative to the draft is returned.

    It lies in the folder of attachments, or `within` a folder there; `write` puts it there (`Store.write`).

    Raises:
        FileProblem: it could not be written.
    """
    folder = place.parent / folder_of(place) / within
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(f"无法建立附件文件夹“{folder}”：{why(error)}") from error
    stem = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "", label)[:40] or "附件"
    number, target = 1, folder / f"{stem}{ending}"
    while target.exists():
        number += 1
        target = folder / f"{stem}{number}{ending}"
    write(target, data)
    return target.relative_to(place.parent).as_posix()


def of_draft(draft: Draft) -> list[Path]:
    """The files of a draft's attachments that are there, each once."""
    files = dict.fromkeys(draft.file(path) for _, path in attached(draft))
    return [file for file in files if file.is_file()]


def delete(files: list[Path]) -> None:
    """Delete files, and their folders where nothing else is in them; what cannot be deleted stays."""
    for file in files:
        try:
            file.unlink(missing_ok=True)
            if file.parent.name.endswith(".附件"):
                file.parent.rmdir()
        except OSError:
            continue


def carry_over(draft: Draft, place: Path, write: Write = atomic_write) -> Draft:
    """The draft for another `place`: with copies of its own of every attachment that is there.

    Raises:
        FileProblem: one of them could not be copied.
    """
    copied: dict[str, str] = {}
    for _, path in attached(draft):
        source = draft.file(path)
        if path in copied or not source.is_file():
            continue
        try:
            data = source.read_bytes()
        except OSError as error:
            raise FileProblem(f"无法打开附件“{path}”：{why(error)}") from error
        copied[path] = put(data, source.stem, source.suffix, place, write=write)
    return _renamed(replace(draft, folder=place.parent), copied)


def _renamed(draft: Draft, names: Mapping[str, str]) -> Draft:
    """The draft with its attachments called by other names, those in rows included."""
    for field_id, paths in draft.attachments.items():
        draft = draft.with_attachments(field_id, tuple(names.get(path, path) for path in paths))
    for field_id, answer in draft.answers.items():
        if not isinstance(answer, str) and any(
            isinstance(row, Mapping) and row.get("media") for row in answer
        ):
            rows = tuple(_row_renamed(row, names) if isinstance(row, Mapping) else row for row in answer)
            draft = draft.with_answer(field_id, rows)  # type: ignore[arg-type]
    return draft


def _row_renamed(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    media = row.get("media", ())
    listed = [media] if isinstance(media, str) else media
    return {**row, "media": [names.get(path, path) for path in listed]} if media else dict(row)
