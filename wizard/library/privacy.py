"""Keeping no longer than needed: what is due, 彻底删除 with a receipt, what is held of one person."""

import json
import secrets
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from wizard.draft import Draft, dump
from wizard.files import FileProblem, atomic_write, why
from wizard.library import clock, listing
from wizard.library.audit import Audit
from wizard.library.backups import Backups
from wizard.library.engine import Database
from wizard.library.files import Files
from wizard.library.parties import PERSON_FIELDS, SUBJECT_FIELDS, Parties
from wizard.library.person import attachments_of, texts_of, without_role
from wizard.library.records import CaseRow, Receipt


class Privacy:
    """What the law asks of a library (个人信息保护法 19, 44–47): look, take along, delete."""

    def __init__(
        self, database: Database, parties: Parties, files: Files, backups: Backups, audit: Audit
    ) -> None:
        self._database, self._parties, self._files = database, parties, files
        self._backups, self._audit = backups, audit

    def due(self, on: date) -> list[CaseRow]:
        """Cases whose time of keeping has ended by that day, the longest overdue first."""
        ids = self._database.read(
            "SELECT id FROM cases WHERE retain_until <= ? ORDER BY retain_until, id", (on.isoformat(),)
        )
        return listing.of(self._database, [id_ for (id_,) in ids])

    def purge(self, cases: Iterable[int], on: date, *, from_backups: bool = False) -> Receipt:
        """Delete cases for good: nothing stays in tables, indexes, free pages or the log.

        Backups of before keep them until the day in the receipt, and are removed then; `from_backups` makes a
        new backup and removes the older ones at once. May take seconds: everything is written anew.

        Raises:
            FileProblem: there is no room to write it anew; the cases are deleted all the same, and the next
                purge or check-up clears what is left.
        """
        chosen = tuple(dict.fromkeys(cases))
        files, size = self._count(chosen)
        until, last = self._backups.purge_mark(on)
        number = f"{on:%Y%m%d}-{secrets.token_hex(4)}"
        with self._database.write():
            there = [
                (uid, number)
                for case in chosen
                for (uid,) in self._database.read("SELECT uid FROM cases WHERE id = ?", (case,))
            ]
            receipt = Receipt(number, clock.moment(clock.now()), len(there), files, size, until)
            self._database.run_many("INSERT OR REPLACE INTO purged VALUES (?, ?)", there)
            self._database.run_many("DELETE FROM cases WHERE id = ?", [(case,) for case in chosen])
            self._files.sweep()
            self._note(receipt, last)
            self._audit.note("purged", detail=f"{len(there)} 个案件，回执 {number}")
        self._backups.note_purged()
        self.clear()
        return self._emptied(receipt, on) if from_backups else receipt

    def clear(self) -> None:
        """Write everything anew, so that nothing deleted is left in index, free pages or log."""
        with self._database.alone() as connection:
            connection.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
            connection.execute("VACUUM")
        self._database.settle_log()

    def purge_again(self) -> int:
        """After a backup was put back: delete again what had been purged; how many cases that were."""
        count = self._backups.purge_again()
        if count:
            self.clear()
        return count

    def receipts(self) -> list[Receipt]:
        """The receipts, the newest first."""
        rows = self._database.read(
            "SELECT number, at, cases, files, bytes, backups_until FROM purges ORDER BY at DESC"
        )
        return [
            Receipt(
                number, clock.moment(at), cases, files, size, date.fromisoformat(until) if until else None
            )
            for number, at, cases, files, size, until in rows
        ]

    def export_person(self, key: str, folder: Path) -> list[Path]:
        """Write what is held of one party into a new folder (查阅、复制): answers and papers, case by case.

        Raises:
            FileProblem: the folder is there already or cannot be written.
        """
        try:
            folder.mkdir(parents=True, mode=0o700)
        except OSError as error:
            raise FileProblem(f"无法建立文件夹“{folder.name}”：{why(error)}") from error
        written, entries = [], []
        for case, role in self._parties.occurrences(key):
            draft = self._parties.draft_of(case)
            row = listing.of(self._database, [case])[0]
            entries.append(_entry(draft, role, row))
            for number, name in enumerate(attachments_of(draft, role), 1):
                target = folder / f"案件{case}-{role}-{number}{Path(name).suffix}"
                if any(one.name == name for one in self._files.of(case)):
                    atomic_write(target, self._files.read(case, name))
                    written.append(target)
        document = {"format": "beian-person", "version": 1, "occurrences": entries}
        target = folder / "资料.json"
        atomic_write(target, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())
        self._audit.note("person_exported", detail=f"{len(entries)} 处")
        return [target, *written]

    def purge_person(self, key: str, on: date) -> Receipt:
        """Delete one party from every case (删除): answers, papers, what was there before, the undo kept.

        The cases stay, without that party. Backups as with `purge`.
        """
        until, last = self._backups.purge_mark(on)
        number = f"{on:%Y%m%d}-{secrets.token_hex(4)}"
        with self._database.write():
            occurrences = self._parties.occurrences(key)
            files = size = 0
            for case, role in occurrences:
                gone, bytes_ = self._take_out(case, role)
                files, size = files + gone, size + bytes_
            receipt = Receipt(
                number, clock.moment(clock.now()), len({c for c, _ in occurrences}), files, size, until
            )
            self._files.sweep()
            self._note(receipt, last)
            self._audit.note("person_purged", detail=f"{receipt.cases} 个案件，回执 {number}")
        self.clear()
        return receipt

    def _take_out(self, case: int, role: str) -> tuple[int, int]:
        draft = self._parties.draft_of(case)
        names, texts = attachments_of(draft, role), texts_of(draft, role)
        sizes = [one.size for one in self._files.of(case) if one.name in names]
        self._parties.replace(case, without_role(draft, role))
        self._files.drop(case, names)
        self._database.run(
            "DELETE FROM history WHERE id = ? AND substr(field, 1, ?) = ?", (case, len(role) + 1, f"{role}.")
        )
        # what other fields held before may name the person too: 张三的店
        self._database.run_many(
            "DELETE FROM history WHERE id = ? AND instr(before, ?)", [(case, text) for text in texts]
        )
        self._database.run("UPDATE drafts SET undo = NULL WHERE id = ?", (case,))
        return len(sizes), sum(sizes)

    def _count(self, cases: tuple[int, ...]) -> tuple[int, int]:
        sizes = [one.size for case in cases for one in self._files.of(case)]
        return len(sizes), sum(sizes)

    def _note(self, receipt: Receipt, last: int) -> None:
        until = receipt.backups_until.isoformat() if receipt.backups_until else None
        at = round(receipt.at.timestamp() * 1000)
        self._database.run(
            "INSERT INTO purges VALUES (?, ?, ?, ?, ?, ?, ?)",
            (receipt.number, at, receipt.cases, receipt.files, receipt.bytes, until, last),
        )

    def _emptied(self, receipt: Receipt, on: date) -> Receipt:
        self._backups.make()
        self._backups.forget_purged(on, now=True)
        return next(one for one in self.receipts() if one.number == receipt.number)


def _entry(draft: Draft, role: str, row: CaseRow) -> dict[str, Any]:
    names = SUBJECT_FIELDS if role == "subject" else PERSON_FIELDS
    held = json.loads(dump(draft))["answers"]
    answers = {field: held[field] for one in names if (field := f"{role}.{one}") in held}
    return {"case": row.id, "role": role, "program": row.program, "answers": answers}
