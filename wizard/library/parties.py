"""Subjects and people that can be used again: found, filled in, kept alike in several cases."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from wizard.draft import Answer, Draft
from wizard.finding import Finding
from wizard.library.cases import Cases
from wizard.library.engine import Database
from wizard.library.parties_of import LINKED
from wizard.library.problems import NoSuchCase
from wizard.library.records import CaseRow, Party
from wizard.library.words import compact, fold, hash_of, mask

_OFTEN: Final = 20  # so many filings of each party on average are looked through for the list
SOURCE: Final = "library"
PERSON_FIELDS: Final = (
    "name",
    "certificate_type",
    "certificate_number",
    "certificate_validity_date_start",
    "certificate_validity_date_end",
    "mobile",
    "emergency_contact",
    "email",
)
SUBJECT_FIELDS: Final = (
    "type",
    "name",
    "province",
    "city",
    "district",
    "certificate_type",
    "certificate_number",
    "certificate_address",
    "address",
    "certificate_validity_date_end",
    "business_scope",
    "has_trade_name",
    "has_seal",
    "legal_person_name",
    "legal_person_certificate_number",
    "record_number",
)
"""What belongs to a subject whichever mini-program it files; what belongs to one filing is not among it."""


class Parties:
    """The subjects and people of a library."""

    def __init__(self, database: Database, cases: Cases) -> None:
        self._database, self._cases = database, cases

    def subjects(self, text: str = "", limit: int = 20) -> list[Party]:
        """Subjects whose name holds `text`, or whose whole number it is; those used last come first."""
        return self._found(("subject",), text, limit)

    def people(self, text: str = "", limit: int = 20) -> list[Party]:
        """People whose name holds `text`, or whose whole ID number it is; those used last come first."""
        return self._found(("principal", "contact"), text, limit)

    def party(self, key: str) -> Party:
        """The party of that key.

        Raises:
            NoSuchCase: it occurs in no case any more.
        """
        rows = self._database.read(
            "SELECT id, role, name FROM parties JOIN cases USING (id) WHERE party = ? "
            "ORDER BY cases.updated DESC, role DESC",
            (bytes.fromhex(key),),
        )
        if not rows:
            raise NoSuchCase("这个主体或人员已经不在客户库里，直接填写")
        case, role, name = rows[0]
        draft = self._cases.load(case).draft
        names = SUBJECT_FIELDS if role == "subject" else PERSON_FIELDS
        answers = {one: draft.answers[field] for one in names if (field := f"{role}.{one}") in draft.answers}
        number = answers.get("certificate_number", "")
        cases = tuple(dict.fromkeys(row[0] for row in rows))
        return Party(key, name, mask(number) if isinstance(number, str) else "", answers, cases)

    def fill(self, draft: Draft, role: str, party: Party, only: Iterable[str] | None = None) -> Draft:
        """The draft with a role filled from a party, each answer marked as taken from the library.

        A field is replaced only where `only` names it (bare names); without it, only empty ones are filled.
        """
        wanted = None if only is None else set(only)
        for name, answer in party.answers.items():
            field = f"{role}.{name}"
            if draft.answers.get(field) == answer:
                continue
            if (name in wanted) if wanted is not None else not draft.answers.get(field):
                draft = draft.with_answer(field, answer, SOURCE)
        return draft

    def others(self, case: int, role: str) -> list[tuple[CaseRow, Mapping[str, tuple[Answer, Answer]]]]:
        """Other cases with the same party in any role, and in which answers theirs differs: mine and theirs.

        Cases in the bin and templates are left out. This is what to offer to update after a change.
        """
        mine = self._cases.load(case).draft
        found: list[tuple[CaseRow, Mapping[str, tuple[Answer, Answer]]]] = []
        for id_, other_role in self._same(case, role):
            theirs = self._cases.load(id_).draft
            differing = _differing(mine, role, theirs, other_role)
            if differing:
                found.append((self._cases.row(id_), differing))
        return found

    def update_others(self, case: int, role: str, targets: Iterable[int], names: Sequence[str]) -> int:
        """Give other cases with the same party the answers of this one, all or none; how many were changed.

        `names` are bare names of fields. The answers are marked as taken from the library, and the history of
        each case keeps what it held.
        """
        mine, wanted = self._cases.load(case).draft, set(targets)
        changed: set[int] = set()
        with self._database.write():
            for id_, other_role in self._same(case, role):
                if id_ not in wanted:
                    continue
                stored = self._cases.load(id_)
                draft = stored.draft
                for name in set(names) & set(_differing(mine, role, draft, other_role)):
                    answer = mine.answers.get(f"{role}.{name}", "")
                    draft = draft.with_answer(f"{other_role}.{name}", answer, SOURCE)
                if draft != stored.draft:
                    self._cases.save(id_, draft, stored.version)
                    changed.add(id_)
        return len(changed)

    def shared_mobiles(self, draft: Draft, case: int | None = None) -> tuple[Finding, ...]:
        """A finding for each mobile number that in another case is that of somebody of another name.

        The sentence holds no number and no name: the list finds the cases by the number.
        """
        found = []
        for role in ("principal", "contact"):
            number, name = draft.text(f"{role}.mobile"), draft.text(f"{role}.name")
            if len(compact(number)) < 5 or not name or (role == "contact" and draft.text(LINKED) == "是"):
                continue
            rows = self._database.read(
                "SELECT DISTINCT n.id, p.name FROM numbers n "
                "JOIN parties p ON p.id = n.id AND p.role || '.mobile' = n.field "
                "JOIN cases ON cases.id = n.id WHERE n.hash = ? AND n.id IS NOT ? AND cases.place < 2",
                (hash_of(number, self._cases.number_key()), case),
            )
            others = {id_ for id_, other in rows if other and fold(other) != fold(name)}
            if others:
                found.append(_shared(role, len(others)))
        return tuple(found)

    def occurrences(self, key: str) -> list[tuple[int, str]]:
        """The cases in which a party occurs, and in which role, those in the bin as well."""
        return [
            (id_, role)
            for id_, role in self._database.read(
                "SELECT id, role FROM parties WHERE party = ? ORDER BY id, role", (bytes.fromhex(key),)
            )
        ]

    def draft_of(self, case: int) -> Draft:
        """The draft of a case in which a party occurs."""
        return self._cases.load(case).draft

    def replace(self, case: int, draft: Draft) -> None:
        """Save a case as it is to be after a party was taken out of it."""
        self._cases.save(case, draft, self._cases.row(case).version)

    def _found(self, roles: Sequence[str], text: str, limit: int) -> list[Party]:
        key = self._cases.number_key()
        group = "subject" if roles == ("subject",) else "person"
        condition, values = "", list[object]()
        if text.strip():
            condition = "AND (instr(lower(name), ?) OR party = ?)"
            values = [fold(text).encode("utf-8", "replace").decode(), hash_of(f"{group} {text}", key)]
        rows = [
            row
            for role in roles
            for row in self._database.read(
                f"SELECT updated, party FROM parties INDEXED BY parties_role WHERE role = ? {condition} "
                "ORDER BY updated DESC LIMIT ?",
                (role, *values, limit * _OFTEN),
            )
        ]
        rows.sort(key=lambda row: -row[0])
        keys = dict.fromkeys(bytes(party).hex() for _, party in rows)
        return [self.party(one) for one in list(keys)[:limit]]

    def _same(self, case: int, role: str) -> list[tuple[int, str]]:
        return [
            (id_, other)
            for id_, other in self._database.read(
                "SELECT q.id, q.role FROM parties p JOIN parties q USING (party) "
                "JOIN cases ON cases.id = q.id "
                "WHERE p.id = ? AND p.role = ? AND q.id <> p.id AND cases.place < 2 ORDER BY q.id, q.role",
                (case, role),
            )
        ]


def _differing(mine: Draft, role: str, theirs: Draft, other: str) -> dict[str, tuple[Answer, Answer]]:
    names = SUBJECT_FIELDS if role == "subject" else PERSON_FIELDS
    pairs = {
        name: (mine.answers.get(f"{role}.{name}", ""), theirs.answers.get(f"{other}.{name}", ""))
        for name in names
    }
    return {name: (one, two) for name, (one, two) in pairs.items() if one and one != two}


def _shared(role: str, count: int) -> Finding:
    return Finding(
        rule="library.mobile-shared",
        severity="warning",
        fields=(f"{role}.mobile",),
        message=f"这个手机号在客户库的另外 {count} 个案件里是另一个人的",
        fix="核对号码是谁在用：审核电话和短信核验要本人接；在列表里搜这个号码可以看到是哪些案件",
    )
