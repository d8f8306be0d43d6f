"""The field catalogue: every field of a filing, declared once, in the order of the platform's form."""

from functools import cache

from wizard.fields import Field, Section, fields_of
from wizard.sections.materials import Materials
from wizard.sections.mini_program import MiniProgram
from wizard.sections.person import Contact, Person
from wizard.sections.progress import Progress
from wizard.sections.subject import Subject

CONTACT_LINK = "contact.same_as_principal"
_NOT_LINKED = {CONTACT_LINK: ("否", "")}

SECTIONS: tuple[Section, ...] = (
    Section("subject", "主体", Subject),
    Section("principal", "主体负责人", Person),
    Section("mini_program", "小程序", MiniProgram),
    Section("contact", "小程序负责人", Contact, also={Person: _NOT_LINKED}),
    Section("materials", "补充材料", Materials),
    Section("progress", "办理进度", Progress),
)


@cache
def catalogue() -> dict[str, Field]:
    """Every field by its id, in order."""
    return {field.id: field for section in SECTIONS for field in fields_of(section)}


@cache
def section_fields(section_id: str) -> tuple[Field, ...]:
    """The fields of one section, in order."""
    return tuple(field for field in catalogue().values() if field.section.id == section_id)


def when_asked(field: Field) -> str:
    """When a field is asked for, in words; empty where it always is."""
    parts = []
    for field_id, answers in field.when.items():
        asked = catalogue()[field_id]
        named = [answer for answer in answers if answer]
        listed = "、".join(named) if len(named) <= 4 else f"{'、'.join(named[:3])}等 {len(named)} 项之一"
        parts.append(f"{asked.section.title}的{asked.label}是{listed}{'或未选' if '' in answers else ''}")
    return "，且".join(parts)
