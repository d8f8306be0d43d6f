"""What a client is told of each field in a blank workbook or form, and answers in the words of a cell."""

from functools import cache
from typing import Any

from wizard import districts
from wizard.catalogue import code_set
from wizard.draft import Answer
from wizard.fields import Field
from wizard.intake.workbook.headings import importable
from wizard.resource_files import toml
from wizard.sections import when_asked
from wizard.types import Choice, Place, Rows, Several


@cache
def asked_of_clients() -> tuple[Field, ...]:
    """The fields a client fills in: what a workbook can hold but for what comes after handing in."""
    return tuple(field for field in importable().values() if field.section.id != "progress")


def need(field: Field) -> str:
    """Whether a field must be filled in, in two words."""
    if field.ask.optional:
        return "选填"
    return "按情况" if field.when else "必填"


def note(field: Field) -> str:
    """What stands in the comment of a heading: need, help, condition, the choices of an open list."""
    lines = [f"【{need(field)}】{field.ask.help}"]
    if field.when:
        lines.append(f"什么时候填：{when_asked(field)}")
    if isinstance(field.kind, Several):
        named = "、".join(code_set(field.kind.code_set).labels())
        lines.append(f"例如：{named}；最多 {field.kind.most} 项，用顿号隔开")
    if isinstance(field.kind, Rows):
        named = "、".join(code_set("pre_approvals").labels())
        lines.append(f"可以写：{named}；有批准文号的写“项目：文号”，几项用顿号隔开")
    return "\n".join(line for line in lines if line)


def choices(field: Field) -> tuple[str, ...]:
    """The list offered in a cell, empty where there is none."""
    if isinstance(field.kind, Choice):
        return code_set(field.kind.code_set).labels()
    if isinstance(field.kind, Place) and field.kind.level == "province":
        return tuple(place.name for place in districts.provinces())
    return ()


def closed(field: Field) -> bool:
    """Whether nothing but the listed choices can be right."""
    return isinstance(field.kind, Place) or (
        isinstance(field.kind, Choice) and code_set(field.kind.code_set).complete
    )


def written(answer: Answer) -> str:
    """An answer as the text of a cell; reading it gives the same answer back."""
    if isinstance(answer, str):
        return answer
    return "、".join(part if isinstance(part, str) else _row(part) for part in answer)


def _row(row: Any) -> str:
    kind, code = row.get("type", ""), row.get("code", "")
    return f"{kind}：{code}" if code else str(kind)


def instructions(sheet: str, by_rows: bool) -> list[str]:
    """The page of instructions, a line each, the title first."""
    data = toml("intake", "instructions.toml")
    layout = data["layout_rows" if by_rows else "layout_sheets"]
    return [data["title"], *(line.format(sheet=sheet, layout=layout) for line in data["lines"])]
