"""变更 and 注销 as data: complete, with sources, and every field of the form has its answer."""

from copy import deepcopy
from typing import Any

import pytest

from wizard.resource_files import ResourceError, toml
from wizard.sections import catalogue
from wizard.tracking import changes as module
from wizard.tracking.changes import HOWS, everything, touching
from wizard.types import Papers

_NOT_FILED = {
    *("subject.filing_type", "subject.record_number", "subject.filed_count", "subject.business_scope"),
    *("mini_program.online_status", "mini_program.online_since"),
}
"""What the form asks beside what is filed."""


def test_every_field_that_is_filed_has_an_answer():
    known = {field for change in everything().changes for field in change.fields}
    typed = {
        field_id
        for field_id, field in catalogue().items()
        if field.section.id in ("subject", "principal", "mini_program", "contact")
        and not isinstance(field.kind, Papers)
        and not field.id.endswith(("_date", ".is_administrator", ".comment"))
        and not field.id.startswith(("subject.legal_person", "subject.has_"))
    }
    assert typed - known - _NOT_FILED == set()


def test_a_field_belongs_to_one_change_only():
    fields = [field for change in everything().changes for field in change.fields]
    assert len(fields) == len(set(fields))


@pytest.mark.parametrize(
    ("field", "how", "says"),
    [
        ("subject.name", "change", "更名函"),
        ("subject.certificate_number", "anew", "注销"),
        ("subject.type", "anew", "注销"),
        ("subject.province", "anew", "注销"),
        ("contact.name", "change", "管理员"),
        ("mini_program.name", "change", "小程序后台改名"),
        ("mini_program.appid", "anew", "新增备案"),
    ],
)
def test_how_a_field_is_changed(field, how, says):
    (change,) = touching([field])
    assert change.how == how
    assert says in " ".join((change.says.text, *change.first, *change.papers))


def test_a_province_and_the_three_ways_to_cancel():
    (change,) = touching(["subject.name"])
    assert [one.text for one in change.in_province("北京市")] == [
        "要上传更名函",
        "只接受更名，不接受换成另一个主体",
    ]
    assert change.in_province("海南省") == ()
    assert {one.id: one.sms for one in everything().cancellations} == {
        "service": True,
        "subject": True,
        "access": False,
    }


def test_everything_has_a_source_and_plain_words():
    known = everything()
    said = [*known.blocks, *known.duties, *(one.says for one in (*known.changes, *known.cancellations))]
    for one in said:
        assert one.sources
        assert all(source.checked for source in one.sources)
        assert not any(word in one.text for word in ("请勿", "无效", "非法", "！", "!", "您"))
    assert set(HOWS) >= {one.how for one in known.changes}


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("change", {"fields": ["subject.nothing"]}),
        ("change", {"how": "magic"}),
        ("change", {"cite": "nobody"}),
        ("change", {"confidence": "sure"}),
        ("change", {"colour": "red"}),
        ("change", {"province": [{"names": ["南极"], "text": "x", "cite": "huawei"}]}),
        ("cancel", {"colour": "red"}),
        ("block", {"cite": "nobody"}),
    ],
)
def test_a_broken_file_is_told(part: str, change: Any, monkeypatch: pytest.MonkeyPatch):
    data = deepcopy(toml("tracking", "changes.toml"))
    data[part][0].update(change)
    monkeypatch.setattr(module, "toml", lambda *name: data)
    with pytest.raises(ResourceError, match=r"changes\.toml"):
        module.everything.__wrapped__()
