"""Attachments inside the library: each content once, by its SHA-256, under any number of names."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from wizard.draft import Draft, attached
from wizard.files import FileProblem, atomic_write, why
from wizard.library.engine import Database
from wizard.library.problems import NoSuchCase, TooLarge
from wizard.library.records import Attachment

LARGEST: Final = 20 * 1024 * 1024
LARGEST_VIDEO: Final = 200 * 1024 * 1024
LARGEST_CASE: Final = 400 * 1024 * 1024
_VIDEOS: Final = (".mp4", ".mov", ".m4v", ".avi")
Lay = Callable[[Path, bytes], None]
"""Puts a content under a name."""


class Files:
    """The attachments of the cases, by case and by the name that the draft uses."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, tuple[int, int, str]] = {}

    def of(self, case: int) -> list[Attachment]:
        """The attachments of a case, by name."""
        rows = self._database.read(
            "SELECT name, hex(sha256), size FROM files JOIN blobs USING (sha256) WHERE id = ? ORDER BY name",
            (case,),
        )
        return [Attachment(name, sha256.lower(), size) for name, sha256, size in rows]

    def read(self, case: int, name: str) -> bytes:
        """The content of an attachment, seen to be what was put in.

        Raises:
            NoSuchCase: there is none of that name.
            FileProblem: it is not what was put in.
        """
        row = self._database.one(
            "SELECT data, sha256 FROM files JOIN blobs USING (sha256) WHERE id = ? AND name = ?", (case, name)
        )
        if row is None:
            raise NoSuchCase("这个附件不在客户库里，重新添加它")
        if hashlib.sha256(row[0]).digest() != row[1]:
            raise FileProblem(
                "这个附件在客户库里的内容与当初存进去的不一样，没有打开；用备份恢复，或重新添加"
            )
        return bytes(row[0])

    def write(self, case: int, name: str, data: bytes) -> Attachment:
        """Put a content under a name, over an older one of that name.

        Raises:
            TooLarge: it is more than the library takes; the case is as it was.
        """
        return self._keep(case, name, data)

    def drop(self, case: int, names: Iterable[str]) -> None:
        """Take names out of a case; a content that nobody names any more goes with them."""
        with self._database.write():
            self._database.run_many(
                "DELETE FROM files WHERE id = ? AND name = ?", [(case, name) for name in names]
            )
            self.sweep()

    def take_in(self, case: int, draft: Draft) -> tuple[str, ...]:
        """Put in every file that the draft names and its folder holds; the names of those found nowhere.

        A file that did not change since it was last put in is not read again.
        """
        held = {one.name for one in self.of(case)}
        missing = []
        for name in dict.fromkeys(path for _, path in attached(draft)):
            file = draft.file(name)
            state = _state(file)
            if state is None:
                missing += [] if name in held else [name]
                continue
            known = self._known.get(f"{case}/{file}")
            if name in held and known and known[:2] == state:
                continue
            kept = self._keep(case, name, _bytes(file, name))
            self._known[f"{case}/{file}"] = (*state, kept.sha256)
        return tuple(missing)

    def check_out(self, case: int, folder: Path, lay: Lay = atomic_write) -> None:
        """Write the attachments of a case into a private folder, under the names that the draft uses.

        `lay` puts each there: as a file on the disk unless something else is wanted (`Desk.lay`).

        Raises:
            FileProblem: one could not be written.
        """
        for one in self.of(case):
            target = folder / one.name
            if ".." in target.parts or not target.parent.resolve().is_relative_to(folder.resolve()):
                raise FileProblem("一个附件的名字指向别的文件夹，没有写出；在案件里重新添加它")
            try:
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            except OSError as error:
                raise FileProblem(f"无法建立附件文件夹：{why(error)}") from error
            lay(target, self.read(case, one.name))
            if state := _state(target):
                self._known[f"{case}/{target}"] = (*state, one.sha256)

    def copy(self, source: int, target: int, names: Mapping[str, str] | None = None) -> None:
        """Give one case the attachments of another, all of them or those of `names` under their new names."""
        with self._database.write():
            for one in self.of(source):
                if names is None or one.name in names:
                    self._database.run(
                        "INSERT OR REPLACE INTO files SELECT ?, ?, sha256 FROM files "
                        "WHERE id = ? AND name = ?",
                        (target, names[one.name] if names else one.name, source, one.name),
                    )

    def sweep(self) -> None:
        """Remove contents that nobody names."""
        self._database.run("DELETE FROM blobs WHERE sha256 NOT IN (SELECT sha256 FROM files)")

    def _keep(self, case: int, name: str, data: bytes) -> Attachment:
        see_size(name, len(data))
        digest = hashlib.sha256(data)
        with self._database.write():
            self._database.run(
                "INSERT OR IGNORE INTO blobs VALUES (?, ?, ?)", (digest.digest(), len(data), data)
            )
            self._database.run("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (case, name, digest.digest()))
            total = self._database.value(
                "SELECT sum(size) FROM files JOIN blobs USING (sha256) WHERE id = ?", (case,)
            )
            see_size(name, 0, total)
        return Attachment(name, digest.hexdigest(), len(data))


def see_size(name: str, size: int, held: int = 0) -> None:
    """See that the library takes a file of so many bytes into a case that holds so many already.

    Raises:
        TooLarge: it does not.
    """
    most = LARGEST_VIDEO if name.lower().endswith(_VIDEOS) else LARGEST
    if size > most:
        raise TooLarge(f"附件超过 {most // 1024 // 1024} MB，没有存进客户库；压缩后再添加")
    if size + held > LARGEST_CASE:
        raise TooLarge(
            f"这个案件的附件合计超过 {LARGEST_CASE // 1024 // 1024} MB，没有存进客户库；压缩或去掉一些再添加"
        )


def _state(file: Path) -> tuple[int, int] | None:
    try:
        state = file.stat()
    except (OSError, ValueError):
        return None
    return state.st_mtime_ns, state.st_size


def _bytes(file: Path, name: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise FileProblem(f"无法读取附件：{why(error)}") from error
