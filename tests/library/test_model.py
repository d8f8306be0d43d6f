"""The library against a dictionary: whatever is done in whatever order, both say the same."""

import os
import shutil
import tempfile
from datetime import date
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from tests.library.conftest import PASSPHRASE
from wizard.draft import Draft
from wizard.library import key, place
from wizard.library.problems import ChangedElsewhere, NoSuchCase
from wizard.library.records import STATES, Query
from wizard.tracking.events import STATES as FOLLOWED

TEXTS = st.text(max_size=12).filter(lambda text: max(text, default="") < "\ud800" or max(text) > "\udfff")
FIELDS = st.sampled_from(
    ["mini_program.name", "subject.name", "principal.name", "subject.comment", "x.other"]
)
MEMORY = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None


class Both(RuleBasedStateMachine):
    """A library, and what it ought to hold: answers, version, state, place and attachment of each case."""

    cases = Bundle("cases")

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setitem(key._COST, "memory_kib", 8192)
        self.patch.setitem(key._COST, "rounds", 1)
        self.folder = Path(tempfile.mkdtemp(prefix="beian-model-", dir=MEMORY))
        self.library, _ = place.create(self.folder / "库", PASSPHRASE)
        self.model: dict[int, dict[str, object]] = {}
        self.backups: list[tuple[object, dict[int, dict[str, object]]]] = []
        self.purged: set[int] = set()

    def teardown(self) -> None:
        self.library.close()
        shutil.rmtree(self.folder)
        self.patch.undo()

    @rule(target=cases, answers=st.dictionaries(FIELDS, TEXTS.filter(bool)))
    def add(self, answers: dict[str, str]) -> int:
        case = self.library.cases.new(Draft(answers=answers))
        self.model[case] = {
            "answers": answers,
            "version": 1,
            "state": "filling",
            "binned": False,
            "file": None,
        }
        return case

    @rule(case=cases, field=FIELDS, text=TEXTS)
    def edit(self, case: int, field: str, text: str) -> None:
        if case not in self.model:
            with pytest.raises(NoSuchCase):
                self.library.cases.load(case)
            return
        stored = self.library.cases.load(case)
        self.library.cases.save(case, stored.draft.with_answer(field, text), stored.version)
        answers = {name: value for name, value in self.model[case]["answers"].items() if name != field}
        self.model[case]["answers"] = {**answers, **({field: text} if text else {})}
        self.model[case]["version"] += 1

    @rule(case=cases, field=FIELDS, text=TEXTS)
    def edit_an_old_version(self, case: int, field: str, text: str) -> None:
        if case in self.model:
            stored = self.library.cases.load(case)
            with pytest.raises(ChangedElsewhere):
                self.library.cases.save(case, stored.draft.with_answer(field, text), stored.version - 1)

    @rule(case=cases, state=st.sampled_from(list(STATES)))
    def set_state(self, case: int, state: str) -> None:
        self.library.marks.set_state([case], state)
        if case in self.model:
            self.model[case]["state"] = state

    @rule(case=cases, binned=st.booleans())
    def bin(self, case: int, binned: bool) -> None:
        (self.library.marks.bin if binned else self.library.marks.put_back)([case])
        if case in self.model:
            self.model[case]["binned"] = binned

    @rule(case=cases, data=st.binary(max_size=50))
    def attach(self, case: int, data: bytes) -> None:
        if case in self.model:
            self.library.files.write(case, "附件.jpg", data)
            self.model[case]["file"] = data

    @rule(target=cases, case=cases)
    def copy(self, case: int) -> object:
        if case not in self.model:
            return multiple()
        made = self.library.cases.copy(case)
        self.model[made] = {**self.model[case], "version": 1, "state": "filling", "binned": False}
        return made

    @rule(case=consumes(cases))
    def purge(self, case: int) -> None:
        self.library.privacy.purge([case], date(2026, 11, 25))
        self.model.pop(case, None)
        self.purged.add(case)

    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.library = place.unlock(self.folder / "库", passphrase=PASSPHRASE)

    @rule()
    def back_up(self) -> None:
        kept = {case: dict(held) for case, held in self.model.items()}
        self.backups = [*self.backups[-3:], (self.library.backups.make(), kept)]

    @rule()
    def restore(self) -> None:
        if self.backups:
            made, kept = self.backups[-1]
            self.library.backups.restore(made)
            self.model = {case: dict(held) for case, held in kept.items() if case not in self.purged}

    @rule(text=TEXTS)
    def find(self, text: str) -> None:
        self.library.cases.rows(Query(text))  # anything may be looked for

    @rule(case=cases)
    def find_by_name(self, case: int) -> None:
        held = self.model.get(case)
        name = held["answers"].get("mini_program.name", "") if held else ""
        if name.strip() and name.isalpha() and name.isascii():
            found = {row.id for row in self.library.cases.rows(Query(name, where=None), limit=-1)}
            assert (case in found) == (not held["binned"])

    @invariant()
    def they_say_the_same(self) -> None:
        open_ones = {case for case, held in self.model.items() if not held["binned"]}
        rows = self.library.cases.rows(limit=-1)
        assert {row.id for row in rows} == open_ones
        assert self.library.cases.ids() == [row.id for row in rows]
        assert self.library.cases.count(Query(where="bin")) == len(self.model) - len(open_ones)

    @rule(case=cases)
    def read(self, case: int) -> None:
        held = self.model.get(case)
        if held is None:
            with pytest.raises(NoSuchCase):
                self.library.cases.load(case)
            return
        stored = self.library.cases.load(case)
        assert stored.draft.answers == held["answers"]
        assert (stored.version, stored.row.state) == (held["version"], held["state"])
        files = {one.name: self.library.files.read(case, one.name) for one in self.library.files.of(case)}
        assert files == ({"附件.jpg": held["file"]} if held["file"] is not None else {})


EXAMPLES = int(os.environ.get("BEIAN_EXAMPLES", "25"))
"""The daily run tries 25; ``BEIAN_EXAMPLES=200`` as many as the library was shown with."""

TestBoth = Both.TestCase
TestBoth.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def test_the_states_that_follow_from_events_are_states_of_the_list():
    assert {state: STATES[state] for state in FOLLOWED} == dict(FOLLOWED)
