"""Whether a filing is there already: matched by AppID, or by the subject and the program's name."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from wizard import numbers
from wizard.draft import Answer
from wizard.texts import clean


class Identity(NamedTuple):
    """What tells one filing from another, each part empty where it is not known yet.

    `number` is that of the subject's certificate, `subject` and `name` the names of subject and program. Of a
    filing that has none of them `name` is the hash of its content.
    """

    appid: str = ""
    number: str = ""
    subject: str = ""
    name: str = ""

    def contradicts(self, other: "Identity") -> bool:
        """Whether both know a part that differs: two AppIDs are two programs, whatever they are called."""
        return any(
            mine and theirs and mine != theirs for mine, theirs in zip(self[:2], other[:2], strict=True)
        )


def identity(answers: Mapping[str, Answer]) -> Identity:
    """The identity of a filing by its answers: numbers compact, names trimmed and in small letters."""
    number = _text(answers, "subject.certificate_number") or _text(answers, "principal.certificate_number")
    found = Identity(
        numbers.kind("appid").compact(_text(answers, "mini_program.appid")).lower(),
        numbers.kind("uscc").compact(number).upper(),
        clean(_text(answers, "subject.name")).casefold(),
        clean(_text(answers, "mini_program.name")).casefold(),
    )
    if found.appid or (found.name and (found.number or found.subject)):
        return found
    content = json.dumps(dict(answers), sort_keys=True, default=str).encode("utf-8")
    return found._replace(subject="=", name=hashlib.sha256(content).hexdigest())


@dataclass(slots=True)
class Known:
    """The filings that are there already, each with what it is called; more are added as they are read."""

    by_appid: dict[str, str] = field(default_factory=dict)
    by_name: dict[tuple[str, str], tuple[Identity, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, filings: Iterable[tuple[Identity, str]]) -> "Known":
        """The index of `filings`, each an identity and what it is called."""
        known = cls()
        for one, called in filings:
            known.add(one, called)
        return known

    def add(self, one: Identity, called: str) -> None:
        """Let `one` be known as `called`; what was known before stays."""
        if one.appid:
            self.by_appid.setdefault(one.appid, called)
        for key in _keys(one):
            self.by_name.setdefault(key, (one, called))

    def find(self, one: Identity) -> str:
        """What the same filing is called, empty where there is none."""
        if one.appid in self.by_appid:
            return self.by_appid[one.appid]
        for key in _keys(one):
            if key in self.by_name:
                other, called = self.by_name[key]
                if not one.contradicts(other):
                    return called
        return ""


def _keys(one: Identity) -> Iterator[tuple[str, str]]:
    for part in (one.number, one.subject):
        if part and one.name:
            yield part, one.name


def _text(answers: Mapping[str, Answer], field_id: str) -> str:
    answer = answers.get(field_id, "")
    return answer if isinstance(answer, str) else ""
