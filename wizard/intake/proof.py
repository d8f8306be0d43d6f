"""How sure a value is.

The engine's score proves nothing: of ten wrong values eight scored 0.97 and more. What counts is that two
things on the paper say the same: check digits, the QR code, birth date and sex in the number, dates that fit.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from wizard.intake.values import Value
from wizard.numbers import identity, uscc

AGREED, PROVEN, LIKELY, DOUBTFUL, WRONG = 0.98, 0.95, 0.85, 0.6, 0.3
"""Two witnesses; one witness beside the letters; none, well read; none, badly read; a witness says no."""
_WELL, _BADLY = 0.94, 0.8
"""The engine's score from which a value counts as well read, and below which it is not given at all."""
_LETTERS = str.maketrans("OIZSV", "0125U")
_TWINS = ("0OQD", "1IL7T", "2Z", "5S", "8B36", "6G", "UV", "4A", "MWN", "HN", "CG", "EF", "KX", "PR")
_ENDLESS = "长期"
"""A word that nothing else on these papers looks like; a day misread does not come to it."""
_TERMS = (5, 10, 20)
"""Years for which an identity card is made out (居民身份证法 art. 5)."""


def plain(value: Value) -> float:
    """Without any witness: how well it was read; 0 where it should not be given."""
    if value.score >= _WELL:
        return LIKELY
    return DOUBTFUL if value.score >= _BADLY else 0.0


def code(read: Sequence[tuple[str, Value]], shown: Sequence[str]) -> tuple[str, float, Value | None]:
    """The 统一社会信用代码: the code, how sure, and where it was read; empty where there is none.

    `read` are the runs of 18 signs on the paper, `shown` those in its QR codes.
    """
    fitting = [(text, value) for text, value in read if _code_fits(text)]
    links = [text for text in shown if _code_fits(text)]
    scanned = next((text for text in links if any(text == one for one, _ in fitting)), "".join(links[:1]))
    for text, value in fitting:
        if text == scanned:
            return text, AGREED, value
    if fitting:
        text, value = fitting[0]
        return text, DOUBTFUL if scanned else PROVEN, value
    near = next((value for text, value in read if scanned and _distance(text, scanned) <= 4), None)
    if scanned:
        return scanned, PROVEN if near else 0.9, near
    return _mended_code(read)


def _mended_code(read: Sequence[tuple[str, Value]]) -> tuple[str, float, Value | None]:
    for text, value in read:
        mended = text.translate(_LETTERS)
        if mended != text and _code_fits(mended):
            return mended, LIKELY, value
    for text, value in read:
        tries = {one for one in _look_alikes(text) if _code_fits(one)}
        if len(tries) == 1:
            return tries.pop(), DOUBTFUL, value
    return (*read[0][:1], WRONG, read[0][1]) if read else ("", 0.0, None)


def _code_fits(text: str) -> bool:
    return uscc.is_valid(text, date.max)


def _look_alikes(text: str) -> list[str]:
    found = []
    for place, letter in enumerate(text):
        for twins in _TWINS:
            if letter in twins:
                found += [text[:place] + twin + text[place + 1 :] for twin in twins if twin != letter]
    return found


def _distance(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=False))


def number(read: Sequence[tuple[str, Value]], fields: Mapping[str, Value]) -> tuple[str, float, Value | None]:
    """The 公民身份号码 among the runs that were `read`, weighed against birth date and sex on the card."""
    best: tuple[str, float, Value | None] = ("", 0.0, None)
    for text, value in read:
        if not (text[:17].isdigit() and (text[17].isdigit() or text[17] == "X")):
            continue
        sure = _number_weight(text, fields)
        if sure > best[1]:
            best = (text, sure, value)
    return best


def _number_weight(text: str, fields: Mapping[str, Value]) -> float:
    born = identity.birth_date(text[6:14])
    if not identity.fits(text) or born is None:
        return WRONG
    says = []
    if "birth" in fields:
        says.append(fields["birth"].text == born.isoformat())
    if "sex" in fields:
        says.append(fields["sex"].text == identity.GENDERS[int(text[16]) % 2])
    if not all(says):
        return DOUBTFUL
    return AGREED if len(says) == 2 else PROVEN if "birth" in fields else LIKELY


def card(fields: Mapping[str, Value], number: str) -> dict[str, float]:
    """Birth date and sex of a card, borne out (or not) by its well-formed `number`."""
    born, sex = identity.birth_date(number[6:14]), identity.GENDERS[int(number[16]) % 2]
    said = {"birth": born.isoformat() if born else "", "sex": sex}
    return {
        name: AGREED if fields[name].text == text else DOUBTFUL
        for name, text in said.items()
        if name in fields
    }


def dates(fields: Mapping[str, Value]) -> dict[str, float]:
    """How sure the dates are that bear one another out; those that contradict another are doubtful."""
    day = {name: _date(value.text) for name, value in fields.items()}
    sure: dict[str, float] = {}
    for one, other in (("established", "term_from"), ("established", "issued"), ("term_from", "issued")):
        if day.get(one) and day.get(one) == day.get(other):
            sure |= {one: PROVEN, other: PROVEN}
    for start, end in (("term_from", "term_to"), ("valid_from", "valid_to")):
        first, last = day.get(start), day.get(end)
        if not (first and last):
            continue
        if last <= first:
            sure |= {start: DOUBTFUL, end: DOUBTFUL}
        elif _years(first, last, start == "valid_from"):
            sure |= {start: PROVEN, end: PROVEN}
    for end in ("term_to", "valid_to"):
        if end in fields and fields[end].text == _ENDLESS and fields[end].score >= _WELL:
            sure[end] = PROVEN
    established, issued = day.get("established"), day.get("issued")
    if established and issued and issued < established:
        sure |= {"established": DOUBTFUL, "issued": DOUBTFUL}
    return sure


def _years(first: date, last: date, card: bool) -> bool:
    """Whether a period is of whole years: to the same day, or the day before."""
    begun = _in_year(first)
    if _in_year(last) == begun:
        return not card or last.year - first.year in _TERMS
    return not card and last < date.max and _in_year(last + timedelta(days=1)) == begun


def _in_year(day: date) -> tuple[int, int]:
    """Month and day; 29 February counts as the day before, which every year has."""
    return (2, 28) if (day.month, day.day) == (2, 29) else (day.month, day.day)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
