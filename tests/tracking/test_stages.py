"""The five stages as data: complete, in their order, each with somebody who says so."""

from copy import deepcopy
from typing import Any

import pytest

from wizard.resource_files import ResourceError, toml
from wizard.tracking import stages as module
from wizard.tracking.stages import stages


def test_the_five_stages():
    assert [stage.title for stage in stages()] == [
        "备案信息填写",
        "平台初审",
        "短信核验",
        "通管局审核",
        "备案成功",
    ]
    assert {stage.id: stage.workdays for stage in stages() if stage.workdays} == {
        "preliminary_review": (1, 2),
        "administration_review": (1, 20),
    }
    assert next(stage for stage in stages() if stage.id == "sms_verification").duration.endswith("24 小时内")


def test_every_stage_says_what_to_do_and_who_says_so():
    for stage in stages():
        assert stage.who
        assert stage.steps
        assert stage.sources
        for source in stage.sources:
            assert source.title
            assert source.checked
            assert source.url or source.article


def test_the_words_are_ours():
    for stage in stages():
        for text in (*stage.steps, *stage.hints):
            assert not any(word in text for word in ("请勿", "无效", "非法", "！", "!", "您")), text
            assert not text.endswith("。")


def broken(change: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    data = deepcopy(toml("stages.toml"))
    change(data)
    monkeypatch.setattr(module, "toml", lambda name: data)
    module.stages.__wrapped__()


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["stage"][0].update(colour="red"),
        lambda data: data["stage"][0].pop("who"),
        lambda data: data["stage"][0].update(sources=["nobody"]),
        lambda data: data["source"][0].update(colour="red"),
        lambda data: data["source"].append({"id": "unused", "title": "x"}),
    ],
    ids=["unknown entry", "entry missing", "no such source", "odd source", "unused source"],
)
def test_a_broken_file_is_told(change: Any, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(ResourceError, match=r"stages\.toml"):
        broken(change, monkeypatch)
