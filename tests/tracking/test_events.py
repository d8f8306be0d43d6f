"""The kinds of events as data: each leads somewhere, can be reached, and says who says so."""

from copy import deepcopy
from typing import Any

import pytest

from wizard.resource_files import ResourceError, toml
from wizard.tracking import events as module
from wizard.tracking.events import MATTERS, kinds


def test_every_state_is_reached_and_none_is_a_dead_end():
    for matter in MATTERS:
        seen, waiting = set(), ["filling"]
        while waiting:
            state = waiting.pop()
            seen.add(state)
            next_ = {kind.state for kind in kinds().values() if kind.expected(state, matter) and kind.state}
            assert next_ or state == "stopped", (matter, state)
            waiting += next_ - seen
        assert {"preliminary_review", "sms_verification", "administration_review", "rejected"} <= seen
        assert ("filed" in seen) == (matter != "注销")


def test_every_kind_has_words_and_sources():
    for kind in kinds().values():
        assert kind.title
        assert kind.button
        assert kind.sources
        for text in (kind.title, kind.button, kind.hint):
            assert not any(word in text for word in ("请勿", "无效", "非法", "！", "!", "您")), text
            assert not text.endswith("。")


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.update(colour="red"),
        lambda entry: entry.pop("button"),
        lambda entry: entry.update(after=["nowhere"]),
        lambda entry: entry.update(state="nowhere"),
        lambda entry: entry.update(asks=["weather"]),
        lambda entry: entry.update(matter=["转让"]),
        lambda entry: entry.update(sources=["nobody"]),
        lambda entry: entry.update(sources=[]),
    ],
)
def test_a_broken_file_is_told(change: Any, monkeypatch: pytest.MonkeyPatch):
    data = deepcopy(toml("tracking", "events.toml"))
    change(data["event"][0])
    monkeypatch.setattr(module, "toml", lambda *name: data)
    with pytest.raises(ResourceError, match=r"events\.toml: submitted"):
        module.kinds.__wrapped__()
