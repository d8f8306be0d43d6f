"""Settings that belong to a library: kept inside it, because they may name folders and people."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from wizard.library.engine import Database
from wizard.library.records import Query

DEFAULTS: Final[dict[str, Any]] = {
    "idle_lock_minutes": 5,
    "retention_days": 90,
    "backup_minutes": 30,
    "backup_keep_purged_days": 30,
    "second_place": "",
}


class Settings:
    """Values by name (`DEFAULTS` lists those with a default), and filters saved under a name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> Any:
        """The value of a setting; its default where none was set, None where it has none."""
        text = self._database.value("SELECT value FROM meta WHERE name = ?", (f"setting.{name}",))
        return DEFAULTS.get(name) if text is None else json.loads(text)

    def put(self, name: str, value: Any) -> None:
        """Keep the value of a setting: text, a number, a list or a mapping of such."""
        with self._database.write():
            self._database.run(
                "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (f"setting.{name}", json.dumps(value, ensure_ascii=False)),
            )

    def filters(self) -> dict[str, Query]:
        """The filters that were saved, by their names in the order of saving."""
        return {name: _query(one) for name, one in (self.get("filters") or {}).items()}

    def keep_filter(self, name: str, query: Query | None) -> None:
        """Save a filter under a name; None removes it."""
        kept = {one: _plain(held) for one, held in self.filters().items() if one != name}
        if query is not None:
            kept[name] = _plain(query)
        self.put("filters", kept)


def _plain(query: Query) -> dict[str, Any]:
    return {**asdict(query), "due_by": query.due_by.isoformat() if query.due_by else None}


def _query(plain: dict[str, Any]) -> Query:
    lists = {name: tuple(plain[name]) for name in ("states", "tags", "provinces")}
    due_by = date.fromisoformat(plain["due_by"]) if plain["due_by"] else None
    return Query(**{**plain, **lists, "due_by": due_by})
