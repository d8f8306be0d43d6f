"""Cases: kept, read, listed. A save is one transaction, and overwrites nothing that somebody else saved."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from wizard.draft import Draft, dump, parse
from wizard.files import atomic_write
from wizard.library import clock, listing, parties_of, words
from wizard.library.engine import Database
from wizard.library.files import Files, Lay
from wizard.library.history import History, differing, held, with_held
from wizard.library.problems import ChangedElsewhere, NoSuchCase
from wizard.library.records import UNDER_WAY, CaseRow, Change, Query, StoredCase
from wizard.parts import for_a_copy
from wizard.process.work import never

_ORIGIN = "file"


class Cases:
    """The cases of a library. Every method may raise the problems of `cipher.told`."""

    def __init__(self, database: Database, files: Files, history: History) -> None:
        self._database, self._files, self._history = database, files, history

    def rows(
        self,
        query: Query | None = None,
        limit: int = 100,
        offset: int = 0,
        cancelled: Callable[[], bool] = never,
    ) -> list[CaseRow]:
        """The rows of the list from `offset` on, at most `limit`; raises `Cancelled` where it was."""
        return listing.rows(self._database, query or Query(), self.number_key(), limit, offset, cancelled)

    def every(self, page: int = 200) -> Iterator[CaseRow]:
        """Every case in hand, a page at a time."""
        at = 0
        while rows := self.rows(Query(sort="created"), page, at):
            yield from rows
            at += len(rows)

    def due(self, limit: int = 300) -> list[CaseRow]:
        """The cases in hand that are under way, and those with a deadline, the nearest first."""
        nearest = Query(sort="deadline", descending=False)
        found = self.rows(replace(nearest, states=UNDER_WAY), limit)
        known = {row.id for row in found}
        return found + [row for row in self.rows(nearest, limit) if row.deadline and row.id not in known]

    def ids(self, query: Query | None = None, cancelled: Callable[[], bool] = never) -> list[int]:
        """The ids of every case the query finds, in its order; raises `Cancelled` where it was."""
        return listing.ids(self._database, query or Query(), self.number_key(), cancelled)

    def warm(self, cancelled: Callable[[], bool] = never) -> None:
        """Have at hand what a search looks into, before one is made; raises `Cancelled` where it was."""
        listing.warm(lambda sql, values: self._database.look(sql, values, cancelled))

    def rows_of(self, cases: Sequence[int]) -> list[CaseRow]:
        """The rows of these cases, in that order; those that are gone are left out."""
        return listing.of(self._database, cases)

    def count(self, query: Query | None = None) -> int:
        """How many cases the query finds."""
        return listing.count(self._database, query or Query(), self.number_key())

    def row(self, case: int) -> CaseRow:
        """The row of one case.

        Raises:
            NoSuchCase: it is not there any more.
        """
        found = listing.of(self._database, [case])
        if not found:
            raise _gone()
        return found[0]

    def provinces(self) -> list[str]:
        """The provinces that occur, for a filter."""
        found = self._database.look(
            "SELECT DISTINCT province FROM cases WHERE province <> '' ORDER BY province"
        )
        return [province for (province,) in found]

    def new(self, draft: Draft, *, template: bool = False, origin: bytes = b"") -> int:
        """Keep a new case, with the attachments that lie in the draft's folder; its id.

        `origin` is the SHA-256 of the file it comes from, by which `of_origin` finds it again.
        """
        draft = cleaned(draft)
        at = clock.now()
        with self._database.write():
            case = self._database.run(
                "INSERT INTO cases (uid, version, created, updated, subject, program, appid, province, "
                "people, state, template) VALUES (?, 1, ?, ?, '', '', '', '', '', 'filling', ?)",
                (os.urandom(16), at, at, int(template)),
            )
            self._database.run("INSERT INTO drafts (id, body) VALUES (?, ?)", (case, dump(draft)))
            self._describe(case, draft, None, at)
            self._files.take_in(case, draft)
            if origin:
                self._database.run("INSERT INTO numbers VALUES (?, ?, ?)", (origin, case, _ORIGIN))
        return case

    def of_origin(self, origin: bytes) -> int | None:
        """The case that was made from a file, as long as it is there; see `new`."""
        found = self._database.value("SELECT id FROM numbers WHERE hash = ? AND field = ?", (origin, _ORIGIN))
        return None if found is None else int(found)

    def load(self, case: int, into: Path | None = None, lay: Lay = atomic_write) -> StoredCase:
        """A case as it was last saved; with `into` its attachments are laid into that private folder.

        Raises:
            NoSuchCase: it is not there any more.
        """
        kept = self._database.one(
            "SELECT body, undo, version FROM cases JOIN drafts USING (id) WHERE id = ?", (case,)
        )
        if kept is None:
            raise _gone()
        row = self.row(case)
        if into is not None:
            self._files.check_out(case, into, lay)
        draft = replace(parse(kept[0], "案件"), folder=into or Path())
        return StoredCase(case, draft, kept[2], row, bytes(kept[1] or b""))

    def save(self, case: int, draft: Draft, version: int, undo: bytes | None = None) -> int:
        """Save a case that was loaded in that version; the new version. Once it returns, it is on the disk.

        Attachments that lie in the draft's folder and are new are put in; `undo` is kept with the case, None
        leaves what was kept.

        Raises:
            ChangedElsewhere: somebody saved it meanwhile; both versions come with it.
            NoSuchCase: it is not there any more.
        """
        return self._save(case, cleaned(draft), version, undo)

    def copy(self, case: int, *, template: bool = False) -> int:
        """A new case, or template, with the same answers and attachments, without 办理进度."""
        old = self.load(case)
        answers = {key: value for key, value in old.draft.answers.items() if not key.startswith("progress.")}
        draft = replace(for_a_copy(old.draft), answers=answers, place={}, folder=Path(os.devnull))
        with self._database.write():
            made = self.new(draft, template=template)
            self._files.copy(case, made)
        return made

    def history(self, case: int, field: str | None = None) -> list[Change]:
        """What the fields of a case held before, the newest change first."""
        return self._history.of(case, self.load(case).draft, field)

    def restore(self, case: int, change: int, version: int) -> int:
        """Put a field back to what it held before a change; the new version. What it held now is kept too.

        Raises:
            ChangedElsewhere, NoSuchCase: as `save`.
        """
        field, before = self._history.before(case, change)
        now = self.load(case).draft
        return self._save(case, with_held(now, field, before, now), version, None, apart=True)

    def _save(self, case: int, draft: Draft, version: int, undo: bytes | None, *, apart: bool = False) -> int:
        with self._database.write():
            kept = self._database.one(
                "SELECT version, body FROM cases JOIN drafts USING (id) WHERE id = ?", (case,)
            )
            if kept is None:
                raise _gone()
            old = parse(kept[1], "案件")
            if kept[0] != version:
                raise ChangedElsewhere(self.load(case), _between(draft, old))
            at = clock.now()
            self._database.run(
                "UPDATE drafts SET body = ?, undo = coalesce(?, undo) WHERE id = ?", (dump(draft), undo, case)
            )
            self._describe(case, draft, old, at)
            self._history.note(case, old, draft, apart=apart)
            self._files.take_in(case, draft)
        return version + 1

    def _describe(self, case: int, draft: Draft, old: Draft | None, at: int) -> None:
        """Keep what the list, the search and the parties need to know of a draft."""
        self._database.run(
            "UPDATE cases SET version = version + ?, updated = ?, subject = ?, program = ?, appid = ?, "
            "province = ?, people = ? WHERE id = ?",
            (int(old is not None), at, *_shown(draft), case),
        )
        indexed = words.indexed(draft)
        if old is None:
            self._database.run("INSERT INTO search VALUES (?, ?)", (case, indexed))
        elif indexed != words.indexed(old):
            self._database.run("UPDATE search SET words = ? WHERE id = ?", (indexed, case))
        key = self.number_key()
        if old is None or set(words.numbers(draft, key)) != set(words.numbers(old, key)):
            self._database.run("DELETE FROM numbers WHERE id = ? AND field <> ?", (case, _ORIGIN))
            self._database.run_many(
                "INSERT INTO numbers VALUES (?, ?, ?)", [(h, case, f) for h, f in words.numbers(draft, key)]
            )
        parties_of.keep(self._database, case, draft, key, at)

    def number_key(self) -> bytes:
        """The key of the hashes of private numbers; it never leaves the library."""
        if not hasattr(self, "_number_key"):
            self._number_key = bytes(self._database.value("SELECT value FROM meta WHERE name = 'number_key'"))
        return self._number_key


def cleaned(draft: Draft) -> Draft:
    """The draft as it can be stored: half a character (a lone surrogate) becomes �, nothing else changes."""
    try:
        dump(draft)
    except UnicodeEncodeError:
        answers = {key: _whole(value) for key, value in draft.answers.items()}
        return replace(draft, answers=answers, rest=_whole(dict(draft.rest)))
    return draft


def _whole(value: Any) -> Any:
    text = json.dumps(value, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    found = json.loads(text)
    return tuple(found) if isinstance(found, list) else found


def _shown(draft: Draft) -> tuple[str, str, str, str, str]:
    names = dict.fromkeys(draft.text(f"{role}.name").strip() for role in ("principal", "contact"))
    fields = ("subject.name", "mini_program.name", "mini_program.appid", "subject.province")
    subject, program, appid, province = (draft.text(field).strip() for field in fields)
    return subject, program, appid, province, "、".join(name for name in names if name)


def _between(mine: Draft, theirs: Draft) -> dict[str, tuple[Any, Any]]:
    return {field: (held(mine, field), held(theirs, field)) for field in differing(mine, theirs)}


def _gone() -> NoSuchCase:
    return NoSuchCase("这个案件已经不在客户库里，可能在别处被彻底删除；可以另存为新案件")
