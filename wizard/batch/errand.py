"""One case of a batch as a worker gets it and gives it back: checked, and exported where that is wanted."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.draft import Draft, dump, parse
from wizard.files import FileProblem
from wizard.finding import Finding
from wizard.process.work import Progress, never, silent

if TYPE_CHECKING:
    from wizard.check.run import Report
    from wizard.packet.options import Options

_CHUNK = 1 << 20
_PLAIN = ("state", "files", "reason", "final", "record")


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done with one case. Without `to` it is checked only.

    `to` is where nothing lies yet: a file ending in .pdf gets the packet, a folder everything. `found` is
    what the import of a workbook found. `draft_too` exports also where 错误 stand, as 草稿.
    """

    draft: Draft
    on: date
    made_at: datetime
    to: Path | None = None
    options: "Options | None" = None
    draft_too: bool = False
    found: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What became of it. `state` is checked, exported, refused (错误 stand) or failed, `reason` says why not.

    `files` are the SHA-256 of what was written, by path below `Errand.to` (empty for the file itself);
    `record` is what the case is to remember (see `packet.versions`).
    """

    state: str
    findings: tuple[Finding, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    final: bool = True
    record: Mapping[str, Any] = field(default_factory=dict)

    def count(self, severity: str) -> int:
        """How many findings of a severity there are."""
        return sum(finding.severity == severity for finding in self.findings)


def pack(errand: Errand) -> tuple[dict[str, Any], bytes]:
    """An errand as it goes to a worker: plain values, and the draft as the bytes of its file."""
    head = {
        "do": "case",
        "folder": str(errand.draft.folder),
        "on": errand.on.isoformat(),
        "made_at": errand.made_at.isoformat(),
        "to": str(errand.to) if errand.to else "",
        "options": asdict(errand.options) if errand.options else {},
        "draft_too": errand.draft_too,
        "found": plain(errand.found),
    }
    return head, dump(errand.draft)


def unpack(head: Mapping[str, Any], body: bytes) -> Errand:
    """What `pack` was given."""
    from wizard.packet.options import Options

    return Errand(
        replace(parse(body), folder=Path(head["folder"])),
        date.fromisoformat(head["on"]),
        datetime.fromisoformat(head["made_at"]),
        Path(head["to"]) if head["to"] else None,
        Options(**head["options"]),
        head["draft_too"],
        findings(head["found"]),
    )


def packed_result(result: Result) -> dict[str, Any]:
    """A result as it comes back: plain values, without the sources of the findings."""
    return {**{name: getattr(result, name) for name in _PLAIN}, "findings": plain(result.findings)}


def result_of(head: Mapping[str, Any]) -> Result:
    """What `packed_result` was given, as far as it goes through."""
    return Result(**{name: head[name] for name in _PLAIN}, findings=findings(head["findings"]))


def plain(found: Iterable[Finding]) -> list[list[Any]]:
    """Findings as plain values."""
    return [[one.rule, one.severity, list(one.fields), one.message, one.fix] for one in found]


def findings(listed: Iterable[Sequence[Any]]) -> tuple[Finding, ...]:
    """Plain values as findings."""
    return tuple(
        Finding(rule, severity, tuple(fields), message, fix)
        for rule, severity, fields, message, fix in listed
    )


def carry_out(errand: Errand, progress: Progress = silent, cancelled: Callable[[], bool] = never) -> Result:
    """Check one case, and export it; what is wrong with its files is told, not raised.

    Raises:
        Cancelled: `cancelled` said so.
    """
    from wizard.check.run import self_check
    from wizard.intake.guard import measure_all

    report = joined(errand.found, self_check(errand.draft, errand.on, measure_all(errand.draft)))
    if errand.to is None:
        return Result("checked", report.findings)
    if report.blocked and not errand.draft_too:
        reason = f"有 {report.errors} 处错误，没有导出；改好再导出"
        return Result("refused", report.findings, reason=reason)
    try:
        return _exported(errand, report, errand.to, progress, cancelled)
    except FileProblem as problem:
        return Result("failed", report.findings, reason=str(problem))


def _exported(
    errand: Errand, report: "Report", to: Path, progress: Progress, cancelled: Callable[[], bool]
) -> Result:
    from wizard.freeze import freeze
    from wizard.packet.options import PLAIN
    from wizard.packet.output import export

    snapshot = freeze(errand.draft, report, errand.made_at, final=not report.blocked)
    exported = export(snapshot, to, progress, cancelled, errand.options or PLAIN)
    return Result(
        "exported",
        report.findings,
        sums(to),
        reason=_notes(exported.unprintable),
        final=snapshot.final,
        record=exported.record,
    )


def _notes(unprintable: tuple[str, ...]) -> str:
    return f"字体里没有“{'、'.join(unprintable)}”，印成了“〓”" if unprintable else ""


def sums(place: Path) -> dict[str, str]:
    """The SHA-256 of a file, or of every file of a folder, by path below it."""
    if place.is_file():
        return {"": sum_of(place)}
    files = (path for path in place.rglob("*") if path.is_file())
    return {path.relative_to(place).as_posix(): sum_of(path) for path in sorted(files)}


def sum_of(path: Path) -> str:
    """The SHA-256 of one file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def joined(found: tuple[Finding, ...], report: "Report") -> "Report":
    """The report with what the import said first; a field whose cell was left out is not asked for again."""
    lost = {field for finding in found if finding.severity == "error" for field in finding.fields}
    kept = [
        finding
        for finding in report.findings
        if not (finding.rule.startswith("required.") and finding.fields[0] in lost)
    ]
    return replace(report, findings=(*found, *kept))
