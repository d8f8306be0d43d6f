"""The library as the place a workbook's filings go to: matched without reading each case, kept at once."""

import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wizard import numbers
from wizard.batch.fate import called
from wizard.draft import Answer, Draft
from wizard.files import FileProblem
from wizard.intake.workbook.same import Identity, Known, identity
from wizard.library.problems import ChangedElsewhere
from wizard.library.records import Query
from wizard.texts import clean

if TYPE_CHECKING:
    from wizard.library.library import Library

_NOWHERE = Path(os.devnull)
"""The folder of drafts whose attachments lie in the library only."""


class LibraryTarget:
    """See `fate.Target`. Only cases that could be the same filing are read: those of one AppID or name."""

    def __init__(self, library: "Library") -> None:
        self._library = library
        self._known = Known()
        self._held: dict[str, tuple[int, Mapping[str, Answer]]] = {}
        self._by_appid: defaultdict[str, list[int]] = defaultdict(list)
        self._by_name: defaultdict[str, list[int]] = defaultdict(list)
        self._new: list[Mapping[str, Answer]] = []
        self._updates: dict[str, Mapping[str, Answer]] = {}
        for row in library.cases.rows(Query(where=None), limit=-1):
            if not row.template:
                self._by_appid[numbers.kind("appid").compact(row.appid).lower()].append(row.id)
                self._by_name[clean(row.program).casefold()].append(row.id)

    def find(self, one: Identity) -> str:
        """See `fate.Target`."""
        nameless = one.subject == "="
        near = [] if nameless or not one.appid else self._by_appid.get(one.appid, [])
        for case in (*near, *self._by_name.get("" if nameless else one.name, ())):
            self._read(case)
        if nameless:  # known by all of its content; the program may have a name and the subject none
            for case in self._by_appid.get("", ()):
                self._read(case)
        return self._known.find(one)

    def _read(self, case: int) -> None:
        if str(case) not in self._held:
            stored = self._library.cases.load(case)
            self._held[str(case)] = stored.version, stored.draft.answers
            self._known.add(identity(stored.draft.answers), str(case))

    def called(self, key: str) -> str:
        """See `fate.Target`."""
        return f"案件 {key}（{called(self._held[key][1])}）"

    def held(self, key: str) -> Mapping[str, Answer]:
        """See `fate.Target`."""
        return self._held[key][1]

    def add(self, answers: Mapping[str, Answer], number: int) -> str:
        """See `fate.Target`; a case has no number yet."""
        self._new.append(answers)
        return ""

    def update(self, key: str, answers: Mapping[str, Answer]) -> None:
        """See `fate.Target`; what the fields held before stays in the history of the case."""
        self._updates[key] = answers

    def commit(self) -> None:
        """See `fate.Target`: one transaction.

        Raises:
            FileProblem: a case was changed meanwhile, or the library cannot be written; nothing was kept.
        """
        cases, audit = self._library.cases, self._library.audit
        try:
            with self._library.transaction():
                for answers in self._new:
                    audit.note("case_imported", cases.new(Draft(answers=answers, folder=_NOWHERE)))
                for key, answers in self._updates.items():
                    draft = replace(cases.load(int(key)).draft, folder=_NOWHERE)
                    for field, answer in answers.items():
                        draft = draft.with_answer(field, answer)
                    cases.save(int(key), draft, self._held[key][0])
        except ChangedElsewhere as error:
            raise FileProblem("有案件在预览以后改动过，一行也没有导入；再导入一次，按新的内容比较") from error
        self.abandon()

    def abandon(self) -> None:
        """See `fate.Target`."""
        self._new, self._updates = [], {}
