"""Cases as files: taken in from drafts of today, given out whole with their attachments."""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wizard import draft as drafts
from wizard.draft import Draft, attached
from wizard.files import FileProblem, sync_folder, why
from wizard.library.cases import cleaned
from wizard.library.folder import move
from wizard.library.library import Library
from wizard.library.problems import TooLarge

NAME: Final = "案件.beian.json"
_UNFINISHED: Final = ".beian-export-"


@dataclass(frozen=True, slots=True)
class Taken:
    """A draft file: its case, whether it is a new one, and the attachments that were not beside it."""

    path: Path
    case: int
    missing: tuple[str, ...]
    new: bool


def write_case(library: Library, case: int, folder: Path) -> list[Path]:
    """Write a case into a folder of its own: a draft file with its attachments beside it. The files written.

    The folder appears whole or not at all; an older export under that name is replaced.

    Raises:
        NoSuchCase: the case is not there any more.
        FileProblem: something else has that name, or it cannot be written.
    """
    unfinished = folder.parent / f"{_UNFINISHED}{folder.name}.new"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        sweep(folder.parent)
        _refuse_strange(folder)
        unfinished.mkdir(mode=0o700)
        stored = library.cases.load(case, into=unfinished)
        drafts.save(stored.draft, unfinished / NAME)
        sync_folder(unfinished)
        _put(unfinished, folder)
    except OSError as error:
        raise FileProblem(f"无法写出“{folder.name}”：{why(error)}") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    library.audit.note("case_exported", case)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def sweep(folder: Path) -> None:
    """Clear up after an export into a folder that was killed; an older one that it had moved comes back."""
    for path in folder.glob(f"{_UNFINISHED}*"):
        name = path.name.removeprefix(_UNFINISHED)
        target = folder / name.removesuffix(".old")
        if name.endswith(".old") and not target.exists():
            move(path, target)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _refuse_strange(folder: Path) -> None:
    if folder.exists() and not (folder / NAME).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileProblem(f"“{folder.name}”已经有别的内容，没有写进去；换一个文件夹名")


def _put(unfinished: Path, folder: Path) -> None:
    """Put the finished folder in place; one cannot be replaced in one step, so the older goes first."""
    older = folder.parent / f"{_UNFINISHED}{folder.name}.old"
    if folder.exists():
        move(folder, older)
    move(unfinished, folder)
    shutil.rmtree(older, ignore_errors=True)


def take_in(library: Library, files: list[Path]) -> list[Taken]:
    """Take draft files in as cases, all or none; each with the attachments that lie beside it.

    A file that was taken in before and did not change since is not taken in again.

    Raises:
        FileProblem: one of them cannot be used; no case was added.
    """
    read = [(path, drafts.load(path)) for path in files]
    taken = []
    with library.transaction():
        for path, draft in read:
            origin = hashlib.sha256(drafts.dump(cleaned(draft))).digest()
            known = library.cases.of_origin(origin)
            if known is None:
                taken.append(Taken(path, _new(library, path, draft, origin), _missing(draft), new=True))
            else:
                taken.append(Taken(path, known, (), new=False))
    return taken


def _new(library: Library, path: Path, draft: Draft, origin: bytes) -> int:
    try:
        case = library.cases.new(draft, origin=origin)
    except TooLarge as error:
        raise TooLarge(f"“{path.name}”的{error}；这一批都没有导入") from error
    library.audit.note("case_imported", case)
    return case


def draft_files(places: list[Path]) -> list[Path]:
    """The draft files among files and folders that somebody named, each once.

    Raises:
        FileProblem: one is not there, or there is no draft in it.
    """
    found: dict[Path, None] = {}
    for place in places:
        inside = list(_inside(place)) if place.is_dir() else [place]
        if not inside:
            raise FileProblem(f"“{place}”里没有草稿文件（.beian.json），检查文件夹")
        found.update(dict.fromkeys(inside))
    return list(found)


def _inside(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*.json") if _is_draft(path))


def _is_draft(path: Path) -> bool:
    if path.name.endswith(".beian.json"):
        return True
    try:
        with path.open("rb") as file:
            return drafts.FORMAT.encode() in file.read(4096)
    except OSError:
        return False


def _missing(draft: Draft) -> tuple[str, ...]:
    names = dict.fromkeys(path for _, path in attached(draft))
    return tuple(name for name in names if not draft.file(name).is_file())
