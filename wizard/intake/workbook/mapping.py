"""The columns of a table as they were agreed on: plain values, changed by hand and kept in a file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from wizard.files import FileProblem, atomic_write, why
from wizard.intake.workbook.headings import Column, importable

FORMAT: Final = "beian-headings"
VERSION: Final = 1
_LARGEST = 1024 * 1024

Agreed = Mapping[str, str]
"""By heading the field id it is read as, empty for «not at all»; the second of its name is “手机号码#2”."""


def agree(columns: Sequence[Column], agreed: Agreed) -> tuple[Column, ...]:
    """The guessed `columns` with what was `agreed` on put over them; those read as nothing are left out."""
    made = []
    for name, column in zip(names(columns), columns, strict=True):
        field = agreed.get(name)
        if field:
            made.append(replace(column, field=field, confidence="exact"))
        elif field is None:
            made.append(column)
    return tuple(made)


def names(columns: Sequence[Column]) -> list[str]:
    """What each column is called in a file of agreed headings."""
    seen: dict[str, int] = {}
    named = []
    for column in columns:
        seen[column.heading] = count = seen.get(column.heading, 0) + 1
        named.append(column.heading if count == 1 else f"{column.heading}#{count}")
    return named


def load_agreed(path: Path) -> dict[str, str]:
    """What was agreed on, from the file `path`.

    Raises:
        FileProblem: it cannot be read, is of another kind or a newer version, or names unknown fields.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise FileProblem(f"“{path.name}”太大，不是表头的对应关系文件，检查是否选错了文件")
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise FileProblem(f"无法读取“{path.name}”：{why(error)}") from error
    except (ValueError, RecursionError) as error:
        raise FileProblem(f"“{path.name}”不是表头的对应关系文件（JSON），检查是否选错了文件") from error
    headings = document.get("headings") if isinstance(document, dict) else None
    if not isinstance(headings, dict) or document.get("format") != FORMAT:
        raise FileProblem(f"“{path.name}”不是表头的对应关系文件，检查是否选错了文件")
    if document.get("version") != VERSION:
        raise FileProblem(f"“{path.name}”由更新版本的备案助手保存，升级本程序后再用")
    for heading, field in headings.items():
        if not isinstance(field, str) or (field and field not in importable()):
            raise FileProblem(
                f"“{path.name}”里“{heading[:40]}”对应的栏目不认识，用 main.py fields 看栏目的代号"
            )
    return dict(headings)


def save_agreed(columns: Sequence[Column], path: Path) -> None:
    """Keep what the columns are read as, for the next workbook with the same headings.

    Raises:
        FileProblem: it could not be written.
    """
    headings = {
        name: column.field if column.used else ""
        for name, column in zip(names(columns), columns, strict=True)
    }
    document = {"format": FORMAT, "version": VERSION, "headings": headings}
    atomic_write(path, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
