"""One case of a batch as a worker gets it and gives it back: checked, and exported where that is wanted."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.draft import Draft
from wizard.files import FileProblem
from wizard.finding import Finding

if TYPE_CHECKING:
    from wizard.check.run import Report
    from wizard.packet.options import Options

_CHUNK = 1 << 20
BROKE = "程序在处理这个案件时出错（{what}），没有导出；其他案件不受影响，把它单独打开看看"


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


def carry_out(errand: Errand) -> Result:
    """Check one case, and export it; whatever goes wrong is told, never raised."""
    try:
        return _carried_out(errand)
    except FileProblem as problem:
        return Result("failed", reason=str(problem))
    except Exception as error:  # noqa: BLE001 - one case must not stop the others, and its data is not told
        return Result("failed", reason=BROKE.format(what=type(error).__name__))


def _carried_out(errand: Errand) -> Result:
    from wizard.check.run import self_check
    from wizard.intake.guard import measure_all

    report = joined(errand.found, self_check(errand.draft, errand.on, measure_all(errand.draft)))
    if errand.to is None:
        return Result("checked", report.findings)
    if report.blocked and not errand.draft_too:
        reason = f"有 {report.errors} 处错误，没有导出；改好再导出"
        return Result("refused", report.findings, reason=reason)
    return _exported(errand, report, errand.to)


def _exported(errand: Errand, report: "Report", to: Path) -> Result:
    from wizard.freeze import freeze
    from wizard.packet.options import PLAIN
    from wizard.packet.output import export

    final = not report.blocked
    snapshot = freeze(errand.draft, report, errand.made_at, final)
    exported = export(snapshot, to, options=errand.options or PLAIN)
    return Result(
        "exported",
        report.findings,
        sums(to),
        reason=_notes(exported.unprintable),
        final=final,
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
