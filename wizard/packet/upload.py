"""What is uploaded and typed on the platform: clean pictures in order, and the answers line by line."""

import io
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from wizard.draft import attached
from wizard.packet import jpeg
from wizard.packet.answers import EMPTY, SHEETS, linked, sheet_fields, shown
from wizard.packet.names import extension, file_name, piece
from wizard.packet.papers import papers
from wizard.packet.pictures import HEAVY, LARGEST_FILE, MOST_PIXELS, Unfit, decoding, strict_about_bombs
from wizard.packet.snapshot import Snapshot
from wizard.sections import SECTIONS
from wizard.types import Papers

FOLDER, OTHERS = "上传图片", "其他附件"
_PNG = b"\x89PNG\r\n\x1a\n"
_NOTES = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})


@dataclass(frozen=True, slots=True)
class Copy:
    """An attachment and the place of its copy, relative to the exported folder."""

    attachment: str
    file: Path
    place: str


def copies(snapshot: Snapshot) -> tuple[Copy, ...]:
    """Every attachment: those asked for in the order of the form, then those that wait for another answer."""
    subject = piece(snapshot.subject)
    made: list[Copy] = []
    known = {snapshot.draft.file(path): path for _, path in attached(snapshot.draft)}
    for paper in papers(snapshot):
        for sheet in paper.sheets:
            ending = _ending(sheet.file)
            name = file_name([f"{len(made) + 1:02}", piece(sheet.name, 40), subject], ending)
            made.append(Copy(known[sheet.file], sheet.file, f"{FOLDER}/{name}"))
    used = {copy.attachment for copy in made}
    others = dict.fromkeys(path for _, path in attached(snapshot.draft) if path not in used)
    for number, path in enumerate(others, 1):
        file = snapshot.draft.file(path)
        name = file_name([f"{number:02}", piece(file.stem, 40)], _ending(file))
        made.append(Copy(path, file, f"{OTHERS}/{name}"))
    return tuple(made)


def _ending(file: Path) -> str:
    """The ending that fits the content, where it is a picture the platform takes."""
    start = b""
    with suppress(OSError):
        if file.is_file():
            with file.open("rb") as opened:
                start = opened.read(8)
    if start[:3] == b"\xff\xd8\xff":
        return ".jpg"
    return ".png" if start == _PNG else extension(file.name)


def clean(data: bytes) -> bytes:
    """A picture without notes on where and by whom it was taken, upright; else the data as they are."""
    if data[:3] == b"\xff\xd8\xff":
        return _clean_jpeg(data)
    return _clean_png(data) if data.startswith(_PNG) else data


def _clean_jpeg(data: bytes) -> bytes:
    found = jpeg.read(data)
    if found is None or found.width * found.height > MOST_PIXELS:
        return data
    try:
        with strict_about_bombs(), decoding(), Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            if image.getexif().get(0x0112, 1) not in range(2, 9):
                return found.data
            if found.width * found.height > HEAVY:
                image.draft(None, (found.width // 2, found.height // 2))
            out = io.BytesIO()
            ImageOps.exif_transpose(image).save(out, "JPEG", quality=92, subsampling=0)
            return out.getvalue()
    except Unfit:
        return data


def _clean_png(data: bytes) -> bytes:
    kept, at = [data[:8]], 8
    while at + 12 <= len(data):
        length = struct.unpack(">I", data[at : at + 4])[0]
        chunk = data[at : at + 12 + length]
        if chunk[4:8] not in _NOTES:
            kept.append(chunk)
        at += 12 + length
        if chunk[4:8] == b"IEND":
            return b"".join(kept)
    return data


def small(file: Path) -> bool:
    """Whether a file is no larger than a picture may be; larger ones (videos) are copied as they are."""
    return file.stat().st_size <= LARGEST_FILE


def text(snapshot: Snapshot) -> str:
    """The answers for copying: the label on one line, the value on the next, in the platform's order."""
    return "\r\n".join(_lines(snapshot)) + "\r\n"


def _lines(snapshot: Snapshot) -> Iterator[str]:
    state = "正式版" if snapshot.final else "草稿"
    yield f"填报文本　{snapshot.number} 第 {snapshot.version} 版　{snapshot.made_at:%Y-%m-%d}　{state}"
    yield "每项两行：上一行是栏目，下一行是要填的内容。"
    titles = {section.id: section.title for section in SECTIONS}
    for section in SHEETS:
        yield ""
        yield f"【{titles[section]}】"
        if section == "contact" and linked(snapshot):
            yield "与主体负责人相同"
        for each in sheet_fields(snapshot, section):
            if not isinstance(each.kind, Papers):
                yield ""
                yield each.label
                yield from shown(snapshot, each).value.splitlines() or [EMPTY]
