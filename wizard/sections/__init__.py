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
