"""What a sheet of paper says of each answer: the value to enter, how to read it, and what was typed."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from wizard import districts
from wizard.days import written
from wizard.draft import Draft
from wizard.fields import Field
from wizard.reading import Reading, choices_of, row_fields
from wizard.sections import CONTACT_LINK, catalogue, section_fields
from wizard.sections.person import Person
from wizard.texts import clean, clean_lines
from wizard.types import Day, Line, Number, NumberBy, Papers, PersonalNumber, Place, Rows, Several, Telephone

SHEETS = ("subject", "principal", "mini_program", "contact")
EMPTY = "未填写"
_CODE = re.compile(r"[0-9A-Za-z]{15,24}")
_MOBILE = re.compile(r"1[0-9]{10}")
_GROUPED = (Number, NumberBy, PersonalNumber, Telephone)


class Answered(Protocol):
    """A case with its answers: as typed, and as they are meant."""

    @property
    def draft(self) -> Draft:
        """What was typed."""

    @property
    def reading(self) -> Reading:
        """What it means."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer on paper. `value` is empty where nothing was answered; `typed` only where it differs."""

    value: str
    grouped: str = ""
    typed: str = ""


def linked(case: Answered) -> bool:
    """Whether the 小程序负责人 is the 主体负责人."""
    return choices_of(case.draft).get(CONTACT_LINK) == "是"


def sheet_fields(case: Answered, section: str) -> Iterator[Field]:
    """The fields of a data sheet: those asked for, and those that a link fills, in the platform's order."""
    follows = section == "contact" and linked(case)
    for each in section_fields(section):
        asked = each.id in case.reading.asked
        filled = follows and source(each).id in case.reading.asked and hasattr(Person, each.name)
        if asked or filled:
            yield each


def source(each: Field) -> Field:
    """The field of 主体负责人 that goes with one of 小程序负责人."""
    return catalogue().get(f"principal.{each.name}", each)


def origin(case: Answered, each: Field) -> Field:
    """Where the answer to a field was typed: at 主体负责人 where the link fills it."""
    if each.section.id == "contact" and each.id not in case.reading.asked and linked(case):
        return source(each)
    return each


def shown(case: Answered, each: Field) -> Shown:
    """What is printed for the answer to `each`."""
    each = origin(case, each)
    answer = case.draft.answers.get(each.id, "")
    value = case.reading.filing.value(each.id)
    if isinstance(each.kind, Rows):
        return Shown("\n".join(_rows(each.kind, answer, value or ())))
    if isinstance(each.kind, Several):
        texts = value or ([answer] if isinstance(answer, str) else [str(part) for part in answer])
        return Shown("、".join(text for text in texts if text))
    typed = answer if isinstance(answer, str) else "、".join(str(part) for part in answer)
    if isinstance(each.kind, Line) and each.kind.lines:
        return Shown(_seen(typed))
    meant = _meant(each, value)
    if not meant:
        return Shown(typed, _grouped(each, clean(typed))) if typed.strip() else Shown("")
    differs = isinstance(each.kind, (Day, *_GROUPED)) and clean(typed) != meant
    return Shown(meant, _grouped(each, meant), clean(typed) if differs else "")


def _seen(text: str) -> str:
    """A text of several lines as it was typed, without what cannot be seen; U+3000 at its beginning stays."""
    shown = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return shown.strip("\r\n") if shown.strip() else ""


def _meant(each: Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(each.kind, Day):
        return written(value)
    if isinstance(each.kind, Place):
        found = districts.find(value)
        return found.name if found else str(value)
    return clean_lines(str(value))


def _grouped(each: Field, value: str) -> str:
    if not isinstance(each.kind, _GROUPED):
        return ""
    if _MOBILE.fullmatch(value):
        return f"{value[:3]} {value[3:7]} {value[7:]}"
    if _CODE.fullmatch(value):
        return " ".join(value[at : at + 4] for at in range(0, len(value), 4))
    return ""


def _rows(kind: Rows, answer: Any, values: tuple[Any, ...]) -> Iterator[str]:
    """One line for each row of a list; what is unfit stands there as it was typed."""
    for number, value in enumerate(values):
        raw = answer[number] if not isinstance(answer, str) and number < len(answer) else {}
        cells: list[str] = []
        for cell in row_fields(kind):
            typed = raw.get(cell.name, "") if isinstance(raw, Mapping) else raw
            meant = getattr(value, cell.name)
            if isinstance(cell.kind, Papers):
                cells += [f"{cell.label} {len(meant)} 份"] if meant else []
            elif meant or str(typed).strip():
                text = str(meant or typed)
                cells.append(text if cell.name == kind.first else f"{cell.label} {text}")
        yield "，".join(cells)
