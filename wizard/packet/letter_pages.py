"""声明与授权: each letter on its own page, filled, with places to sign, stamp and date, and how to sign."""

from collections.abc import Iterator, Sequence

from wizard.finding import Citation
from wizard.packet.flow import Flow
from wizard.packet.letters import Filled
from wizard.packet.lines import split
from wizard.packet.page import Box, Rule, Text
from wizard.packet.paper import (
    COPY,
    FAINT,
    HAIR,
    LEFT,
    NOTE,
    PART,
    QUIET,
    RIGHT,
    SMALL,
    SMALL_STRONG,
    STRONG,
    WIDTH,
    fitted,
)

PART_NAME, TARGET = "声明与授权", "letters"
UNSIGNABLE = "草稿，定稿后再签"
_TITLE = PART._replace(size=18, leading=30)
_NOTE = NOTE._replace(leading=12.4)
_INDENT = "　　"
_GAP, _BOX = 8.0, 62.0
_BODY = COPY._replace(leading=17)
_EACH = (WIDTH - _GAP) / 2


def letter_pages(letters: Sequence[Filled], final: bool, attached: frozenset[str]) -> Flow | None:
    """The letters; `attached` are the fields that hold signed ones already. None where there are none."""
    if not letters:
        return None
    flow = Flow(PART_NAME, TARGET)
    for number, letter in enumerate(letters):
        if number:
            flow.turn()
        flow.entry(letter.title, letter.target)
        _letter(flow, letter, final, letter.field in attached)
    return flow


def single(letter: Filled, final: bool) -> Flow:
    """One letter as a file of its own."""
    flow = Flow(letter.title, letter.target)
    _letter(flow, letter, final, signed=False)
    return flow


def _letter(flow: Flow, letter: Filled, final: bool, signed: bool) -> None:
    flow.y += 2
    for line in split(letter.title, WIDTH, _TITLE.width):
        flow.line(line, _TITLE, LEFT + (WIDTH - _TITLE.width(line)) / 2)
    flow.y += 10
    for text, plain in letter.paragraphs:
        flow.write(text if plain else _INDENT + text, _BODY)
        flow.gap(5)
    _boxes(flow, letter.boxes, final)
    _notes(flow, letter, signed)


def _boxes(flow: Flow, boxes: Sequence[tuple[str, bool]], final: bool) -> None:
    """The places to sign, two in a row, all on one page."""
    rows = -(-len(boxes) // 2)
    flow.gap(12)
    flow.need(rows * (_BOX + _GAP))
    for number, (label, dated) in enumerate(boxes):
        x, y = LEFT + number % 2 * (_EACH + _GAP), flow.y + number // 2 * (_BOX + _GAP)
        flow.put(Box(x, y, _EACH, _BOX, line=FAINT, thickness=0.8, dashed=not final))
        flow.put(Text(x + 8, SMALL.baseline(y + 4), fitted(label, SMALL, _EACH - 16), SMALL))
        if not final:
            at = x + (_EACH - STRONG.width(UNSIGNABLE)) / 2
            flow.put(Text(at, STRONG.baseline(y + _BOX / 2 - 4), UNSIGNABLE, STRONG._replace(colour=QUIET)))
        elif dated:
            words = "　　　　　　年　　　　月　　　　日"
            flow.put(Text(x + 14, STRONG.baseline(y + _BOX - 26), words, STRONG))
    flow.y += rows * (_BOX + _GAP)


def _notes(flow: Flow, letter: Filled, signed: bool) -> None:
    """What is no part of the letter: where it goes, how to sign, where an official form is to be had."""
    lines = [part for text in _said(letter, signed) for part in _hanging(f"· {text}", 8)]
    lines += _hanging(f"出处：{_sources(letter)}", 30)
    flow.gap(2)
    flow.need(SMALL_STRONG.leading + 2 * _NOTE.leading + 12)
    flow.put(Rule(LEFT, flow.y, RIGHT, flow.y, HAIR, 0.6, dashed=True))
    flow.y += 5
    flow.line("填写和签署说明（不是正文）", SMALL_STRONG)
    for text, indent in lines:
        flow.need(_NOTE.leading)
        flow.line(text, _NOTE, LEFT + indent)


def _hanging(text: str, indent: float) -> list[tuple[str, float]]:
    parts = split(text, WIDTH - indent, _NOTE.width)
    return [(part, indent if number else 0.0) for number, part in enumerate(parts)]


def _said(letter: Filled, signed: bool) -> Iterator[str]:
    yield f"用途：{'签好后要上传给平台' if letter.upload else '留存，平台或管局要时再交'}"
    if signed:
        yield "签好的一份已附在“证件影像”；内容改过的，用这一页重签"
    known = _cited(letter)
    for text, source in letter.notes:
        yield f"{text} [{known.index(source) + 1}]" if source else text


def _cited(letter: Filled) -> list[Citation]:
    return list(dict.fromkeys(source for _, source in letter.notes if source))


def _sources(letter: Filled) -> str:
    return "；".join(
        f"[{number}] {source.issuer}《{source.title}》，{_when(source)}"
        for number, source in enumerate(_cited(letter), 1)
    )


def _when(source: Citation) -> str:
    return f"查阅 {source.checked}" if source.checked[:1].isdigit() else source.checked
