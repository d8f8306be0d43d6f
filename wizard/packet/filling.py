"""Filling the folder of an export: PDFs, texts to copy, clean pictures, originals, letters, the case file."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wizard.files import is_file, sync_folder
from wizard.packet.build import letter_file, packet, report_file
from wizard.packet.case_file import case_file, case_name, enclosed, named, placed
from wizard.packet.fit import fit_all
from wizard.packet.letters import Filled, letters_for
from wizard.packet.names import extension, file_name, piece
from wizard.packet.options import Options
from wizard.packet.press import Files, Pdf
from wizard.packet.purpose import purpose
from wizard.packet.snapshot import Snapshot
from wizard.packet.upload import Copy, copies, small, text
from wizard.packet.versions import remembered
from wizard.process.work import Cancelled, Progress

TEXT_FILE, TEXT_BOOK = "填报文本.txt", "填报文本.xlsx"
LETTERS, LETTERS_DRAFT = "待签文书", "待签文书（草稿，不能签）"
ORIGINALS = "案件附件"
MARKED = "证件照片按选项加了用途水印；平台要求无水印的，去掉这个选项再导出"
_CHUNK = 1 << 20


@dataclass
class Filling:
    """One folder being filled. `notes` are what to know of the pictures, `unprintable` what no font has,
    `sums` the hashes of attachments by place, `record` what the case remembers of this packet.
    """

    snapshot: Snapshot
    folder: Path
    progress: Progress
    cancelled: Callable[[], bool]
    options: Options
    notes: list[str] = field(default_factory=list)
    unprintable: dict[str, None] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    record: dict[str, Any] = field(default_factory=dict)

    def all(self) -> list[str]:
        """Write every file; the names of those at the top, the packet first.

        Raises:
            Cancelled: `cancelled` said so.
            OSError: something could not be read or written.
        """
        from wizard.packet.workbook import workbook  # here: a packet alone does not need it

        names = [named(self.snapshot, what, ".pdf") for what in ("材料包", "自检报告")]
        pdf = packet(self.snapshot, self._share(0, 75), self.cancelled, self.options, self._enclosed)
        self._pdf(names[0], pdf)
        self._pdf(names[1], report_file(self.snapshot, self._share(75, 80), self.cancelled, self.options))
        self._write(TEXT_FILE, b"\xef\xbb\xbf" + text(self.snapshot).encode("utf-8", "replace"))
        self._write(TEXT_BOOK, workbook(self.snapshot))
        places = self._attachments()
        letters = self._letters()
        self.record = remembered(self.snapshot, pdf.files)
        self._write(case_name(self.snapshot), case_file(self.snapshot, places, self.sums, self.record))
        for folder in (*self.folder.iterdir(), self.folder):
            if folder.is_dir():
                sync_folder(folder)
        folders = dict.fromkeys(place.partition("/")[0] for place in (*letters, *self.sums))
        return [*names, TEXT_FILE, case_name(self.snapshot), TEXT_BOOK, *folders]

    def _enclosed(self, files: Files) -> dict[str, bytes]:
        return enclosed(self.snapshot, self.options, remembered(self.snapshot, files))

    def _share(self, start: int, end: int) -> Progress:
        """A progress that counts from `start` to `end` of a hundred."""
        return lambda done, total, what: self.progress(start + (end - start) * done // total, 100, what)

    def _pdf(self, name: str, pdf: Pdf) -> None:
        self._write(name, pdf.data)
        self.unprintable |= dict.fromkeys(pdf.unprintable)

    def _write(self, name: str, data: bytes) -> None:
        with (self.folder / name).open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def _attachments(self) -> dict[str, str]:
        """Every attachment at its place, and the original beside the case where the copy is another file.

        Where each lies for the case file, by its path in the draft.
        """
        listed = list(copies(self.snapshot))
        mark = purpose(self.snapshot, self.options.receiver) if self.options.mark_uploads else None
        pictures = [(copy.file, mark if copy.certificate else None) for copy in listed if _is_picture(copy)]
        self.notes += [MARKED] if any(wanted for _, wanted in pictures) else []
        fitted = iter(fit_all(pictures, lambda done: self._copying(done, len(pictures)), self.cancelled))
        originals: dict[str, str] = {}
        for at, copy in enumerate(listed):
            if self.cancelled():
                raise Cancelled
            if not _is_picture(copy):
                if is_file(copy.file):
                    self._stream(copy.file, copy.place)
                continue
            if found := next(fitted):
                listed[at] = copy = replace(copy, ending=found.ending or copy.ending)
                self.notes += [f"{copy.name}：{found.note}"] if found.note else []
                self._file(copy.place, found.data)
                if place := self._original(copy, found.data):
                    originals.setdefault(copy.attachment, place)
        return placed(tuple(listed)) | originals

    def _original(self, copy: Copy, uploaded: bytes) -> str:
        """Keep a picture as it is where what is uploaded is not the same file; where it lies, or empty."""
        data = copy.file.read_bytes()
        if data == uploaded:
            return ""
        ending = extension(copy.file.name) or copy.ending
        place = f"{ORIGINALS}/{copy.stem.partition('/')[2]}{ending}"
        self._file(place, data)
        return place

    def _file(self, place: str, data: bytes) -> None:
        (self.folder / place).parent.mkdir(exist_ok=True)
        self._write(place, data)
        self.sums[place] = hashlib.sha256(data).hexdigest()

    def _copying(self, done: int, total: int) -> None:
        self.progress(85 + 15 * done // max(1, total), 100, f"正在整理上传图片 {done} / {total}")

    def _stream(self, source: Path, place: str) -> None:
        (self.folder / place).parent.mkdir(exist_ok=True)
        digest = hashlib.sha256()
        with source.open("rb") as opened, (self.folder / place).open("xb") as file:
            while chunk := opened.read(_CHUNK):
                if self.cancelled():
                    raise Cancelled
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        self.sums[place] = digest.hexdigest()

    def _letters(self) -> list[str]:
        """The letters that nobody has signed yet, each as a file of its own; their places."""
        places: list[str] = []
        for number, letter in enumerate(self._unsigned(), 1):
            if self.cancelled():
                raise Cancelled
            place = _letter_place(self.snapshot, letter, number)
            (self.folder / place).parent.mkdir(exist_ok=True)
            self._pdf(place, letter_file(self.snapshot, letter, self.cancelled, self.options))
            places.append(place)
        return places

    def _unsigned(self) -> Iterator[Filled]:
        for letter in letters_for(self.snapshot):
            if not self.snapshot.draft.attachments.get(letter.field):
                yield letter


def _letter_place(snapshot: Snapshot, letter: Filled, number: int) -> str:
    """Folder and name of a letter: whether it is to be uploaded or kept, or only a draft."""
    state = ("上传" if letter.upload else "留存") if snapshot.final else "草稿"
    pieces = [f"{number:02}", piece(letter.title, 40), state, piece(snapshot.subject)]
    return f"{LETTERS if snapshot.final else LETTERS_DRAFT}/{file_name(pieces, '.pdf')}"


def _is_picture(copy: Copy) -> bool:
    """Whether it may be one; large files (videos) are copied as they are."""
    return not copy.video and is_file(copy.file) and small(copy.file)
