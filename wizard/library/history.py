"""What each field held before: a line for each change, those of one sitting made one."""

import json
from collections.abc import Iterator
from typing import Any, Final

from wizard.draft import Answer, Draft
from wizard.library import clock
from wizard.library.engine import Database
from wizard.library.problems import NoSuchCase
from wizard.library.records import Change

SITTING: Final = 5 * 60 * 1000
"""Milliseconds in which further changes of a field count as the same change."""

MOST: Final = 50
"""So many changes are kept of each field of a case."""

Held = Answer | tuple[str, ...]


class History:
    """The earlier contents of fields; attachments under the id of their field as well."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, case: int, now: Draft, field: str | None = None) -> list[Change]:
        """The changes of a case, the newest first, of one field where it is named; `now` is how it stands."""
        only, values = ("AND field = ?", [field]) if field else ("", [])
        rows = self._database.read(
            f"SELECT number, at, field, before FROM history WHERE id = ? {only} ORDER BY number DESC",
            (case, *values),
        )
        found: list[Change] = []
        later: dict[str, Held] = {}
        for number, at, name, text in rows:
            before = _held(json.loads(text))
            after = later.get(name, held(now, name))
            found.append(Change(number, clock.moment(at), name, before, after))
            later[name] = before
        return found

    def before(self, case: int, change: int) -> tuple[str, Held]:
        """The field of a change and what it held before.

        Raises:
            NoSuchCase: there is no such change of that case.
        """
        row = self._database.one(
            "SELECT field, before FROM history WHERE id = ? AND number = ?", (case, change)
        )
        if row is None:
            raise NoSuchCase("这条修改记录已经不在了，重新打开历史记录再选")
        return row[0], _held(json.loads(row[1]))

    def note(self, case: int, old: Draft, new: Draft, *, apart: bool = False) -> None:
        """Note, inside a transaction, every field in which the two drafts differ.

        `apart` makes it a change of its own, however soon after the last.
        """
        at = clock.now()
        for field in differing(old, new):
            last = self._database.value(
                "SELECT max(at) FROM history WHERE id = ? AND field = ?", (case, field)
            )
            if not apart and last is not None and 0 <= at - last < SITTING:
                continue
            self._database.run(
                "INSERT INTO history (id, at, field, before) VALUES (?, ?, ?, ?)",
                (case, at, field, json.dumps(held(old, field), ensure_ascii=False)),
            )
            self._database.run(
                "DELETE FROM history WHERE id = ? AND field = ? AND number NOT IN "
                "(SELECT number FROM history WHERE id = ? AND field = ? ORDER BY number DESC LIMIT ?)",
                (case, field, case, field, MOST),
            )


def held(draft: Draft, field: str) -> Held:
    """What a draft holds in a field: its answer, or its attachments."""
    return draft.answers.get(field) or draft.attachments.get(field) or ""


def differing(one: Draft, other: Draft) -> Iterator[str]:
    """The fields in which two drafts differ."""
    names = dict.fromkeys((*one.answers, *other.answers, *one.attachments, *other.attachments))
    pairs = ((name, held(one, name), held(other, name)) for name in names)
    return (name for name, mine, theirs in pairs if mine != theirs and _plain(mine) != _plain(theirs))


def with_held(draft: Draft, field: str, value: Held, old: Draft) -> Draft:
    """The draft with a field as it was; `old` tells whether that field holds attachments."""
    from wizard.sections import catalogue
    from wizard.types import Papers

    known = catalogue().get(field)
    papers = isinstance(known.kind, Papers) if known else field in old.attachments
    if papers:
        return draft.with_attachments(field, tuple(str(path) for path in value) if value else ())
    return draft.with_answer(field, value)


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def _held(value: Any) -> Held:
    return value if isinstance(value, str) else tuple(value)
