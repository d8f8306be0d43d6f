"""填报文本.xlsx: the answers for copying cell by cell, one sheet for each page of the platform's form.

Every cell is text: what looks like a formula, a number or an address stays what was typed.
"""

import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter

from wizard.draft import SOURCE_WORDS, TYPED
from wizard.packet.answers import EMPTY, SHEETS, linked, origin, sheet_fields, shown
from wizard.packet.cells import LONGEST, PLAIN
from wizard.packet.snapshot import Snapshot
from wizard.sections import SECTIONS
from wizard.types import Papers

_HEADS = ("栏目", "要填的内容", "说明")
_WIDTHS = (26, 64, 26)


def workbook(snapshot: Snapshot) -> bytes:
    """The workbook as the bytes of its file; the same snapshot gives the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, PLAIN)
    state = "正式版" if snapshot.final else "草稿"
    about = f"填报文本　{snapshot.number} 第 {snapshot.version} 版　{snapshot.made_at:%Y-%m-%d}　{state}"
    book.set_properties({"title": about, "created": snapshot.made_at.replace(tzinfo=None)})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 7})
    head = book.add_format({"num_format": "@", "bold": True, "bg_color": "#F1F2F3", "border": 7})
    titles = {section.id: section.title for section in SECTIONS}
    for section in SHEETS:
        sheet = book.add_worksheet(titles[section])
        _lay_out(sheet, about)
        for column, word in enumerate(_HEADS):
            sheet.write_string(0, column, word, head)
        for row, cells in enumerate(_rows(snapshot, section), 1):
            for column, value in enumerate(cells):
                sheet.write_string(row, column, value, text)
    book.close()
    return out.getvalue()


def _lay_out(sheet: Any, about: str) -> None:
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{about.replace('&', '&&')}&R&P / &N")


def _rows(snapshot: Snapshot, section: str) -> Iterator[tuple[str, str, str]]:
    if section == "contact" and linked(snapshot):
        yield "与主体负责人相同", "是", "以下内容取自主体负责人"
    for each in sheet_fields(snapshot, section):
        if isinstance(each.kind, Papers):
            continue
        value = _storable(shown(snapshot, each).value)
        source = snapshot.draft.source(origin(snapshot, each).id)
        said = ["选填" if each.ask.optional else "必填"]
        said += [SOURCE_WORDS[source]] if value and source != TYPED else []
        for at in range(0, max(1, len(value)), LONGEST):
            label = f"{each.label}（续）" if at else each.label
            yield label, value[at : at + LONGEST] or EMPTY, "，".join(said)


def _storable(text: str) -> str:
    """`text` with one kind of line break, without halves of characters, which no file can hold."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "\n".join(whole.splitlines())
