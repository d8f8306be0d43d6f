"""Marks on cases, for one or many at once: state, tags, deadline, archive, bin, time of keeping."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from wizard.library import clock
from wizard.library.audit import Audit
from wizard.library.engine import Database
from wizard.library.records import CLOSED, STATES
from wizard.library.settings import Settings


class Marks:
    """Marks on cases. They change no draft and no version: an open case goes on being saved."""

    def __init__(self, database: Database, audit: Audit, settings: Settings) -> None:
        self._database, self._audit, self._settings = database, audit, settings

    def set_state(self, cases: Iterable[int], state: str, on: date | None = None) -> None:
        """Set the state (a key of `STATES`).

        A case that is closed is to be kept for so many days from `on`, unless a day was set; opened again
        it is kept until somebody decides.

        Raises:
            KeyError: there is no such state.
        """
        STATES[state]
        until = None
        if state in CLOSED:
            until = ((on or clock.today()) + timedelta(days=self._settings.get("retention_days"))).isoformat()
        with self._database.write():
            for case in (chosen := tuple(cases)):
                self._database.run(
                    "UPDATE cases SET retain_until = CASE WHEN ? THEN coalesce(retain_until, ?) "
                    "WHEN state IN (?, ?) THEN NULL ELSE retain_until END, state = ? WHERE id = ?",
                    (until is not None, until, *CLOSED, state, case),
                )
            self._audit.note_each("case_state", chosen, state)

    def set_deadline(self, cases: Iterable[int], day: date | None) -> None:
        """Set the deadline, or take it away."""
        self._set(cases, "deadline = ?", day.isoformat() if day else None)

    def keep_until(self, cases: Iterable[int], day: date | None) -> None:
        """Set the day after which a case is to be deleted for good; None keeps it until somebody decides."""
        self._set(cases, "retain_until = ?", day.isoformat() if day else None)

    def archive(self, cases: Iterable[int], *, archived: bool = True) -> None:
        """Take cases out of the daily list, or back into it."""
        self._set(chosen := tuple(cases), "archived = ?", int(archived))
        self._audit.note_each("case_archived" if archived else "case_unarchived", chosen)

    def bin(self, cases: Iterable[int]) -> None:
        """Put cases into the bin. They stay there, whole, until somebody puts them back or purges them."""
        self._set(chosen := tuple(cases), "binned = coalesce(binned, ?)", clock.now())
        self._audit.note_each("case_binned", chosen)

    def put_back(self, cases: Iterable[int]) -> None:
        """Take cases out of the bin."""
        self._set(chosen := tuple(cases), "binned = ?", None)
        self._audit.note_each("case_put_back", chosen)

    def tag(self, cases: Iterable[int], tags: Sequence[str]) -> None:
        """Add tags; blanks around them do not count."""
        chosen = tuple(cases)
        names = [clean for tag in tags if (clean := " ".join(tag.split())[:30])]
        with self._database.write():
            self._database.run_many(
                "INSERT OR IGNORE INTO tags (tag, id) SELECT ?, id FROM cases WHERE id = ?",
                [(name, case) for name in names for case in chosen],
            )

    def untag(self, cases: Iterable[int], tags: Sequence[str]) -> None:
        """Take tags away."""
        chosen = tuple(cases)
        with self._database.write():
            self._database.run_many(
                "DELETE FROM tags WHERE tag = ? AND id = ?", [(tag, case) for tag in tags for case in chosen]
            )

    def tags(self) -> list[tuple[str, int]]:
        """Every tag with the number of cases that have it, the most used first."""
        return [
            (tag, count)
            for tag, count in self._database.read(
                "SELECT tag, count(*) FROM tags GROUP BY tag ORDER BY count(*) DESC, tag"
            )
        ]

    def tags_of(self, cases: Iterable[int]) -> list[str]:
        """The tags that occur on these cases."""
        wanted = set(cases)
        rows = self._database.read("SELECT tag, id FROM tags ORDER BY tag")
        return list(dict.fromkeys(tag for tag, case in rows if case in wanted))

    def take_over(self, case: int, marks: Sequence[object]) -> None:
        """Give a case the marks of another library: state, deadline, archived, bin, template, retention."""
        with self._database.write():
            self._database.run(
                "UPDATE cases SET state = ?, deadline = ?, archived = ?, binned = ?, template = ?, "
                "retain_until = ? WHERE id = ?",
                (*marks, case),
            )

    def _set(self, cases: Iterable[int], what: str, value: object) -> None:
        with self._database.write():
            self._database.run_many(
                f"UPDATE cases SET {what} WHERE id = ?", [(value, case) for case in cases]
            )
