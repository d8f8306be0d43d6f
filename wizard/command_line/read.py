"""`main.py read`: what a scan says, field by field with how sure it is, and the picture's faults."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.finding import SEVERITY_WORDS
from wizard.intake.words import FIELDS, KINDS
from wizard.messages import fault_severity, fault_text
from wizard.scan import SURE, Fault, Read, Scan

if TYPE_CHECKING:
    from wizard.intake.reader import Reading

_AS = ("auto", "business_licence", "identity_card")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("image", type=Path, metavar="图片", help="照片、扫描件或 PDF")
    parser.add_argument(
        "--as",
        dest="as_",
        choices=_AS,
        default="auto",
        metavar="证件",
        help="当作哪种证件：business_licence（执照、登记证书）、identity_card（居民身份证）、auto（自动判断，默认）",
    )
    parser.add_argument("--page", type=int, default=1, metavar="页", help="PDF、TIFF 的第几页，默认 1")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Read one page; 0 read, whatever else there is to look at, 1 an 错误 was printed, 2 unusable file."""
    from wizard.intake.reader import Reader

    reader = Reader()
    try:
        reading = reader.read(args.image, args.as_, args.page)
    finally:
        reader.close()
    if reading.pages > 1:
        print(f"“{args.image.name}”共 {reading.pages} 页，读的是第 {args.page} 页", file=sys.stderr)
    print(
        json.dumps(_document(reading), ensure_ascii=False) if args.json else "\n".join(_lines(reading.scan))
    )
    return int(wrong(reading.scan))


def wrong(scan: Scan) -> bool:
    """Whether there is an 错误: not all that is needed was read, or it is another paper than asked for."""
    return not scan.legible or any(fault_severity(fault) == "error" for fault in scan.faults)


def _document(reading: "Reading") -> dict[str, Any]:
    scan = reading.scan
    return {
        "kind": scan.kind,
        "fields": {
            name: {"value": read.value, "confidence": read.confidence} for name, read in scan.fields.items()
        },
        "faults": [fault.code for fault in scan.faults],
        "legible": scan.legible,
        "pages": reading.pages,
    }


def _lines(scan: Scan) -> Iterator[str]:
    yield KINDS.get(scan.kind, "认不出是什么证件")
    for name, read in scan.fields.items():
        yield f"  {FIELDS.get(name, name)}：{read.value}　{_sureness(read)}"
    if not scan.fields:
        yield "  没有读出内容"
    yield from _faults(scan.faults)
    if not scan.legible:
        told = "看不全：要填的内容没有都读出来，换一张清楚完整的图片，或对照证件手工填写"
        yield f"{SEVERITY_WORDS['error']}　{told}"


def _sureness(read: Read) -> str:
    return "（相互印证）" if read.confidence >= SURE else "（对照图片核对）"


def _faults(faults: tuple[Fault, ...]) -> Iterator[str]:
    for fault in faults:
        said = fault_text(fault.code)
        yield f"{SEVERITY_WORDS[fault_severity(fault)]}　{said.message}：{said.fix}"
