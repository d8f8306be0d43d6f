"""Workbooks made by hand, part by part, so that they can be wrong in one place only."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = ["主体名称", "主体类型", "证件号码", "负责人姓名", "手机号码", "小程序名称"]
ROW = ["某地示例科技有限公司", "企业", "91110115MA01QFMA2Y", "林知远", "13800000101", "示例工具"]


def text(value: str, place: str = "") -> str:
    """One cell of text, as XML."""
    escaped = value.replace("&", "&amp;").replace("<", "&lt;")
    at = f' r="{place}"' if place else ""
    return f'<c{at} t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'


def rows(lines: Iterable[Sequence[str]]) -> str:
    """Rows of cells; a cell that is XML already is taken as it is."""
    return "".join(
        "<row>" + "".join(cell if cell.startswith("<c") else text(cell) for cell in line) + "</row>"
        for line in lines
    )


def sheet(body: str, before: str = "") -> str:
    """The XML of one sheet."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>{before}'
    return f"{head}<worksheet {MAIN}><sheetData>{body}</sheetData></worksheet>"


def package(sheets: Sequence[str | tuple[str, str]], more: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """A whole workbook: the XML of each sheet, or (attributes of its entry, XML), and more members."""
    out = io.BytesIO()
    listed = [one if isinstance(one, tuple) else (f'name="表{n}"', one) for n, one in enumerate(sheets, 1)]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        entries = "".join(
            f'<sheet {attributes} sheetId="{n}" r:id="rId{n}"/>'
            for n, (attributes, _) in enumerate(listed, 1)
        )
        book.writestr(
            "xl/workbook.xml",
            f'<?xml version="1.0"?><workbook {MAIN} xmlns:r="{KIND}"><sheets>{entries}</sheets></workbook>',
        )
        relations = "".join(
            f'<Relationship Id="rId{n}" Type="{KIND}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(listed) + 1)
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<?xml version="1.0"?><Relationships {RELATIONS}>{relations}</Relationships>',
        )
        for n, (_, xml) in enumerate(listed, 1):
            book.writestr(f"xl/worksheets/sheet{n}.xml", xml)
        for name, data in more:
            book.writestr(name, data)
    return out.getvalue()


def book(path: Path, lines: Iterable[Sequence[str]], **parts: object) -> Path:
    """A workbook of one sheet with these rows, written to `path`."""
    path.write_bytes(package([sheet(rows(lines), **parts)]))  # type: ignore[arg-type]
    return path


def comma(lines: Iterable[Sequence[str]], end: str = "\r\n") -> str:
    """The same rows as text parted by commas."""
    quoted = (
        ['"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\r\n') else cell for cell in line]
        for line in lines
    )
    return end.join(",".join(line) for line in quoted) + end
