"""Backups: whole copies under the same key, each a folder with the library, its key file and a few facts.

A backup is built under a name that is swept at the next start, checked, and only then given its own name. Its
number, not the clock, says which is newest.
"""

import errno
import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from wizard.files import FileProblem, atomic_write, sync_folder, why
from wizard.library import clock, key_file
from wizard.library.check import Health, examine_file
from wizard.library.cipher import told
from wizard.library.engine import Database, connect
from wizard.library.folder import Folder, move, sync
from wizard.library.key_file import KeyFile
from wizard.library.problems import Damaged, StorageFull
from wizard.library.thinning import kept
from wizard.process.work import Cancelled, Progress, never, silent

_AT_A_TIME: Final = 500  # pages: a cancel is heard, and the progress seen, after each two megabytes
_NAME: Final = re.compile(r"(\d{6,})-(\d{8})-(\d{6})")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: its folder, number, and what it says of itself."""

    path: Path
    number: int
    made: datetime
    cases: int
    revision: int

    @property
    def file(self) -> Path:
        """The library in it."""
        return self.path / "library.db"

    @property
    def size(self) -> int:
        """Bytes on disk."""
        try:
            return self.file.stat().st_size
        except OSError:
            return 0


def listed(folder: Path) -> list[Backup]:
    """The backups in a folder, the newest first; whether they are whole is for `examine_file` to say."""
    try:
        names = [path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_dir()]
    except OSError:
        return []
    return sorted((_read(path) for path in names), key=lambda one: one.number, reverse=True)


def make(
    database: Database,
    header: KeyFile,
    folder: Folder,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = never,
) -> Backup:
    """Make a backup of what is saved, check it, and thin the older ones.

    Raises:
        Cancelled: it was; nothing of it is left.
        Damaged: the copy is not whole, and so is the library; no older backup was touched.
        FileProblem: it could not be written; nothing of it is left.
    """
    number = 1 + max((one.number for one in listed(folder.backups)), default=0)
    name = f"{number:06d}-{clock.stamp(clock.now())}"
    try:
        folder.backups.mkdir(exist_ok=True, mode=0o700)
        made = _build(database, header, folder.backups / name, progress, cancelled)
    except OSError as error:
        raise _not_made(error) from error
    thin(folder.backups)
    return _read(made)


def copy_elsewhere(made: Backup, place: Path) -> None:
    """Put a copy of a backup into a second place, and thin what is there.

    Raises:
        FileProblem: it could not be written there; the backup itself holds.
    """
    unfinished = place / f".{made.path.name}.part"
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(made.path, unfinished)
        for path in unfinished.iterdir():
            sync(path)
        move(unfinished, place / made.path.name)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise FileProblem(f"本机的备份已做好，第二个备份位置没有写成：{why(error)}") from error
    thin(place)


def own_folder(place: Path, header: KeyFile) -> Path:
    """The folder of one library in a second place, which others may use too."""
    return place / f"备案助手备份-{header.library[:8]}"


def _not_made(error: OSError) -> FileProblem:
    kind = StorageFull if error.errno == errno.ENOSPC else FileProblem
    return kind(f"备份没有做成：{why(error)}；原来的备份都还在")


def _build(
    database: Database, header: KeyFile, place: Path, progress: Progress, cancelled: Callable[[], bool]
) -> Path:
    unfinished = place.with_name(f".{place.name}.part")
    try:
        unfinished.mkdir(mode=0o700)
        file = unfinished / "library.db"
        copy_to(database, file, progress=progress, cancelled=cancelled)
        progress(0, 0, "正在逐页核对备份")
        if examine_file(file, database.key, cancelled) is not Health.WHOLE:
            raise Damaged("备份核对不过：客户库文件可能已损坏，原来的备份都还在；重新打开客户库检查并恢复")
        key_file.write(header, unfinished / "library.key")
        atomic_write(unfinished / "about.json", _about(file, database.key))
        sync_folder(unfinished)
        move(unfinished, place)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return place


def copy_to(
    database: Database,
    file: Path,
    *,
    alone: bool = False,
    key: bytes | None = None,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = never,
) -> None:
    """Copy what is saved into a new file, under the same key or another, while others go on saving.

    `alone` reads through the connection that is open: it sees a file that was taken away meanwhile.

    Raises:
        Cancelled: it was; what there is of the file is worth nothing.
    """

    def tell(_status: int, left: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        progress(total - left, total, "正在复制客户库")

    with database.alone() if alone else database.beside() as source, told():
        target = connect(file, key or database.key, create=True)
        # one state is copied from the first page to the last: saved meanwhile, it would begin again and again
        source.execute("BEGIN")
        try:
            source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            target.execute("PRAGMA journal_mode = OFF")
            target.execute("PRAGMA synchronous = OFF")
            source.backup(target, pages=_AT_A_TIME, progress=tell)
        finally:
            target.close()
            source.execute("ROLLBACK")
    file.chmod(0o600)
    sync(file)


def _about(file: Path, key: bytes) -> bytes:
    with told():
        connection = connect(file, key, look_only=True)
        try:
            cases = connection.execute("SELECT count(*) FROM cases").fetchone()[0]
            revision = connection.execute("SELECT value FROM meta WHERE name = 'revision'").fetchone()[0]
        finally:
            connection.close()
    made = clock.moment(clock.now()).isoformat(timespec="seconds")
    return json.dumps({"made": made, "cases": cases, "revision": revision}).encode()


def thin(place: Path) -> None:
    """Remove the backups that `thinning.kept` leaves out."""
    found = listed(place)
    stay = kept([(one.number, one.made.date()) for one in found])
    remove(one for one in found if one.number not in stay)


def remove(backups: Iterable[Backup]) -> None:
    """Remove backups; each is taken out of the list before its files go."""
    for one in backups:
        gone = one.path.with_name(f".{one.path.name}.part")
        move(one.path, gone)
        shutil.rmtree(gone, ignore_errors=True)


def _read(path: Path) -> Backup:
    match = _NAME.fullmatch(path.name)
    assert match, path.name
    try:
        about = json.loads((path / "about.json").read_bytes())
        made, cases = datetime.fromisoformat(about["made"]), int(about["cases"])
        revision = int(about["revision"])
    except (OSError, ValueError, TypeError, KeyError):
        made, cases, revision = _made(match), -1, -1
    return Backup(path, int(match[1]), made, cases, revision)


def _made(match: re.Match[str]) -> datetime:
    try:
        return datetime.strptime(f"{match[2]}{match[3]}", "%Y%m%d%H%M%S").astimezone()
    except ValueError:
        return datetime.combine(date(1970, 1, 1), datetime.min.time()).astimezone()
