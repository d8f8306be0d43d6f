"""Taking back and making again: a thousand random steps go as a list of whole drafts would."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.draft import Draft
from wizard.history import MOST_STEPS, History, document, history_of

FIELDS = ("subject.name", "principal.mobile", "mini_program.name")


def step(history, draft, field_id, answer, at=0.0, source="typed"):
    after = draft.with_answer(field_id, answer, source)
    history.note(draft, after, field_id, at)
    return after


class Model:
    """Whole drafts, one after the other: as plain as it can be said."""

    def __init__(self):
        self.past, self.now, self.future = [], Draft(), []

    def edit(self, after, retracing=False):
        if after == self.now:
            return
        if retracing and self.past and self.past[-1] == after:
            self.undo()
        elif retracing and self.future and self.future[-1] == after:
            self.redo()
        else:
            self.past, self.now, self.future = [*self.past, self.now][-MOST_STEPS:], after, []

    def undo(self):
        if self.past:
            self.future.append(self.now)
            self.now = self.past.pop()

    def redo(self):
        if self.future:
            self.past.append(self.now)
            self.now = self.future.pop()


EDIT = st.tuples(st.sampled_from(FIELDS), st.sampled_from(["", "甲", "乙", "丙", "长一点的"]))
FILES = st.tuples(st.just("files"), st.sampled_from([(), ("a.jpg",), ("a.jpg", "b.jpg")]))
RETRACE = EDIT.map(lambda edit: (*edit, "retracing"))
MOVE = st.one_of(EDIT, EDIT, RETRACE, FILES, st.just("undo"), st.just("redo"), st.just("keep"))


@settings(max_examples=25)
@given(st.lists(MOVE, min_size=40, max_size=40))
def test_a_thousand_random_steps_go_as_a_list_of_drafts_would(moves):
    history, draft, model = History(), Draft(), Model()
    for number, move in enumerate(moves * 25):
        if move == "undo":
            model.undo()
            back = history.undo(draft)
            draft = back[0] if back else draft
        elif move == "redo":
            model.redo()
            again = history.redo(draft)
            draft = again[0] if again else draft
        elif move == "keep":
            history = history_of(json.loads(json.dumps(document(history))))
        elif move[0] == "files":
            after = draft.with_attachments("subject.certificate_photo", move[1])
            history.note(draft, after, "subject.certificate_photo", number * 100.0)
            draft = after
            model.edit(after)
        elif len(move) == 3:
            with history.retracing():
                draft = step(history, draft, *move[:2], at=number * 100.0)
            model.edit(draft, retracing=True)
        else:
            draft = step(history, draft, *move, at=number * 100.0)
            model.edit(draft)
        assert draft == model.now
        assert (len(history.past), len(history.future)) == (len(model.past), len(model.future))


def test_typing_in_one_go_is_one_step():
    history, draft = History(), Draft()
    for at, text in enumerate(("甲", "甲公", "甲公司")):
        draft = step(history, draft, "subject.name", text, at=at * 1.0)
    draft, _ = history.undo(draft)
    assert draft.answers == {}
    draft, _ = history.redo(draft)
    assert draft.text("subject.name") == "甲公司"


def test_a_pause_a_wait_or_another_field_makes_another_step():
    history, draft = History(), Draft()
    draft = step(history, draft, "subject.name", "甲", at=0)
    history.pause()
    draft = step(history, draft, "subject.name", "甲乙", at=0.1)
    draft = step(history, draft, "subject.name", "甲乙丙", at=9)
    draft = step(history, draft, "principal.mobile", "1", at=9.1)
    assert [step.changes[0].after[0] for step in history.past] == ["甲", "甲乙", "甲乙丙", "1"]


def test_typing_that_ends_where_it_began_is_no_step():
    history, draft = History(), Draft()
    draft = step(history, draft, "subject.name", "甲", at=0)
    step(history, draft, "subject.name", "", at=1)
    assert not history.past


def test_where_an_answer_comes_from_is_taken_back_too():
    history, draft = History(), Draft()
    draft = step(history, draft, "subject.name", "甲", source="library", at=0)
    draft = step(history, draft, "subject.name", "乙", at=9)
    draft, done = history.undo(draft)
    assert (draft.text("subject.name"), draft.source("subject.name")) == ("甲", "library")
    assert done.field_id == "subject.name"


def test_what_else_the_case_knows_is_not_taken_back():
    history, draft = History(), Draft()
    draft = step(history, draft, "subject.name", "甲")
    kept = Draft(answers=draft.answers, place={"page": "check"}, rest={"packet": {"version": 2}})
    draft, _ = history.undo(kept)
    assert draft.place == {"page": "check"}
    assert draft.rest == {"packet": {"version": 2}}


def test_steps_are_bounded():
    history, draft = History(), Draft()
    for number in range(MOST_STEPS + 20):
        draft = step(history, draft, "subject.name", str(number), at=number * 10.0)
    assert len(history.past) == MOST_STEPS


def test_files_that_lie_elsewhere_now_are_not_brought_back():
    history, draft = History(), Draft()
    draft = step(history, draft, "subject.name", "甲", at=0)
    rows = ({"type": "新闻", "media": ["a.jpg"]},)
    after = draft.with_answer("mini_program.pre_approvals", rows)
    history.note(draft, after, "mini_program.pre_approvals", 9)
    step(history, after, "principal.mobile", "1", at=20)
    history.forget_files()
    assert [step.field_id for step in history.past] == ["principal.mobile"]


def test_what_is_no_history_reads_as_an_empty_one():
    for raw in (None, [], {"past": 3}, {"past": [{}], "future": []}):
        assert not history_of(raw).past
