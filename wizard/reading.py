"""From what was typed to what it means: draft → filing, and a finding for each missing or unfit answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from typing import Any, cast

from wizard import districts
from wizard.draft import Answer, Draft
from wizard.fields import Answers, Ask, Field, Section, fields_of
from wizard.files import is_file
from wizard.finding import Finding
from wizard.kind import Kind
from wizard.messages import cite, problem_text
from wizard.problem import Problem
from wizard.sections import CONTACT_LINK, SECTIONS, catalogue, section_fields
from wizard.sections.materials import Materials
from wizard.sections.mini_program import MiniProgram
from wizard.sections.person import Contact, Person
from wizard.sections.progress import Progress
from wizard.sections.subject import Subject
from wizard.types import Choice, NumberBy, Papers, Place, Rows, Several
from wizard.when import holds


@dataclass(frozen=True, kw_only=True, slots=True)
class Filing:
    """What a draft means: typed answers, None where one is missing, unfit or not asked for."""

    subject: Subject
    principal: Person
    mini_program: MiniProgram
    contact: Contact
    materials: Materials
    progress: Progress

    def value(self, field_id: str) -> Any:
        """The value of one field by its id."""
        section, _, name = field_id.partition(".")
        return getattr(getattr(self, section), name)


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft understood: the filing, what single answers have wrong, and which fields are asked for.

    `choices` are the answers to all fields that are choices, asked for or not, as `choices_of` tells them.
    """

    filing: Filing
    findings: tuple[Finding, ...]
    asked: frozenset[str]
    choices: Mapping[str, object]


def is_asked(asked: Field, choices: Mapping[str, object]) -> bool:
    """Whether a field is asked for, given the choices made so far."""
    return holds(asked.when, choices)


def choices_of(draft: Draft) -> dict[str, object]:
    """The answers to every field that is a choice, by the label of the code set where it is recognised."""
    made: dict[str, object] = {}
    for each in catalogue().values():
        if isinstance(each.kind, Choice):
            text = draft.text(each.id)
            item = each.kind.find(text) if text else None
            made[each.id] = item.label if item else text
    return made


def understand(draft: Draft, on: date) -> Reading:
    """What `draft` means on the day `on`."""
    return _Understanding(draft, on).result()


@dataclass(slots=True)
class _Understanding:
    draft: Draft
    on: date
    choices: dict[str, object] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def result(self) -> Reading:
        self.choices = choices_of(self.draft)
        for each in catalogue().values():
            if is_asked(each, self.choices):
                self.asked.add(each.id)
                self.values[each.id] = self.one(each)
        self.unknown()
        made = {section.id: self.section(section) for section in SECTIONS}
        if self.choices.get(CONTACT_LINK) == "是":
            made["contact"] = _linked(made["contact"], made["principal"])
        return Reading(Filing(**made), tuple(self.findings), frozenset(self.asked), self.choices)

    def section(self, section: Section) -> Any:
        return section.answers(**{f.name: self.values.get(f.id) for f in section_fields(section.id)})

    def one(self, each: Field) -> Any:
        if isinstance(each.kind, Papers):
            answer: Answer = self.draft.attachments.get(each.id, ())
        else:
            answer = self.draft.answers.get(each.id, "")
        if not (answer.strip() if isinstance(answer, str) else answer):
            if not each.ask.optional and not self.is_its_own_district(each):
                self.say("required", each.id, Problem(_asking(each.kind), values=_words(each)))
            return None
        if isinstance(each.kind, Papers):
            return self.papers(each, cast(tuple[str, ...], answer))
        if isinstance(each.kind, Rows):
            return self.rows(each, each.kind, answer)
        if isinstance(each.kind, Several):
            return self.several(each, each.kind, answer)
        if not isinstance(answer, str):
            answer = "、".join(str(part) for part in answer)
        return self.judged(each.id, self.kind_of(each), answer)

    def is_its_own_district(self, each: Field) -> bool:
        """Whether a district is asked for in a city that has none (东莞, 中山, 儋州, 嘉峪关)."""
        city = (
            self.values.get(f"{each.section.id}.{each.kind.within}") if isinstance(each.kind, Place) else None
        )
        return bool(city) and not districts.children(city)

    def kind_of(self, each: Field) -> Kind:
        if isinstance(each.kind, NumberBy):
            return each.kind.resolve(str(self.choices.get(f"{each.section.id}.{each.kind.by}", "")))
        if isinstance(each.kind, Place) and each.kind.within:
            parent = self.values.get(f"{each.section.id}.{each.kind.within}")
            return replace(each.kind, parent=parent) if parent else each.kind
        return each.kind

    def judged(self, field_id: str, kind: Kind, text: str) -> Any:
        chosen = kind.chosen(text)
        verdict, value = chosen.judge(text, self.on)
        if not verdict.valid:
            self.say(chosen.name, field_id, verdict.problems[0])
            return None
        for doubt in verdict.doubts:
            self.say(chosen.name, field_id, doubt, severity="warning")
        return value

    def several(self, each: Field, kind: Several, answer: Answer) -> tuple[str, ...]:
        texts = _split(answer) if isinstance(answer, str) else [str(part) for part in answer]
        if len(texts) > kind.most:
            self.say("several", each.id, Problem("TOO_MANY", values={"most": kind.most, "now": len(texts)}))
        if len(set(texts)) < len(texts):
            self.say("several", each.id, Problem("TWICE"))
        return tuple(kind.label_of(text) for text in dict.fromkeys(texts))

    def rows(self, each: Field, kind: Rows, answer: Answer) -> tuple[Any, ...]:
        rows = [{kind.first: text} for text in _split(answer)] if isinstance(answer, str) else list(answer)
        made = []
        for number, row in enumerate(rows, 1):
            cells = row if isinstance(row, Mapping) else {kind.first: row}
            made.append(self.row(each, kind, cells, number))
        return tuple(made)

    def row(self, each: Field, kind: Rows, cells: Mapping[str, Any], number: int) -> Answers:
        values: dict[str, Any] = {}
        for cell in row_fields(kind):
            raw = cells.get(cell.name) or ""
            if isinstance(cell.kind, Papers):
                values[cell.name] = (raw,) if isinstance(raw, str) and raw else tuple(raw) or None
            elif str(raw).strip():
                values[cell.name] = self.judged(each.id, cell.kind, str(raw))
            elif not cell.ask.optional:
                words = {**_words(cell), "label": f"第 {number} 行的{cell.label}"}
                self.say("required", each.id, Problem(_asking(cell.kind), values=words))
        return cast(Answers, kind.row(**values))

    def papers(self, each: Field, paths: tuple[str, ...]) -> tuple[str, ...]:
        kind = cast(Papers, each.kind)
        if len(paths) > kind.most:
            self.say("papers", each.id, Problem("TOO_MANY", values={"most": kind.most, "now": len(paths)}))
        for path in paths:
            if not is_file(self.draft.file(path)):
                self.say("papers", each.id, Problem("MISSING_FILE", values={"file": path}))
        return paths

    def unknown(self) -> None:
        known = catalogue()
        for field_id in (*self.draft.answers, *self.draft.attachments):
            if field_id not in known:
                self.say("unknown", field_id, Problem("FIELD", values={"field": field_id}), severity="note")

    def say(self, kind: str, field_id: str, problem: Problem, severity: Any = "error") -> None:
        text = problem_text(kind, problem)
        rule = f"{kind}.{problem.code.lower()}".replace("_", "-")
        self.findings.append(Finding(rule, severity, (field_id,), text.message, text.fix, cite(kind)))


@cache
def row_fields(kind: Rows) -> tuple[Field, ...]:
    """The fields of one row of a list such as 前置审批."""
    return fields_of(Section("", "", kind.row))


def _linked(contact: Contact, principal: Person) -> Contact:
    return replace(contact, **{part.name: getattr(principal, part.name) for part in fields(Person)})


def _split(text: str) -> list[str]:
    for mark in "；;，,\n":
        text = text.replace(mark, "、")
    return [part.strip() for part in text.split("、") if part.strip()]


def _asking(kind: Kind) -> str:
    if isinstance(kind, (Choice, Several, Place, Rows)):
        return "CHOOSE"
    return "ATTACH" if isinstance(kind, Papers) else "FILL_IN"


def _words(each: Field) -> dict[str, str | int]:
    ask: Ask = each.ask
    whose = f"{each.section.title}的" if issubclass(each.section.answers, Person) else ""
    return {"label": whose + ask.label, "help": ask.help}
