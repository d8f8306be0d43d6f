"""Each known reason for a rejection is met by rules that exist, or says why only the platform can know."""

import json

import pytest

from wizard.command_line import coverage
from wizard.command_line.program import run
from wizard.resource_files import ResourceError


@pytest.fixture
def rows(capsys):
    assert run(["rules", "--coverage", "--json"]) == 0
    return {row["id"]: row for row in json.loads(capsys.readouterr().out)["reasons"]}


def test_all_hundred_stand_once(rows):
    assert list(rows) == [f"R{number:02}" for number in range(1, 101)]


def test_each_is_met_by_a_rule_or_a_note_or_says_who_knows(rows):
    assert {row["by"] for row in rows.values()} == {"rule", "note", "platform"}
    for row in rows.values():
        assert bool(row["platform"]) is (row["by"] == "platform"), row
        assert row["rules"] or row["platform"], row
    assert rows["R48"]["rules"] == ["people.emergency-differs"]
    assert "uscc.check-digit" in rows["R18"]["rules"]
    assert rows["R97"]["by"] == "note"


def test_people_read_it_as_a_table(capsys):
    assert run(["rules", "--coverage"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("100 条驳回原因")
    assert "R48  应急电话与本人手机相同\n     错误　people.emergency-differs" in out
    assert "R13  名称与公示系统不一致\n     只有平台或通管局能知道：公示系统要联网查询" in out


@pytest.mark.parametrize("reason", [{"by": ["no.such-rule"]}, {"by": ["nothing.*"]}, {}])
def test_a_reason_that_nothing_meets_is_named(monkeypatch, reason):
    monkeypatch.setattr(coverage, "toml", lambda *_: {"reason": [{"id": "R01", "text": "…", **reason}]})
    with pytest.raises(ResourceError, match="R01"):
        coverage.table({"some.rule": "error"})
