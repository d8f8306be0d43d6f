"""What is uploaded and typed on the platform: clean pictures in order, and the answers line by line."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from wizard.draft import attached
from wizard.files import is_file
from wizard.packet.answers import EMPTY, SHEETS, linked, sheet_fields, shown
from wizard.packet.fit import PNG
from wizard.packet.names import UPLOADS, extension, file_name, piece
from wizard.packet.papers import papers
from wizard.packet.pictures import LARGEST_FILE
from wizard.packet.purpose import wants_mark
from wizard.packet.snapshot import Snapshot
from wizard.sections import SECTIONS
from wizard.types import Papers

OTHERS = "其他附件"
_LONGEST_ENDING = ".12345"


@dataclass(frozen=True, slots=True)
class Copy:
    """An attachment and the place of its copy, relative to the exported folder.

    A `certificate` bears the mark of its purpose, where such a mark is wanted.
    """

    attachment: str
    file: Path
    stem: str
    ending: str
    name: str
    video: bool = False
    certificate: bool = False

    @property
    def place(self) -> str:
        """Folder and name."""
        return self.stem + self.ending


def copies(snapshot: Snapshot) -> tuple[Copy, ...]:
    """Every attachment: those asked for in the order of the form, then those that wait for another answer."""
    subject = piece(snapshot.subject)
    made: list[Copy] = []
    known = {snapshot.draft.file(path): path for _, path in attached(snapshot.draft)}
    for paper in papers(snapshot):
        for sheet in paper.sheets:
            stem = _stem(UPLOADS, [f"{len(made) + 1:02}", piece(sheet.name, 40), subject])
            ending = _ending(sheet.file)
            made.append(
                Copy(known[sheet.file], sheet.file, stem, ending, sheet.name, paper.video, wants_mark(paper))
            )
    used = {copy.attachment for copy in made}
    others = dict.fromkeys(path for _, path in attached(snapshot.draft) if path not in used)
    for number, path in enumerate(others, 1):
        file = snapshot.draft.file(path)
        stem = _stem(OTHERS, [f"{number:02}", piece(file.stem, 40)])
        made.append(Copy(path, file, stem, _ending(file), file.name))
    return tuple(made)


def _stem(folder: str, pieces: list[str]) -> str:
    """A place but for its ending, short enough for any."""
    return f"{folder}/{file_name(pieces, _LONGEST_ENDING).removesuffix(_LONGEST_ENDING)}"


def _ending(file: Path) -> str:
    """The ending that fits the content, where it is a picture the platform takes."""
    start = b""
    with suppress(OSError):
        if is_file(file):
            with file.open("rb") as opened:
                start = opened.read(8)
    if start[:3] == b"\xff\xd8\xff":
        return ".jpg"
    return ".png" if start == PNG else extension(file.name)


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
