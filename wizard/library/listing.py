"""The list: a query as SQL, and rows as plain values. Bodies of drafts are never read for it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from wizard.library import clock
from wizard.library.engine import Database
from wizard.library.records import CaseRow, Query
from wizard.library.schema import STATE_ORDER
from wizard.library.words import compact, fold, hash_of
from wizard.process.work import never

SHORTEST: Final = 3
"""A trigram index is not asked for words of fewer characters; they are the beginnings of its pieces."""

REACH: Final = 4_000
"""A word that fewer cases have is rare: what it finds is looked up and sorted.

Where no word is rare, the first rows are among the first so many of the list, in whatever order: they are
looked through along its index. All that have a word as common as 公司 took 90 ms to sort (100 000 cases).
"""

_PLACES: Final = {"open": 0, "archived": 1, "templates": 2, "bin": 3}
_NUMBER_FROM: Final = 5
_AT_ONCE: Final = 10_000  # SQLite takes 32 766 values in one question
_ROW: Final = (
    "json_array(id, subject, program, appid, province, people, state, deadline, updated, created, archived, "
    "binned, template, retain_until, version, json((SELECT json_group_array(tag) FROM "
    "(SELECT tag FROM tags WHERE tags.id = cases.id ORDER BY tag))))"
)
Values = list[Any]
Look = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]


def rows(
    database: Database,
    query: Query,
    key: bytes,
    limit: int,
    offset: int,
    cancelled: Callable[[], bool] = never,
) -> list[CaseRow]:
    """The rows from `offset` on, at most `limit`; raises `Cancelled` where it was."""

    def look(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return database.look(sql, values, cancelled)

    found: list[int] = []
    asked = _Asked.of(query, key, look)
    if asked.words and not asked.rare and query.where is not None and 0 < limit <= REACH:
        found = _ids(look, *_nearest(query, asked.words, limit, offset))
    if len(found) < limit or not found:
        where, values = asked.where()
        sql = f"SELECT id FROM cases WHERE {where} ORDER BY {_order(query)} LIMIT ? OFFSET ?"
        found = _ids(look, sql, [*values, limit, offset])
    return _of(look, found)


def _order(query: Query) -> str:
    """As the indexes have it, those without a deadline last either way."""
    way = "DESC" if query.descending else "ASC"
    last = " NULLS LAST" if query.sort == "deadline" and not query.descending else ""
    by = STATE_ORDER if query.sort == "state" else query.sort
    return f"{by} {way}{last}, id {way}"


def _nearest(query: Query, words: Sequence[str], limit: int, offset: int) -> tuple[str, Values]:
    """The ids of the first that have the words, among the first `REACH` of the list."""
    assert query.where is not None
    conditions, values = _marked(query, few=True)
    near = f"SELECT id FROM cases WHERE place = ? ORDER BY {_order(query)} LIMIT {REACH}"
    # read in the order of the first; CROSS JOIN keeps SQLite from exchanging them
    also = "CROSS JOIN cases USING (id) " if conditions else ""
    said = " AND ".join([*conditions, *["instr(words, ?)"] * len(words)])
    sql = f"SELECT id FROM ({near}) {also}CROSS JOIN search USING (id) WHERE {said} LIMIT ? OFFSET ?"
    return sql, [_PLACES[query.where], *values, *words, limit, offset]


def ids(database: Database, query: Query, key: bytes, cancelled: Callable[[], bool] = never) -> list[int]:
    """The ids of every case the query finds, in its order: what a long list is made of.

    Raises `Cancelled` where it was.
    """

    def look(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return database.look(sql, values, cancelled)

    where, values = _Asked.of(query, key, look).where()
    return _ids(look, f"SELECT id FROM cases WHERE {where} ORDER BY {_order(query)}", values)


def count(database: Database, query: Query, key: bytes) -> int:
    """How many cases the query finds."""
    where, values = _Asked.of(query, key, database.look).where()
    return int(database.look(f"SELECT count(*) FROM cases WHERE {where}", values)[0][0])


def warm(look: Look) -> None:
    """Read what searches and sorting look into, so that it lies decrypted in SQLite's own memory.

    At 100 000 cases the first question with a word took up to three times as long as it did again (measured).
    """
    look("SELECT sum(length(words)) FROM search", ())
    look("SELECT sum(length(people)) FROM cases", ())


def _ids(look: Look, sql: str, values: Values) -> list[int]:
    """Ids as one text: as rows of their own, a hundred thousand took four times as long (measured).

    Between two rows Python's lock is let go of and waited for again, while the window may hold it.
    """
    return json.loads(look(f"SELECT json_group_array(id) FROM ({sql})", values)[0][0])  # type: ignore[no-any-return]


def of(database: Database, ids: Sequence[int]) -> list[CaseRow]:
    """The rows of those cases, in that order; those that are gone are left out."""
    return _of(database.look, ids)


def _of(look: Look, ids: Sequence[int]) -> list[CaseRow]:
    by_id: dict[int, CaseRow] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        sql = f"SELECT json_group_array({_ROW}) FROM cases WHERE id IN ({','.join('?' * len(part))})"
        by_id |= {row[0]: _row(row) for row in json.loads(look(sql, part)[0][0])}
    return [by_id[one] for one in ids if one in by_id]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with what is known of its words: a rare one, and the hash of the whole where it is a number."""

    query: Query
    words: tuple[str, ...] = ()
    rare: str = ""
    number: bytes = b""

    @classmethod
    def of(cls, query: Query, key: bytes, look: Look) -> "_Asked":
        words = tuple(fold(query.text).replace("\0", " ").encode("utf-8", "replace").decode().split())
        number = b""
        if len(compact(query.text)) >= _NUMBER_FROM:
            hash_ = hash_of(query.text, key)
            number = hash_ if look("SELECT 1 FROM numbers WHERE hash = ? LIMIT 1", (hash_,)) else b""
        # a number is found by the other half of an OR: what the words find is no way to it
        return cls(query, words, "" if number else _rare(words, look), number)

    def where(self) -> tuple[str, Values]:
        """Every condition; every word must occur, or the whole is a number that some case has."""
        where = self.query.where
        conditions, values = _marked(self.query, few=bool(self.rare))
        # the plus keeps SQLite from walking along a whole index for the few that a rare word finds
        place = "+place" if self.rare else "place"
        conditions.insert(0, f"{place} < 3" if where is None else f"{place} = {_PLACES[where]}")
        if self.words:
            text, more = self._text()
            conditions.append(
                f"({text} OR id IN (SELECT id FROM numbers WHERE hash = ?))" if self.number else text
            )
            values += [*more, self.number] if self.number else more
        return " AND ".join(conditions), values

    def _text(self) -> tuple[str, Values]:
        others = [word for word in self.words if word != self.rare]
        said = " AND ".join(["instr(words, ?)"] * len(others))
        if not self.rare:
            return f"id IN (SELECT id FROM search WHERE {said})", others
        found, values = _having(self.rare)
        if not others:
            return f"id IN ({found})", values
        there = f"SELECT 1 FROM search WHERE search.id = cases.id AND {said}"
        return f"(id IN ({found}) AND EXISTS ({there}))", [*values, *others]


def _rare(words: Sequence[str], look: Look) -> str:
    """The rarest word, where fewer than `REACH` pieces of the index are enough to find it; else empty."""
    found: list[tuple[int, str]] = []
    for word in dict.fromkeys(words):
        if (
            len(word) >= SHORTEST or word == word.lower()
        ):  # pieces are in lower case, which folding is not quite
            sql, values = _having(word)
            found.append((look(f"SELECT count(*) FROM ({sql} LIMIT {REACH})", values)[0][0], word))
    least, word = min(found, default=(REACH, ""))
    return word if least < REACH else ""


def _having(word: str) -> tuple[str, Values]:
    """The ids of cases that have a word, from the index; those by its pieces once for each."""
    if len(word) >= SHORTEST:
        quoted = '"' + word.replace('"', '""') + '"'
        return "SELECT rowid FROM search_index WHERE search_index MATCH ?", [quoted]
    return "SELECT doc FROM search_pieces WHERE term >= ? AND term < ?", [word, f"{word}\U0010ffff"]


def _marked(query: Query, *, few: bool) -> tuple[list[str], Values]:
    """What the case itself must be, but for its place; where `few` are looked at, each is asked alone."""
    conditions: list[str] = []
    values: Values = []
    for column, wanted in (("state", query.states), ("province", query.provinces)):
        if wanted:
            conditions.append(f"{column} IN ({','.join('?' * len(wanted))})")
            values += wanted
    one = "EXISTS (SELECT 1 FROM tags WHERE tags.tag = ? AND tags.id = cases.id)"
    for tag in query.tags:
        conditions.append(one if few else "id IN (SELECT id FROM tags WHERE tag = ?)")
        values.append(tag)
    if query.due_by:
        conditions.append("deadline <= ?")
        values.append(query.due_by.isoformat())
    return conditions, values


def _row(row: Sequence[Any]) -> CaseRow:
    (id_, subject, program, appid, province, people, state, deadline, updated, created, archived) = row[:11]
    binned, template, retain_until, version, tags = row[11:]
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
        tags=tuple(tags),
        archived=bool(archived),
        binned=clock.moment(binned) if binned is not None else None,
        template=bool(template),
        retain_until=date.fromisoformat(retain_until) if retain_until else None,
        version=version,
    )
