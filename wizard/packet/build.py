"""Building the two PDF files of a snapshot: 材料包 and 自检报告."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from wizard.packet.book import TITLE as PACKET
from wizard.packet.book import Book
from wizard.packet.flow import Flow
from wizard.packet.letter_pages import single
from wizard.packet.letters import Filled
from wizard.packet.options import PLAIN, Options
from wizard.packet.page import Entry
from wizard.packet.papers import papers
from wizard.packet.pictures import DOTS_PER_INCH, Asked, Picture, prepare
from wizard.packet.press import Files, Imprint, Pdf, Printed, press
from wizard.packet.purpose import purpose
from wizard.packet.report import TITLE as REPORT
from wizard.packet.report import report
from wizard.packet.scans import asked, plates
from wizard.packet.snapshot import Snapshot
from wizard.packet.versions import hashes
from wizard.process.work import Cancelled, Progress, never, silent

__all__ = ["Cancelled", "build_packet", "build_report", "packet", "report_file"]

Prepare = Callable[[Sequence[Asked], Callable[[int], None], Callable[[], bool]], list[Picture]]
PREVIEW_DOTS = 110
"""Dots per inch of the pictures in a preview: enough for a screen."""

_PRESSING = 20


def nothing(files: Files) -> Mapping[str, bytes]:
    """No file is attached."""
    return {}


def build_packet(
    snapshot: Snapshot,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = never,
    options: Options = PLAIN,
) -> bytes:
    """The packet as a PDF file. `progress` is told done, total and what is at work.

    Raises:
        Cancelled: `cancelled` said so.
    """
    return packet(snapshot, progress, cancelled, options).data


def build_report(
    snapshot: Snapshot,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = never,
    options: Options = PLAIN,
) -> bytes:
    """The report of the self-check as a PDF file.

    Raises:
        Cancelled: `cancelled` said so.
    """
    return report_file(snapshot, progress, cancelled, options).data


def packet(
    snapshot: Snapshot,
    progress: Progress,
    cancelled: Callable[[], bool],
    options: Options = PLAIN,
    enclosed: Callable[[Files], Mapping[str, bytes]] = nothing,
    prepared: Prepare = prepare,
) -> Pdf:
    """The packet, with the characters in it that no font has, and what `enclosed` makes attached to it.

    `enclosed` is told the hashes of the files shown, by field. `prepared` makes the pictures: a preview keeps
    them from one time to the next.

    Raises:
        Cancelled: `cancelled` said so.
    """
    listed = papers(snapshot)
    shown = plates(listed)
    mark = purpose(snapshot, options.receiver) if options.purpose else None
    dots = PREVIEW_DOTS if options.preview else DOTS_PER_INCH
    wishes = {
        sheet.target: wish
        for plate in shown
        for sheet, wish in zip(plate.sheets, asked(plate, mark, dots), strict=True)
    }
    steps = _Steps(len(wishes), progress, cancelled)
    steps.pictures(0)
    found = dict(zip(wishes, prepared(list(wishes.values()), steps.pictures, cancelled), strict=True))
    book = Book(snapshot, listed, shown, found, options.with_report)
    flows = book.flows()
    pictures = {each.key: each.printed for each in found.values() if each.printed}
    printed = _pressed(snapshot, PACKET, flows, book.entries(flows), pictures, steps, options)
    printed = replace(printed, files=hashes(listed, found))
    return _finished(printed, snapshot, options, enclosed(printed.files), cancelled)


def report_file(
    snapshot: Snapshot, progress: Progress, cancelled: Callable[[], bool], options: Options = PLAIN
) -> Pdf:
    """The report, with the characters in it that no font has.

    Raises:
        Cancelled: `cancelled` said so.
    """
    flow = report(snapshot)
    steps = _Steps(0, progress, cancelled)
    printed = _pressed(snapshot, REPORT, [flow], flow.entries, {}, steps, options)
    return _finished(printed, snapshot, options, {}, cancelled)


def letter_file(
    snapshot: Snapshot, letter: Filled, cancelled: Callable[[], bool], options: Options = PLAIN
) -> Pdf:
    """One letter to be signed, as a file of its own.

    Raises:
        Cancelled: `cancelled` said so.
    """
    flow = single(letter, snapshot.final)
    printed = _pressed(
        snapshot, letter.title, [flow], flow.entries, {}, _Steps(0, silent, cancelled), options
    )
    return _finished(printed, snapshot, options, {}, cancelled)


def _finished(
    printed: Pdf,
    snapshot: Snapshot,
    options: Options,
    files: Mapping[str, bytes],
    cancelled: Callable[[], bool],
) -> Pdf:
    if not (options.archival or options.password or files):
        return printed
    if cancelled():
        raise Cancelled
    from wizard.packet.finish import finish  # here: most files need nothing of it, and pikepdf takes its time

    return replace(printed, data=finish(printed.data, options, files, snapshot.made_at, cancelled))


@dataclass
class _Steps:
    """How far the work is: one step for each picture, the printing of all pages in twenty."""

    wanted: int
    progress: Progress
    cancelled: Callable[[], bool]

    def pictures(self, done: int) -> None:
        if done < self.wanted:
            self.progress(done, self.wanted + _PRESSING, f"正在处理图片 {done + 1} / {self.wanted}")

    def page(self, number: int, total: int) -> None:
        if self.cancelled():
            raise Cancelled
        done = self.wanted + round(_PRESSING * number / total)
        self.progress(done, self.wanted + _PRESSING, f"正在排版第 {number} / {total} 页")


def _pressed(
    snapshot: Snapshot,
    name: str,
    flows: Sequence[Flow],
    entries: Sequence[Entry],
    pictures: Mapping[str, Printed],
    steps: _Steps,
    options: Options,
) -> Pdf:
    pages = [page for flow in flows for page in flow.pages]
    subject, program = snapshot.subject or "主体未填写", snapshot.mini_program or "小程序未填写"
    state = "正式版" if snapshot.final else "草稿"
    label = f"{snapshot.number} v{snapshot.version}"
    imprint = Imprint(
        title=f"{name}：{subject[:60]} · {program[:40]}（{label}，{state}）",
        author=subject,
        subject="微信小程序备案",
        program=snapshot.program,
        footer=f"{subject[:60]} · {program[:40]} · {label}",
        made_at=snapshot.made_at,
        final=snapshot.final,
        archival=options.archival,
    )
    return press(pages, entries, imprint, pictures, lambda number: steps.page(number, len(pages)))
