"""What the person has set on this machine about the library: where it lies and which case was open.

What belongs to a library itself (idle lock, retention, second place) stands in the library, encrypted.
"""

from pathlib import Path

from ui.store import default_folder, keep, settings


def library_folder() -> Path | None:
    """The folder of the library to open at the start, None where there is none."""
    text = str(settings().value("library/folder", ""))
    return Path(text) if text else None


def set_library_folder(folder: Path | None) -> None:
    """See `library_folder`."""
    keep({"library/folder": str(folder) if folder else ""})


def proposed_folder() -> Path:
    """Where a new library goes unless the person names another place: beside the drafts."""
    return default_folder() / "客户库"


def last_case() -> int:
    """The case of the library that was open last; 0 where it was a plain file."""
    text = str(settings().value("library/case", 0))
    return int(text) if text.isdigit() else 0


def set_last_case(case: int) -> None:
    """See `last_case`."""
    keep({"library/case": case})


def told_of_plain_files() -> bool:
    """Whether the person has been told that plain files are not encrypted, and went on."""
    return str(settings().value("library/told", "")) == "yes"


def have_told_of_plain_files() -> None:
    """See `told_of_plain_files`."""
    settings().setValue("library/told", "yes")
