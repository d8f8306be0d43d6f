"""The papers of a filing, from the field catalogue: which are needed, in what form, which are there."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wizard.days import written
from wizard.fields import Field
from wizard.packet.answers import Answered
from wizard.sections import catalogue
from wizard.types import Papers, Rows

REQUIRED, SOMETIMES, OPTIONAL = "必需", "按情况", "选填"
NOT_INVOLVED = "以上都不涉及"

_SCAN = "原件彩色照片或扫描件"
_SEALED = "盖章原件的彩色扫描件"
_FORMS = {
    "authorization_letter": "法定代表人签名、盖章原件的彩色扫描件",
    "commitment_letter": "签名、盖章原件的彩色扫描件",
    "business_name_change_letter": "市场监管部门出具的原件，彩色扫描件",
    "party_building_confirmation_letter": _SEALED,
    "promise_video": "视频文件，不打印",
    "authenticity_responsibility_letter": "小程序负责人签名原件的彩色扫描件",
    "authenticity_commitment_letter": "小程序负责人签名原件的彩色扫描件",
    "website_construction_proposal": _SEALED,
    "holding_certificate_photo": "本人手持证件的彩色照片",
}
_BY_NATURE = {"subject.type", "subject.filing_type", "contact.same_as_principal"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One attached file; `target` names its page in the packet."""

    name: str
    file: Path
    target: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its field and name, whether it is needed and in what form, the files attached."""

    field: Field
    title: str
    need: str
    form: str
    sheets: tuple[Sheet, ...]
    note: str = ""
    video: bool = False

    @property
    def present(self) -> bool:
        """Whether anything is attached."""
        return bool(self.sheets)

    @property
    def side(self) -> str:
        """``front`` or ``back`` where it is one side of a person's certificate."""
        return self.field.name.removeprefix("certificate_photo_") if "photo_" in self.field.name else ""


def papers(case: Answered) -> tuple[Paper, ...]:
    """Every paper this filing may want, in the order of the catalogue."""
    found: list[Paper] = []
    for each in catalogue().values():
        if each.id in case.reading.asked:
            if isinstance(each.kind, Papers):
                found.append(_paper(case, each))
            elif isinstance(each.kind, Rows):
                found.extend(_of_rows(case, each))
    return tuple(found)


def _paper(case: Answered, each: Field) -> Paper:
    paths = case.draft.attachments.get(each.id, ())
    title = each.label if each.section.id in ("subject", "materials") else f"{each.section.title}{each.label}"
    video = isinstance(each.kind, Papers) and each.kind.video
    return Paper(
        each,
        title,
        _need(each),
        _FORMS.get(each.name, _SCAN),
        _sheets(case, each.id, title, paths),
        _note(case, each),
        video,
    )


def _need(each: Field) -> str:
    if not each.ask.optional:
        return REQUIRED if set(each.when) <= _BY_NATURE else SOMETIMES
    return SOMETIMES if each.when or each.section.id == "materials" else OPTIONAL


def _note(case: Answered, each: Field) -> str:
    dated = f"{each.id}_date"
    if dated in catalogue() and (day := case.reading.filing.value(dated)):
        return f"签署日期 {written(day)}"
    return each.ask.help if each.ask.optional and not case.draft.attachments.get(each.id) else ""


def _of_rows(case: Answered, each: Field) -> Iterator[Paper]:
    """The documents behind 前置审批: one for each approval that is involved."""
    for number, row in enumerate(case.reading.filing.value(each.id) or (), 1):
        if row.type and row.type != NOT_INVOLVED:
            title = f"前置审批批准文件（{row.type}）"
            sheets = _sheets(case, f"{each.id}-{number}", title, row.media or ())
            yield Paper(each, title, REQUIRED, "批准文件的彩色扫描件", sheets, note=row.code or "")


def _sheets(case: Answered, key: str, title: str, paths: tuple[str, ...]) -> tuple[Sheet, ...]:
    several = len(paths) > 1
    return tuple(
        Sheet(f"{title} {number}" if several else title, case.draft.file(path), f"paper-{key}-{number}")
        for number, path in enumerate(paths, 1)
    )
