"""The list: a query as SQL, and rows as plain values. Bodies of drafts are never read for it."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from wizard.library import clock
from wizard.library.engine import Database
from wizard.library.records import STATES, CaseRow, Query
from wizard.library.words import compact, fold, hash_of

SHORTEST: Final = 3
"""A trigram index knows no word of fewer characters; those are looked for in the words themselves."""

_PLACES: Final = {"open": 0, "archived": 1, "templates": 2, "bin": 3}
_NUMBER_FROM: Final = 5
_AT_ONCE: Final = 10_000  # SQLite takes 32 766 values in one question
_COLUMNS: Final = (
    "id, subject, program, appid, province, people, state, deadline, updated, created, archived, binned, "
    "template, retain_until, version"
)
_ORDER: Final = {
    "updated": "updated",
    "created": "created",
    "deadline": "deadline",
    "subject": "subject",
    "program": "program",
    "province": "province",
    "state": "CASE state "
    + " ".join(f"WHEN '{state}' THEN {at}" for at, state in enumerate(STATES))
    + " END",
}


def rows(database: Database, query: Query, key: bytes, limit: int, offset: int) -> list[CaseRow]:
    """The rows from `offset` on, at most `limit`."""
    where, values = _where(query, key)
    order = _order(query)
    chosen = f"SELECT id FROM cases WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"
    found = database.read(
        f"SELECT {_COLUMNS} FROM cases WHERE id IN ({chosen}) ORDER BY {order}", (*values, limit, offset)
    )
    return _with_tags(database, found)


def _order(query: Query) -> str:
    way = "DESC" if query.descending else "ASC"
    # those without a deadline stand last either way
    last = "deadline IS NULL, " if query.sort == "deadline" else ""
    return f"{last}{_ORDER[query.sort]} {way}, id {way}"


def ids(database: Database, query: Query, key: bytes) -> list[int]:
    """The ids of every case the query finds, in its order: what a long list is made of.

    They come as one text: as rows of their own, a hundred thousand took four times as long (measured).
    """
    where, values = _where(query, key)
    found = database.value(
        f"SELECT json_group_array(id) FROM (SELECT id FROM cases WHERE {where} ORDER BY {_order(query)})",
        values,
    )
    return json.loads(found)  # type: ignore[no-any-return]


def count(database: Database, query: Query, key: bytes) -> int:
    """How many cases the query finds."""
    where, values = _where(query, key)
    return int(database.value(f"SELECT count(*) FROM cases WHERE {where}", values))


def of(database: Database, ids: Sequence[int]) -> list[CaseRow]:
    """The rows of those cases, in that order; those that are gone are left out."""
    by_id: dict[int, CaseRow] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        found = database.read(f"SELECT {_COLUMNS} FROM cases WHERE id IN ({marks})", part)
        by_id |= {row.id: row for row in _with_tags(database, found)}
    return [by_id[one] for one in ids if one in by_id]


def _where(query: Query, key: bytes) -> tuple[str, list[Any]]:
    conditions = ["place < 3" if query.where is None else "place = ?"]
    values: list[Any] = []
    if query.where is not None:
        values.append(_PLACES[query.where])
    for column, wanted in (("state", query.states), ("province", query.provinces)):
        if wanted:
            conditions.append(f"{column} IN ({','.join('?' * len(wanted))})")
            values += wanted
    for tag in query.tags:
        conditions.append("id IN (SELECT id FROM tags WHERE tag = ?)")
        values.append(tag)
    if query.due_by:
        conditions.append("deadline <= ?")
        values.append(query.due_by.isoformat())
    if query.text.strip():
        text, more = _text(query.text, key)
        conditions.append(text)
        values += more
    return " AND ".join(conditions), values


def _text(text: str, key: bytes) -> tuple[str, list[Any]]:
    """Every word must occur; or the whole is a number that some case has."""
    words = [word.encode("utf-8", "replace").decode() for word in fold(text).replace("\0", " ").split()]
    long = [word for word in words if len(word) >= SHORTEST]
    parts: list[str] = []
    values: list[Any] = []
    if long:
        quoted = " ".join('"' + word.replace('"', '""') + '"' for word in long)
        parts.append("id IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)")
        values.append(quoted)
    for word in words:
        if len(word) < SHORTEST:
            parts.append("id IN (SELECT id FROM search WHERE instr(words, ?))")
            values.append(word)
    found = " AND ".join(parts) or "1"
    if len(compact(text)) >= _NUMBER_FROM:
        found = f"(({found}) OR id IN (SELECT id FROM numbers WHERE hash = ?))"
        values.append(hash_of(text, key))
    return found, values


def _with_tags(database: Database, found: Sequence[tuple[Any, ...]]) -> list[CaseRow]:
    ids = [row[0] for row in found]
    tags: dict[int, list[str]] = {}
    pairs = f"SELECT id, tag FROM tags WHERE id IN ({','.join('?' * len(ids))}) ORDER BY tag"
    for id_, tag in database.read(pairs, ids) if ids else ():
        tags.setdefault(id_, []).append(tag)
    return [_row(row, tuple(tags.get(row[0], ()))) for row in found]


def _row(row: tuple[Any, ...], tags: tuple[str, ...]) -> CaseRow:
    (id_, subject, program, appid, province, people, state, deadline, updated, created, archived) = row[:11]
    binned, template, retain_until, version = row[11:]
    return CaseRow(
        id=id_,
        subject=subject,
        program=program,
        appid=appid,
        province=province,
        people=people,
        state=state,
        deadline=date.fromisoformat(deadline) if deadline else None,
        updated=clock.moment(updated),
        created=clock.moment(created),
        tags=tags,
        archived=bool(archived),
        binned=clock.moment(binned) if binned is not None else None,
        template=bool(template),
        retain_until=date.fromisoformat(retain_until) if retain_until else None,
        version=version,
    )
