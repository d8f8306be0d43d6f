"""The packets of one case: their number, which version comes next, and what changed since the last."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from wizard.draft import Draft
from wizard.packet.snapshot import Snapshot
from wizard.parts import PACKET, Held
from wizard.sections import catalogue

if TYPE_CHECKING:
    from wizard.packet.papers import Paper, Sheet
    from wizard.packet.pictures import Picture

_NUMBER = re.compile(r"BA-[0-9]{8}-[0-9A-F]{4}")
_UNTOLD = "progress"


@dataclass(frozen=True, slots=True)
class Last:
    """The last packet as the case remembers it: version, day, rules, answers, and the hashes of its files."""

    version: int
    on: str
    rules: str
    answers: Mapping[str, str]
    files: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that is not what it was, both as text; of papers how many, and that they were exchanged."""

    field: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What became different since the packet `last`."""

    last: Last
    listed: tuple[Change, ...]
    rules: bool

    @property
    def fields(self) -> frozenset[str]:
        """The fields concerned."""
        return frozenset(change.field for change in self.listed)


def packet_number(made_at: datetime, draft: Draft) -> str:
    """The number of a case's packets, such as BA-20261123-7F3A.

    A case that was exported before keeps its number. The last four signs tell cases of one day apart; they
    are too few to find anything out from.
    """
    kept = _kept(draft).get("number")
    if isinstance(kept, str) and _NUMBER.fullmatch(kept):
        return kept
    named = [draft.text(f"{part}.name").strip() for part in ("subject", "mini_program")]
    case = "\n".join([*named, draft.text("mini_program.appid").strip()])
    digest = hashlib.sha256(case.encode("utf-8", "replace")).hexdigest()[:4].upper()
    return f"BA-{made_at:%Y%m%d}-{digest}"


def next_version(draft: Draft) -> int:
    """1 for a case that was never exported, else one more than the case file says."""
    kept = _kept(draft).get("version")
    return kept + 1 if isinstance(kept, int) and 0 < kept < 10_000 else 1


def _kept(draft: Draft) -> Held:
    return PACKET.of(draft)


def remembered(snapshot: Snapshot, files: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """What the case keeps of this packet, its part `PACKET`; `files` are hashes by field."""
    return {
        "number": snapshot.number,
        "version": snapshot.version,
        "final": snapshot.final,
        "made_at": snapshot.made_at.isoformat(),
        "on": snapshot.on.isoformat(),
        "rules": snapshot.rules,
        "answers": {key: plain(answer) for key, answer in snapshot.draft.answers.items()},
        "files": {key: list(sums) for key, sums in files.items()},
    }


def with_packet(draft: Draft, record: Mapping[str, Any]) -> Draft:
    """The draft that remembers the packet `record` tells of."""
    return PACKET.put(draft, record)


def last(draft: Draft) -> Last | None:
    """The last packet of a case; None where there was none, or where the case does not say what was in it."""
    kept = _kept(draft)
    version, answers, files = kept.get("version"), kept.get("answers"), kept.get("files")
    if not isinstance(version, int) or not isinstance(answers, dict) or not isinstance(files, dict):
        return None
    return Last(
        version,
        _day(kept.get("on")),
        str(kept.get("rules", ""))[:40],
        {key: text for key, text in answers.items() if isinstance(text, str)},
        {key: tuple(map(str, sums)) for key, sums in files.items() if isinstance(sums, list)},
    )


def _day(raw: object) -> str:
    try:
        return date.fromisoformat(str(raw)).isoformat()
    except ValueError:
        return ""


def changes(snapshot: Snapshot, files: Mapping[str, tuple[str, ...]]) -> Changes | None:
    """What changed since the last packet; None where it is not known. `files` are hashes by field."""
    before = last(snapshot.draft)
    if before is None:
        return None
    listed = tuple(_changed(before, snapshot, files))
    return Changes(before, listed, before.rules != snapshot.rules)


def hashes(listed: Sequence[Paper], pictures: Mapping[str, Picture]) -> dict[str, tuple[str, ...]]:
    """What tells the files of each field: SHA-256 of a picture, the size of a video, which is not read."""
    found: dict[str, tuple[str, ...]] = {}
    for paper in listed:
        sums = (_sum(sheet, pictures.get(sheet.target)) for sheet in paper.sheets)
        found[paper.field.id] = (*found.get(paper.field.id, ()), *sums)
    return {field_id: sums for field_id, sums in found.items() if sums}


def _sum(sheet: Sheet, picture: Picture | None) -> str:
    if picture and picture.sha256:
        return picture.sha256
    with suppress(OSError, ValueError):
        return f"{sheet.file.stat().st_size} bytes"
    return "missing"


def _changed(before: Last, snapshot: Snapshot, files: Mapping[str, tuple[str, ...]]) -> Iterator[Change]:
    """In the order of the form. How the filing fares (办理进度) is no part of what is handed in."""
    for field_id, asked in catalogue().items():
        if asked.section.id == _UNTOLD:
            continue
        old, new = before.answers.get(field_id, ""), plain(snapshot.draft.answers.get(field_id, ""))
        if old != new:
            yield Change(field_id, old, new)
        had, has = before.files.get(field_id, ()), files.get(field_id, ())
        if had != has:
            exchanged = "，换过" if len(had) == len(has) else ""
            yield Change(field_id, _count(had), _count(has) + exchanged)


def _count(sums: tuple[str, ...]) -> str:
    return f"{len(sums)} 份附件" if sums else ""


def plain(answer: Any) -> str:
    """An answer as one text: the parts of a list, the cells of a row."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, Mapping):
        return "，".join(filter(None, (plain(part) for key, part in answer.items() if key != "media")))
    return "、".join(plain(part) for part in answer)
