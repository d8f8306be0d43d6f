"""The self-check of one draft: what single answers have wrong, and what the rules have to say."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wizard.check import checks
from wizard.check.case import NO_PICTURES, Case, Hit
from wizard.check.rule import Rule
from wizard.check.rulebook import in_force, national, provincial
from wizard.check.said import Said
from wizard.draft import Draft
from wizard.finding import SEVERITIES, Finding, Severity
from wizard.messages import problem_text
from wizard.picture import PictureFacts
from wizard.problem import Problem
from wizard.reading import Reading, understand
from wizard.resource_files import ResourceError
from wizard.sections import catalogue
from wizard.when import holds


@dataclass(frozen=True, slots=True)
class Report:
    """What the self-check found. `rules` is the version of the rules, `on` the day they were asked for."""

    reading: Reading
    findings: tuple[Finding, ...]
    on: date
    rules: str

    @property
    def errors(self) -> int:
        """How many 错误 there are."""
        return self._count("error")

    @property
    def warnings(self) -> int:
        """How many 提醒 there are."""
        return self._count("warning")

    @property
    def notes(self) -> int:
        """How many 说明 there are."""
        return self._count("note")

    @property
    def blocked(self) -> bool:
        """Whether an 错误 stands in the way of the final packet."""
        return self.errors > 0

    def _count(self, severity: Severity) -> int:
        return sum(finding.severity == severity for finding in self.findings)

    def by_field(self) -> dict[str, tuple[Finding, ...]]:
        """The findings at each field, the gravest first: one that concerns two stands at both."""
        found: dict[str, tuple[Finding, ...]] = {}
        for finding in sorted(self.findings, key=lambda one: SEVERITIES.index(one.severity)):
            for field_id in finding.fields:
                found[field_id] = (*found.get(field_id, ()), finding)
        return found

    def by_section(self) -> dict[str, tuple[Finding, ...]]:
        """The findings of each section that has any, each once: where its first field stands."""
        found: dict[str, tuple[Finding, ...]] = {}
        for finding in self.findings:
            section = finding.fields[0].partition(".")[0]
            found[section] = (*found.get(section, ()), finding)
        return found


def rules_version() -> str:
    """The version of the rules, such as ``2026.11``."""
    return national().version


def self_check(draft: Draft, on: date, pictures: Mapping[str, PictureFacts] = NO_PICTURES) -> Report:
    """What would be rejected if `draft` were handed in on the day `on`.

    `pictures` is what the guard measured of the attachments, by their path in the draft.
    """
    reading = understand(draft, on)
    case = Case(draft, reading, on, pictures)
    said = Said()
    found: list[tuple[Rule, Hit]] = []
    scans = bool(draft.scans) or "read" in draft.sources.values()
    for rule, when, check in in_force(case.province, case.choices["subject.type"], on, scans):
        if holds(when, case.choices):
            hits = list(check(case, rule.fields, **rule.given))
            if hits or rule.settles:
                said.note(rule, hits)
                found += [(rule, hit) for hit in hits]
    findings = [one for one in reading.findings if said.left(one.rule, one.fields) is not None]
    for rule, hit in found:
        words = said.left(rule.id, hit.fields or rule.fields, hit.words)
        if words is not None:
            findings.append(_finding(rule, hit._replace(words=words)))
    findings.extend(_aged(case))
    return Report(reading, _in_order(findings), on, rules_version())


OLD_AFTER = timedelta(days=180)
"""How long after they were looked up rules are taken without a word."""


def _aged(case: Case) -> Iterator[Finding]:
    """That the rules were looked up long ago, said once, for whichever file is the oldest."""
    files = [national(), *filter(None, [provincial(case.province) if case.province else None])]
    checked = min(file.checked for file in files)
    if case.on - checked > OLD_AFTER:
        values: dict[str, str | int] = {"checked": checked.isoformat(), "days": (case.on - checked).days}
        said = problem_text("rules", Problem("OLD", values=values))
        yield Finding("rules.old", "note", ("subject.province",), said.message, said.fix)


def apply(rule: Rule, case: Case) -> Iterator[Finding]:
    """What one rule has to say, where it is in force and its condition holds."""
    if not (rule.in_force(case.on) and holds(rule.when, case.choices)):
        return
    check = checks.named(rule.check)
    for hit in check(case, rule.fields, **rule.given) if check else ():
        yield _finding(rule, hit)


def _finding(rule: Rule, hit: Hit) -> Finding:
    values = {**hit.values, "word": "”“".join(hit.words)} if hit.words else hit.values
    try:
        message, fix = rule.message.format_map(values), rule.fix.format_map(values)
    except KeyError as error:
        raise ResourceError(f"rule «{rule.id}»: the check gives no {error}") from error
    return Finding(
        rule.id,
        rule.severity,
        hit.fields or rule.fields,
        message,
        fix,
        rule.cite,
        rule.confidence,
        rule.cite2,
    )


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By section and field as on the form, the gravest first at each; the same words never twice."""
    place = {field_id: position for position, field_id in enumerate(catalogue())}
    last = len(place)

    def key(finding: Finding) -> tuple[int, int]:
        return place.get(finding.fields[0], last), SEVERITIES.index(finding.severity)

    return tuple(sorted(dict.fromkeys(findings), key=key))
