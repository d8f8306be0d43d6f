"""Putting an export on the disk: one PDF, or a folder with everything, whole or not at all."""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wizard.draft import Answer, Draft, dump
from wizard.files import FileProblem, atomic_write, sync_folder, why
from wizard.packet.build import Progress, never, packet, report_file, silent
from wizard.packet.fit import fit_all
from wizard.packet.names import file_name, piece
from wizard.packet.options import PLAIN, Options
from wizard.packet.pictures import Cancelled
from wizard.packet.snapshot import Snapshot
from wizard.packet.upload import Copy, clean, copies, small, text

TEXT_FILE = "填报文本.txt"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, the packet first, the characters that no font has, what to know of the pictures."""

    paths: tuple[Path, ...]
    unprintable: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """The folder that holds it."""
        return self.paths[0].parent


def export(
    snapshot: Snapshot,
    target: Path,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = never,
    options: Options = PLAIN,
) -> Exported:
    """Write the packet to `target` where it ends in .pdf, else everything into a folder of that name.

    A folder that is there already gets a new one inside, named by number and version. `options` hold for
    both PDF files; only the packet carries the case file.

    Raises:
        FileProblem: it could not be written; nothing half is left, nothing older is changed.
        Cancelled: `cancelled` said so; nothing is left.
    """
    if target.suffix.lower() == ".pdf":
        pdf = packet(snapshot, progress, cancelled, options, _enclosed(snapshot, options))
        if cancelled():
            raise Cancelled
        atomic_write(target, pdf.data)
        return Exported((target,), pdf.unprintable)
    try:
        return _folder(snapshot, _place(snapshot, target), progress, cancelled, options)
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
    snapshot: Snapshot, place: Path, progress: Progress, cancelled: Callable[[], bool], options: Options
) -> Exported:
    """Build the folder beside its place, then move it there in one step."""
    beside = Path(tempfile.mkdtemp(prefix=".", suffix=".part", dir=place.parent))
    try:
        filling = _Filling(snapshot, beside, progress, cancelled, options)
        names, unprintable = filling.all()
        if cancelled():
            raise Cancelled
        beside.rename(place)
        sync_folder(place.parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Exported(tuple(place / name for name in names), unprintable, tuple(filling.notes))


def _is_picture(copy: Copy) -> bool:
    """Whether it may be one; large files (videos) are copied as they are."""
    return not copy.video and copy.file.is_file() and small(copy.file)


@dataclass
class _Filling:
    snapshot: Snapshot
    folder: Path
    progress: Progress
    cancelled: Callable[[], bool]
    options: Options
    notes: list[str] = field(default_factory=list)

    def all(self) -> tuple[list[str], tuple[str, ...]]:
        """Write every file; the names of those at the top, and what no font has."""
        enclosed = _enclosed(self.snapshot, self.options)
        pdf = packet(self.snapshot, self._share(0, 80), self.cancelled, self.options, enclosed)
        report = report_file(self.snapshot, self._share(80, 85), self.cancelled, self.options)
        names = {what: self._name(what, ".pdf") for what in ("材料包", "自检报告")}
        self._write(names["材料包"], pdf.data)
        self._write(names["自检报告"], report.data)
        self._write(TEXT_FILE, b"\xef\xbb\xbf" + text(self.snapshot).encode("utf-8", "replace"))
        listed, sums = self._attachments()
        names["案件"] = self._name("案件", ".json")
        self._write(names["案件"], dump(_case(self.snapshot, listed, sums)))
        for folder in (*self.folder.iterdir(), self.folder):
            if folder.is_dir():
                sync_folder(folder)
        folders = dict.fromkeys(place.partition("/")[0] for place in sums)
        order = [names["材料包"], names["自检报告"], TEXT_FILE, names["案件"], *folders]
        return order, tuple(dict.fromkeys((*pdf.unprintable, *report.unprintable)))

    def _share(self, start: int, end: int) -> Progress:
        """A progress that counts from `start` to `end` of a hundred."""
        return lambda done, total, what: self.progress(start + (end - start) * done // total, 100, what)

    def _name(self, what: str, ending: str) -> str:
        return _name(self.snapshot, what, ending)

    def _write(self, name: str, data: bytes) -> None:
        with (self.folder / name).open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def _attachments(self) -> tuple[tuple[Copy, ...], dict[str, str]]:
        """Every attachment at its place, and the SHA-256 of those that could be read, by place."""
        listed = list(copies(self.snapshot))
        pictures = [copy.file for copy in listed if _is_picture(copy)]
        fitted = iter(fit_all(pictures, lambda done: self._copying(done, len(pictures)), self.cancelled))
        sums: dict[str, str] = {}
        for at, copy in enumerate(listed):
            if self.cancelled():
                raise Cancelled
            (self.folder / copy.place).parent.mkdir(exist_ok=True)
            found = next(fitted) if _is_picture(copy) else None
            if found:
                copy = listed[at] = replace(copy, ending=found.ending or copy.ending)
                self.notes += [f"{copy.name}：{found.note}"] if found.note else []
                self._write(copy.place, found.data)
                sums[copy.place] = hashlib.sha256(found.data).hexdigest()
            elif copy.file.is_file() and not _is_picture(copy):
                sums[copy.place] = self._stream(copy)
        return tuple(listed), sums

    def _copying(self, done: int, total: int) -> None:
        self.progress(85 + 15 * done // max(1, total), 100, f"正在整理上传图片 {done} / {total}")

    def _stream(self, copy: Copy) -> str:
        digest = hashlib.sha256()
        with copy.file.open("rb") as source, (self.folder / copy.place).open("xb") as file:
            while chunk := source.read(_CHUNK):
                if self.cancelled():
                    raise Cancelled
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        return digest.hexdigest()


def _name(snapshot: Snapshot, what: str, ending: str) -> str:
    version, day = f"v{snapshot.version}", f"{snapshot.made_at:%Y%m%d}"
    named = [piece(snapshot.subject, 30), piece(snapshot.mini_program, 20)]
    return file_name([what, *named, version, day], ending)


def _enclosed(snapshot: Snapshot, options: Options) -> dict[str, bytes]:
    """The case file and the pictures it names, for carrying inside the packet: flat, by their names."""
    if not options.with_case:
        return {}
    listed = tuple(replace(copy, stem=copy.stem.replace("/", "_")) for copy in copies(snapshot))
    files: dict[str, bytes] = {}
    for copy in listed:
        with suppress(OSError):
            if copy.file.is_file() and small(copy.file):
                files[copy.place] = clean(copy.file.read_bytes())
    sums = {place: hashlib.sha256(data).hexdigest() for place, data in files.items()}
    return {_name(snapshot, "案件", ".json"): dump(_case(snapshot, listed, sums)), **files}


def _case(snapshot: Snapshot, listed: tuple[Copy, ...], sums: Mapping[str, str]) -> Draft:
    """The draft with its attachments beside it; those that were not there are missing here too."""
    moved = {copy.attachment: copy.place for copy in reversed(listed)}
    draft = snapshot.draft
    about = {"number": snapshot.number, "version": snapshot.version, "final": snapshot.final}
    about |= {"made_at": snapshot.made_at.isoformat(), "rules": snapshot.rules, "sha256": dict(sums)}
    return replace(
        draft,
        answers={key: _storable(_moved(answer, moved)) for key, answer in draft.answers.items()},
        attachments={
            key: tuple(moved.get(path, path) for path in paths) for key, paths in draft.attachments.items()
        },
        rest={**draft.rest, "packet": about},
    )


def _storable(value: Any) -> Any:
    """The same without halves of characters, which no file can hold."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, Mapping):
        return {key: _storable(part) for key, part in value.items()}
    return type(value)(_storable(part) for part in value) if isinstance(value, (tuple, list)) else value


def _moved(answer: Answer, moved: Mapping[str, str]) -> Answer:
    """An answer whose rows name their files by their new places."""
    if isinstance(answer, str) or not any(isinstance(row, Mapping) for row in answer):
        return answer
    rows: list[Mapping[str, Any]] = []
    for row in answer:
        assert isinstance(row, Mapping)
        media = row.get("media", ())
        listed = [media] if isinstance(media, str) else list(media)
        rows.append({**row, "media": [moved.get(path, path) for path in listed]} if listed else row)
    return tuple(rows)
