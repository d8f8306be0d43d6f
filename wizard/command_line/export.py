"""`main.py export`: the packet as a PDF, or the whole set of files in a folder."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.command_line.choices import LOCKED, add_choices, chosen
from wizard.command_line.program import day, today
from wizard.draft import Draft, load
from wizard.files import FileProblem
from wizard.finding import SEVERITIES, SEVERITY_WORDS, Finding
from wizard.sections import catalogue

if TYPE_CHECKING:
    from wizard.packet.output import Exported


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", type=Path, metavar="草稿", help="草稿文件（.json）")
    parser.add_argument(
        "-o", "--out", type=Path, required=True, metavar="位置", help=".pdf 只导出材料包；文件夹导出整套文件"
    )
    add_choices(parser)
    parser.add_argument("--draft", action="store_true", help="有错误也导出，每页标明“草稿”")
    parser.add_argument(
        "--since", type=Path, metavar="案件文件", help="上一次导出的案件文件：接着它的版本，标出改了什么"
    )
    parser.add_argument("--on", type=day, metavar="日期", help="按哪一天检查，不写就是今天")
    parser.add_argument("--json", action="store_true", help="结果用 JSON 输出")


def run(args: argparse.Namespace) -> int:
    """Export the draft; refuse with 1 while an 错误 stands, unless a draft is wanted.

    Raises:
        FileProblem: the draft cannot be read or the target cannot be written.
    """
    from wizard.check.run import self_check
    from wizard.freeze import freeze
    from wizard.intake.guard import measure_all

    options = chosen(args)
    draft = load(args.file)
    if args.since:
        draft = _continued(draft, args.since)
    on = args.on or today()
    report = self_check(draft, on, measure_all(draft))
    if report.blocked and not args.draft:
        _tell(args, on, report.findings, None)
        return 1
    from wizard.packet.output import export

    snapshot = freeze(draft, report, _moment(args.on), not args.draft)
    exported = export(snapshot, args.out, options=options)
    if options.password and args.out.suffix.lower() != ".pdf":
        print(LOCKED, file=sys.stderr)
    _tell(args, on, report.findings, exported)
    return 0


def _continued(draft: Draft, earlier: Path) -> Draft:
    """The draft as the next version of the packet that the case file `earlier` was exported with.

    Raises:
        FileProblem: the file cannot be read, or does not tell of a packet.
    """
    from wizard.packet.versions import last, with_packet
    from wizard.parts import PACKET

    case = load(earlier)
    if last(case) is None:
        raise FileProblem(f"“{earlier}”里没有记下材料包的内容，选上一次导出的“案件_….json”")
    return with_packet(draft, PACKET.of(case))


def _moment(on: date | None) -> datetime:
    """Now, or the beginning of the day that was given: then the same draft gives the same file."""
    moment = datetime.now() if on is None else datetime.combine(on, time())  # noqa: DTZ005
    return moment.astimezone().replace(microsecond=0)


def _tell(
    args: argparse.Namespace,
    on: date,
    findings: tuple[Finding, ...],
    exported: "Exported | None",
) -> None:
    if args.json:
        print(json.dumps(_document(args, on, findings, exported), ensure_ascii=False, indent=1))
        return
    if exported:
        _tell_files(exported)
    counts = "，".join(f"{word} {_count(findings, key)}" for key, word in SEVERITY_WORDS.items())
    print(f"自检：{counts}")
    for finding in sorted(findings, key=lambda one: SEVERITIES.index(one.severity)):
        if not exported or finding.severity == "error":
            print(_line(finding))
    if not exported:
        print("有错误，没有导出。改好再导出，或加 --draft 导出草稿")


def _tell_files(exported: "Exported") -> None:
    for path in exported.paths:
        print(f"已导出 {path}")
    if exported.unprintable:
        print(f"字体里没有这些字符，印成“〓”：{'、'.join(map(_visible, exported.unprintable))}")
    for note in exported.notes:
        print(f"上传图片　{note}")


def _line(finding: Finding) -> str:
    places = [known.heading for field in finding.fields if (known := catalogue().get(field))]
    fix = f"。怎么改：{finding.fix}" if finding.fix else ""
    return f"{SEVERITY_WORDS[finding.severity]}　{'、'.join(places) or '其他'}：{finding.message}{fix}"


def _visible(char: str) -> str:
    return char if char.isprintable() else "、".join(f"U+{ord(part):04X}" for part in char)


def _count(findings: tuple[Finding, ...], severity: str) -> int:
    return sum(finding.severity == severity for finding in findings)


def _document(
    args: argparse.Namespace,
    on: date,
    findings: tuple[Finding, ...],
    exported: "Exported | None",
) -> dict[str, Any]:
    return {
        "format": "beian-export",
        "version": 1,
        "on": on.isoformat(),
        "file": str(args.file),
        "state": ("draft" if args.draft else "final") if exported else "refused",
        "paths": [str(path) for path in exported.paths] if exported else [],
        "unprintable": list(exported.unprintable) if exported else [],
        "uploads": list(exported.notes) if exported else [],
        "errors": _count(findings, "error"),
        "warnings": _count(findings, "warning"),
        "notes": _count(findings, "note"),
        "findings": [asdict(finding) for finding in findings],
    }
