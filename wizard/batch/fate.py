"""What becomes of each row of a workbook where it goes: new, there already, changed, twice, or held back."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from wizard.draft import Answer
from wizard.intake.workbook.same import Identity, Known, identity

STATES: Mapping[str, str] = {
    "new": "新增",
    "known": "已有",
    "changed": "已有（内容不同）",
    "twice": "重复",
    "faulty": "有格子没读入",
}
"""The states of a row with their words."""


class Target(Protocol):
    """Where filings go: a folder of drafts, or a library. What is added counts only after `commit`.

    Raises:
        FileProblem: from every function, where the place cannot be used.
    """

    def find(self, one: Identity) -> str:
        """The key of the same filing there, empty where there is none."""

    def called(self, key: str) -> str:
        """What a filing there is called, in a sentence."""

    def held(self, key: str) -> Mapping[str, Answer]:
        """Its answers."""

    def add(self, answers: Mapping[str, Answer], number: int) -> str:
        """Take in a new filing, row `number` of its table; where it will be, empty where that has no name."""

    def update(self, key: str, answers: Mapping[str, Answer]) -> None:
        """Put `answers` over those of a filing there; its other answers stay."""

    def commit(self) -> None:
        """Keep everything that was added and updated, or nothing of it."""

    def abandon(self) -> None:
        """Forget what was added and updated."""


class Fate(NamedTuple):
    """What becomes of a row: a key of `STATES`.

    `same_as` is the key of the filing that is there already, or the place of the row that was before;
    `called` says it in a sentence; `changes` are the fields in which the row differs from it.
    """

    state: str
    same_as: str = ""
    called: str = ""
    changes: tuple[str, ...] = ()


class Fates:
    """Judges rows in their order. Without a target every row that is no double is new."""

    def __init__(self, target: Target | None, *, leave_out: bool) -> None:
        self._target, self._leave_out = target, leave_out
        self._rows = Known()

    def of(self, answers: Mapping[str, Answer], faulty: bool, where: str) -> Fate:
        """The fate of the row at `where`; one that is `faulty` is held back unless cells may be left out."""
        if faulty and not self._leave_out:
            return Fate("faulty")
        one = identity(answers)
        if before := self._rows.find(one):
            return Fate("twice", before, before)
        self._rows.add(one, where)
        key = self._target.find(one) if self._target else ""
        if self._target is None or not key:
            return Fate("new")
        held = self._target.held(key)
        changes = tuple(field for field, answer in answers.items() if held.get(field) != answer)
        return Fate("changed" if changes else "known", key, self._target.called(key), changes)


def called(answers: Mapping[str, Answer]) -> str:
    """What a filing is called: subject and program."""
    texts = (answers.get(field_id, "") for field_id in ("subject.name", "mini_program.name"))
    return " · ".join(text for text in texts if isinstance(text, str) and text) or "（没有名称）"


def people(answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """The names of the people of a filing, to be covered where many are listed on a screen."""
    fields = ["principal.name", "contact.name", "subject.legal_person_name"]
    if answers.get("subject.type") == "个人":
        fields.append("subject.name")
    texts = (answers.get(field, "") for field in fields)
    return tuple(dict.fromkeys(text.strip() for text in texts if isinstance(text, str) and text.strip()))
