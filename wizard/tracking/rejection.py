"""驳回 understood: what the platform's words are about, which field, what to change, which paper is missing.

Words and patterns are data (`resources/rejections/`), each with examples that are its tests. What is not
recognised is said to be so; nothing is guessed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from wizard.tracking.rejection_fields import fields_for, of_the_interface
from wizard.tracking.rejection_likeness import NOTHING, UNKNOWN, Likeness, likenesses
from wizard.tracking.rejection_patterns import Reason, codes, reasons
from wizard.tracking.rejection_text import Item, items, parts_of, sentences, speaks_of_all

_LIKE, _VERY_LIKE, _CLEARLY = 0.33, 0.55, 0.08
"""Measured on six sets of wordings, each compared with the other five: from 0.33 on the likest reason is
right in 9 of 10, and a lead of 0.08 tells what patterns took for sure and was wrong (2 of 23 in the last)."""
_WIDEST = 4
_NEAR = 0.75
_MOST = 3
_ASKS = re.compile(
    "(?:烦|敬|麻烦)?请|还?[需须应]|建议|务必|尽快|可|缺少?(?!角|边)|未(?:见|提供|上传|提交|附)|没有?(?:上传|提供|提交|附)"
)
_PICTURES = {"R54", "R55", "R56", "R57", "R58"}
"""What a remedy asks for whatever was wrong: another picture."""


class _Match(NamedTuple):
    """A reason that was recognised in the words `quote`."""

    reason: Reason
    quote: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Understood:
    """One reason that was recognised: `reason` is its id in `resources/rules/reasons.toml`.

    `sure` is whether the words leave no doubt; `quote` are the words themselves.
    """

    reason: str
    text: str
    fields: tuple[str, ...]
    change: str
    paper: str = ""
    quote: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Code:
    """An error code of WeChat's interface; `known` is whether what it means is public."""

    code: int
    says: str
    known: bool


@dataclass(frozen=True, slots=True)
class Rejection:
    """What a text says: the reasons recognised, the sentences that are not (没有认出), and error codes."""

    reasons: tuple[Understood, ...]
    unknown: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()


def understand_rejection(text: str) -> Rejection:
    """What `text`, pasted from the platform or from its interface, says."""
    found: list[Understood] = []
    unknown: list[str] = []
    seen: list[Code] = []
    for item in items(text):
        if item.code and item.code in codes():
            entry = codes()[item.code]
            seen.append(Code(item.code, entry["says"], entry["known"]))
        understood = list(_of_item(item))
        found += understood
        if not understood and not (item.code and not item.words):
            unknown += sentences(item.words)
        elif understood:
            unknown += _left(item, understood)
    return Rejection(_once(found), tuple(dict.fromkeys(unknown)), tuple(dict.fromkeys(seen)))


def _of_item(item: Item) -> Iterator[Understood]:
    """The reasons of one item; the advice is asked only where the reason itself says nothing known."""
    field = of_the_interface(item.field)
    for words in (item.words, item.advice):
        matched = [one for sentence in sentences(words) for one in _of_sentence(sentence, item.about)]
        if matched:
            for match in matched:
                yield _understood(match, item.about, field)
            return
    by_code = codes().get(item.code, {}).get("reason") if item.code else None
    if by_code:
        yield _understood(_Match(_named(by_code), item.words, sure=True), item.about, field)
    elif field:
        yield Understood("", "", (field,), "", quote=item.words, sure=False)


def _understood(match: _Match, about: str, field: str) -> Understood:
    reason, quote, sure = match
    fields = fields_for(reason.fields, about, quote)
    if field:
        fields = (
            field,
            *(one for one in fields if one.partition(".")[0] == field.partition(".")[0] != field),
        )
    return Understood(
        reason.reason, reason.text, tuple(dict.fromkeys(fields)), reason.change, reason.paper, quote, sure
    )


def _named(id_: str) -> Reason:
    return next(reason for reason in reasons() if reason.reason == id_)


def _of_sentence(sentence: str, about: str) -> list[_Match]:
    """The reasons in one sentence: each part alone, then neighbouring parts, until all is explained.

    A part that asks for something (请上传…) is first taken for the remedy of what stands before it.
    """
    parts = parts_of(sentence)
    asked = [place > 0 and bool(_ASKS.match(part)) for place, part in enumerate(parts)]
    by_part: list[list[_Match]] = [[] if asked[n] else _best(part, about) for n, part in enumerate(parts)]
    found = [match for matches in by_part for match in matches]
    for place, asks in enumerate(asked):
        if asks:
            found = _with_remedy(found, by_part, parts, place, about)
    return _compared(found or _of_neighbours(parts, about), sentence, about)


def _compared(found: list[_Match], sentence: str, about: str) -> list[_Match]:
    """What the patterns found, beside what the sentence is like.

    Only what both say is sure. Where no pattern knows the sentence, or none is sure and it is very like a
    wording of another reason, that reason comes first, never as sure.
    """
    alike = {words: _alike(words, about) for words in {sentence, *(match.quote for match in found)}}
    first = next(iter(alike[sentence]), NOTHING)
    first = NOTHING if first.reason == UNKNOWN else first
    named = [_Match(_named(first.reason), sentence, sure=False)] if first.score >= _LIKE else []
    if not found:
        return named
    among = {match.reason.reason for match in found}
    whole = {sentence} if len(among) == 1 else set()
    judged = [
        match._replace(
            sure=match.sure and all(_agreed(match, alike[words]) for words in {match.quote, *whole})
        )
        for match in found
    ]
    stronger = first.score >= _VERY_LIKE and first.reason not in among and not any(one.sure for one in judged)
    return [*named, *judged] if stronger else judged


def _agreed(match: _Match, alike: Sequence[Likeness]) -> bool:
    """Whether words are clearly more like the wordings of this reason than like those of any other."""
    scores = {one.reason: one.score for one in alike}
    mine = scores.pop(match.reason.reason, 0.0)
    if match.reason.decisive:
        return mine >= scores.get(UNKNOWN, 0.0)
    return mine >= max(scores.values(), default=0.0) + _CLEARLY


def _alike(words: str, about: str) -> tuple[Likeness, ...]:
    return likenesses(f"{about}：{words}" if about else words)


def _with_remedy(
    found: list[_Match], by_part: list[list[_Match]], parts: Sequence[str], place: int, about: str
) -> list[_Match]:
    """What is found once the part at `place`, which asks for something, is looked at too."""
    before = by_part[place - 1]
    both = _best(f"{parts[place - 1]}，{parts[place]}", about)
    alone = _best(parts[place], about)
    if not before:
        by_part[place] = both or alone
        return [*found, *by_part[place]]
    stepping = [match for match in before if any(one.reason.id in match.reason.yields for one in both)]
    if stepping:
        by_part[place] = [one for one in both if one.reason.id in stepping[0].reason.yields]
        return [*(match for match in found if match not in stepping), *by_part[place]]
    known = {match.reason.reason for match in before} | _PICTURES
    more = [match._replace(sure=False) for match in alone if match.reason.reason not in known]
    by_part[place] = more or before
    return [*found, *more]


def _of_neighbours(parts: Sequence[str], about: str) -> list[_Match]:
    """What parts say together where none says it alone."""
    for width in range(2, min(len(parts), _WIDEST) + 1):
        for first in range(len(parts) - width + 1):
            if found := _best("，".join(parts[first : first + width]), about):
                return found
    return []


def _best(words: str, about: str) -> list[_Match]:
    """The reasons that speak of most of the words; where several nearly do, none of them is sure."""
    whole = f"{about}：{words}" if about else words
    scored = [(length, reason) for reason in reasons() if (length := len(reason.spoken(whole)))]
    if not scored:
        return []
    most = max(length for length, _ in scored)
    near = sorted((one for one in scored if one[0] >= most * _NEAR), key=lambda one: -one[0])[:_MOST]
    if len({reason.reason for _, reason in near}) > 1:
        return [_Match(reason, words, sure=False) for _, reason in near]
    reason = near[0][1]
    covered = frozenset().union(*(one.covered(whole) for _, one in near))
    return [_Match(reason, words, not reason.likely and speaks_of_all(whole, covered, reason.decisive))]


def _once(found: Sequence[Understood]) -> tuple[Understood, ...]:
    """Each reason once: its fields and words together."""
    made: dict[tuple[str, str], Understood] = {}
    for one in found:
        key = (one.reason, one.change or one.quote)
        if key in made:
            old = made[key]
            quote = old.quote if one.quote in old.quote else f"{old.quote}；{one.quote}"
            fields = tuple(dict.fromkeys((*old.fields, *one.fields)))
            made[key] = replace(old, fields=fields, quote=quote, sure=old.sure or one.sure)
        else:
            made[key] = one
    return tuple(made.values())


def _left(item: Item, understood: Sequence[Understood]) -> list[str]:
    """The sentences of an item in which nothing was recognised."""
    said = "；".join(one.quote for one in understood)
    return [
        sentence
        for sentence in sentences(item.words)
        if not any(part and part in said for part in parts_of(sentence))
    ]
