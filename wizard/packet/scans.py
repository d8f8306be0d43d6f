"""证件影像: each licence on a page of its own as large as it goes, both sides of a card on one page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wizard.days import written
from wizard.packet.a4 import MM
from wizard.packet.flow import Flow
from wizard.packet.page import Box, Image, Rule, Text, Zone
from wizard.packet.paper import (
    ACCENT,
    BODY,
    BOTTOM,
    FAINT,
    HAIR,
    HEIGHT,
    LEFT,
    NOTE,
    PART,
    RIGHT,
    SMALL,
    SMALL_STRONG,
    WIDTH,
    fitted,
)
from wizard.packet.papers import Paper, Sheet
from wizard.packet.pictures import DOTS_PER_INCH, Asked, Picture
from wizard.packet.purpose import Purpose, wants_mark
from wizard.packet.snapshot import Snapshot
from wizard.picture import weight
from wizard.sections import catalogue

CARD_WIDTH, CARD_HEIGHT = 85.6 * MM, 54 * MM
PART_NAME, TARGET = "证件影像", "scans"
_ENLARGED = 1.8
_TITLE = PART.leading + 10
_CAPTION = 3 * SMALL.leading + 26
_ROOM = HEIGHT - _TITLE - _CAPTION
_HALF = (_ROOM - 2 * NOTE.leading - 8) / 2
_SIDES = {"front": "正面", "back": "反面"}


@dataclass(frozen=True, slots=True)
class Plate:
    """One page of pictures: a single one, or the two sides of a card."""

    title: str
    papers: tuple[Paper, ...]
    sheets: tuple[Sheet, ...]
    card: bool = False


def plates(papers: Sequence[Paper]) -> tuple[Plate, ...]:
    """The pages of pictures, in the order of the papers; a second picture of a side gets its own page."""
    made: list[Plate] = []
    for paper in papers:
        sheets = () if paper.video else paper.sheets
        if paper.side and sheets:
            last = made[-1] if made and made[-1].card else None
            if last and last.papers[-1].side != paper.side and _same_person(last.papers[-1], paper):
                made[-1] = Plate(last.title, (*last.papers, paper), (*last.sheets, sheets[0]), card=True)
            else:
                made.append(Plate(f"{paper.field.section.title}证件", (paper,), sheets[:1], card=True))
            sheets = sheets[1:]
        made.extend(Plate(sheet.name, (paper,), (sheet,)) for sheet in sheets)
    return tuple(made)


def _same_person(one: Paper, other: Paper) -> bool:
    return one.field.section.id == other.field.section.id


def asked(plate: Plate, mark: Purpose | None = None, dots: int = DOTS_PER_INCH) -> Iterator[Asked]:
    """The pictures of a page, and the room each gets; `mark` is burnt into those of certificates."""
    for sheet, paper in zip(plate.sheets, plate.papers, strict=True):
        room = _HALF if plate.card else _ROOM
        yield Asked(sheet.file, WIDTH, room, mark if wants_mark(paper) else None, dots)


def scans(shown: Sequence[Plate], pictures: Mapping[str, Picture], notes: Mapping[str, str]) -> Flow | None:
    """The pages; `pictures` and `notes` go by the target of a sheet."""
    if not shown:
        return None
    flow = Flow(PART_NAME, TARGET)
    for number, plate in enumerate(shown):
        if number:
            flow.turn()
        flow.entry(plate.title, f"plate-{plate.sheets[0].target}")
        for sheet in plate.sheets:
            flow.target(sheet.target)
        if not plate.card:
            _title(flow, plate.title)
            _single(flow, plate, pictures[plate.sheets[0].target])
            _caption(flow, plate, pictures, notes)
            continue
        if all(_is_card(pictures[sheet.target]) for sheet in plate.sheets):
            _title(flow, f"{plate.title}（原大 1:1）")
            _sides(flow, plate, pictures, CARD_WIDTH, CARD_HEIGHT, "85.6 × 54 mm")
            _caption(flow, plate, pictures, notes)
            flow.turn()
            _title(flow, f"{plate.title}（放大 {_ENLARGED:g} 倍）")
            _sides(flow, plate, pictures, CARD_WIDTH * _ENLARGED, CARD_HEIGHT * _ENLARGED)
        else:
            _title(flow, plate.title)
            _sides(flow, plate, pictures, WIDTH, _HALF)
        _caption(flow, plate, pictures, notes)
    return flow


def expiries(snapshot: Snapshot, papers: Sequence[Paper]) -> dict[str, str]:
    """Until when each paper is valid, or when a letter was signed, where that was answered."""
    ends: dict[str, str] = {}
    filing = snapshot.reading.filing
    for paper in papers:
        if paper.field.name in ("certificate_photo", "certificate_photo_front", "certificate_photo_back"):
            day = filing.value(f"{paper.field.section.id}.certificate_validity_date_end")
            for sheet in paper.sheets if day else ():
                ends[sheet.target] = f"有效期至 {written(day)}" if written(day) != "长期" else "长期有效"
        elif f"{paper.field.id}_date" in catalogue() and (day := filing.value(f"{paper.field.id}_date")):
            ends |= {sheet.target: f"签署于 {written(day)}" for sheet in paper.sheets}
    return ends


def _title(flow: Flow, title: str) -> None:
    flow.line(fitted(title, PART, WIDTH), PART)
    flow.put(Rule(LEFT, flow.y + 3, LEFT + 28, flow.y + 3, ACCENT, 1.6))
    flow.y += _TITLE - PART.leading


def _single(flow: Flow, plate: Plate, picture: Picture) -> None:
    width, height = WIDTH, 70 * MM
    if picture.printed is None:
        _broken(flow, plate.sheets[0], picture, LEFT, width, height)
    else:
        scale = min(WIDTH / picture.width, _ROOM / picture.height)
        width, height = picture.width * scale, picture.height * scale
        _frame(flow, picture, LEFT + (WIDTH - width) / 2, flow.y, width, height)
    flow.put(Zone(LEFT, flow.y, WIDTH, height, plate.papers[0].field.id))
    flow.y += height


def _sides(
    flow: Flow, plate: Plate, pictures: Mapping[str, Picture], width: float, height: float, note: str = ""
) -> None:
    """Both sides of a card, one below the other, each in a box of that size."""
    for sheet, paper in zip(plate.sheets, plate.papers, strict=True):
        side = _SIDES.get(paper.side, "")
        flow.line(f"{side}　{note}" if note else side, NOTE)
        picture = pictures[sheet.target]
        if picture.printed is None:
            _broken(flow, sheet, picture, LEFT, width, height)
        else:
            scale = min(width / picture.width, height / picture.height)
            _frame(flow, picture, LEFT, flow.y, picture.width * scale, picture.height * scale)
            height = min(height, picture.height * scale)
        flow.put(Zone(LEFT, flow.y, width, height, paper.field.id))
        flow.y += height + 8


def _is_card(picture: Picture) -> bool:
    """Whether a picture is cut to the card, so that the size of a card is its true size."""
    return picture.height > 0 and abs(picture.width / picture.height / (85.6 / 54) - 1) < 0.06


def _frame(flow: Flow, picture: Picture, x: float, y: float, width: float, height: float) -> None:
    flow.put(Image(picture.key, x, y, width, height), Box(x, y, width, height, line=HAIR))


def _broken(flow: Flow, sheet: Sheet, picture: Picture, x: float, width: float, height: float) -> None:
    flow.put(Box(x, flow.y, width, height, line=FAINT, thickness=0.8, dashed=True))
    middle = flow.y + height / 2
    name = fitted(sheet.file.name, BODY, width - 20)
    reason = fitted(picture.problem, SMALL, width - 20)
    for text, style, y in ((name, BODY, middle - 6), (reason, SMALL, middle + 12)):
        flow.put(Text(x + (width - style.width(text)) / 2, y, text, style))


def _caption(flow: Flow, plate: Plate, pictures: Mapping[str, Picture], notes: Mapping[str, str]) -> None:
    flow.y += 7
    for sheet in plate.sheets:
        flow.line(fitted("　".join(_facts(sheet, pictures[sheet.target], notes)), SMALL, WIDTH), SMALL)
    flow.y = max(flow.y + 6, min(flow.y + 14, BOTTOM - SMALL.leading))
    for x, label, width in ((LEFT, "与原件一致：", 190.0), (LEFT + 250, "日期：", WIDTH - 250)):
        flow.put(Text(x, SMALL.baseline(flow.y), label, SMALL_STRONG))
        start = x + SMALL_STRONG.width(label)
        flow.put(Rule(start, flow.y + SMALL.leading, min(x + width, RIGHT), flow.y + SMALL.leading, FAINT))
    flow.y += SMALL.leading


def _facts(sheet: Sheet, picture: Picture, notes: Mapping[str, str]) -> Iterator[str]:
    yield sheet.name
    if picture.width:
        yield f"{picture.width} × {picture.height} 像素"
    if picture.bytes:
        yield weight(picture.bytes)
    if picture.sha256:
        yield f"SHA-256 {picture.sha256[:12]}"
    if note := notes.get(sheet.target):
        yield note
    if picture.note:
        yield picture.note
