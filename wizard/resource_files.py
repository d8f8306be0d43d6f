"""Where the data under `resources/` lies, and how it is read."""

import sys
from functools import cache
from pathlib import Path
from typing import Any

_BUNDLE = getattr(sys, "_MEIPASS", None)
RESOURCES = Path(_BUNDLE) / "resources" if _BUNDLE else Path(__file__).resolve().parent.parent / "resources"


class ResourceError(RuntimeError):
    """A data file of the program itself is damaged; the message names file and entry."""


def path(*parts: str) -> Path:
    """The path of one file or folder under `resources/`."""
    return RESOURCES.joinpath(*parts)


@cache
def toml(*parts: str) -> dict[str, Any]:
    """One TOML file under `resources/`, read once.

    Raises:
        ResourceError: the file is missing or is not TOML.
    """
    import tomllib  # here, because the window is painted before any table is read

    file = path(*parts)
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ResourceError(f"{file.name}: {error}") from error
