"""`main.py identify`: from arguments and from standard input, as text and as JSON."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from wizard.command_line import program

GOLDEN = Path(__file__).parent.parent / "data" / "golden_ids.jsonl"


class Typed:
    """Standard input with bytes behind it."""

    def __init__(self, data: bytes):
        self.buffer = io.BytesIO(data)


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def said(*arguments: str, typed: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", Typed(typed))
        try:
            code = program.run(["identify", *arguments])
        except SystemExit as end:
            code = int(str(end.code))
        out, err = capsys.readouterr()
        return code, out, err

    return said


def test_one_right_number(say: Any):
    code, out, err = say("uscc", "91110115MA01QFMA2Y")
    assert (code, err) == (0, "")
    assert "格式正确" in out
    assert "北京市大兴区" in out
    assert "有效" not in out


def test_one_wrong_number(say: Any):
    code, out, _ = say("uscc", "91110115MA01QFMA2O")
    assert code == 1
    assert "第 18 位是字母 O" in out
    assert "LOOKALIKE" in out


def test_a_repair_is_offered(say: Any):
    _, out, _ = say("appid", "wxfa8lb47d7041c6bf")
    assert "可能是：wxfa81b47d7041c6bf" in out


def test_the_chinese_name_of_a_kind_will_do(say: Any):
    assert say("手机号码", "13800138000")[0] == 0


def test_json(say: Any):
    code, out, err = say("ric", "11010519491231002X", "130582341030167", "--on", "2026-11-23", "--json")
    assert (code, err) == (1, "")
    good, bad = json.loads(out)
    assert {"value", "normalised", "valid", "reason", "warnings", "message", "info"} <= set(good)
    assert (good["valid"], good["reason"], good["info"]["age"]) == (True, "OK", 76)
    assert (bad["valid"], bad["reason"], bad["suggestion"]) == (False, "LEGACY_15", "13058219341030167X")


def test_on_another_day(say: Any):
    _, out, _ = say("ric", "11010519491231002X", "--on", "1959-12-31", "--json")
    assert json.loads(out)[0]["warnings"] == ["UNDER_18"]
    code, _, err = say("ric", "1", "--on", "gestern")
    assert (code, err.count("\n")) == (2, 1)


def test_lines_of_standard_input(say: Any):
    code, out, _ = say("mobile", "--json", typed="\ufeff13800138000\r\n\r\n139****6265\n\n".encode())
    assert code == 1
    assert [(row["value"], row["reason"]) for row in json.loads(out)] == [
        ("13800138000", "OK"),
        ("", "EMPTY"),
        ("139****6265", "BAD_CHAR"),
    ]


def test_json_lines_keep_what_cannot_be_seen(say: Any):
    _, out, _ = say("mobile", "--json", "--json-lines", typed=b'"\\u202d13800138000\\u202c\\n"\n"\\ud800"\n')
    first, second = json.loads(out)
    assert (first["value"], first["normalised"]) == ("\u202d13800138000\u202c\n", "13800138000")
    assert (second["value"], second["reason"]) == ("\ud800", "BAD_CHAR")


def test_the_text_of_a_value_stays_on_its_line(say: Any):
    _, out, _ = say("mobile", "--json-lines", typed=b'"a\\nb\\u001b[31m"\n')
    assert "<U+001B>" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("arguments", "typed", "words"),
    [
        (["isbn", "1"], b"", "uscc（统一社会信用代码）"),
        (["ric"], b"\xff\xfe1\x00", "第 1 行不是 UTF-8"),
        (["ric"], b"1\n2\n\xb1\xb1\n", "第 3 行不是 UTF-8"),
        (["ric"], b"", "没有要核对的号码"),
        (["ric", "--json-lines"], b'"1"\n2\n', "第 2 行不是 JSON 字符串"),
        (["ric", "--json-lines"], b"[" * 100_000, "第 1 行不是 JSON 字符串"),
    ],
)
def test_what_cannot_be_used_gets_one_line(say: Any, arguments: list[str], typed: bytes, words: str):
    code, out, err = say(*arguments, typed=typed)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert words in err


def test_every_golden_row_through_the_command(say: Any):
    rows = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]
    for name in sorted({row["kind"] for row in rows}):
        mine = [row for row in rows if row["kind"] == name]
        typed = "\n".join(json.dumps(row["value"]) for row in mine).encode()
        _, out, _ = say(name, "--on", "2026-11-23", "--json", "--json-lines", typed=typed)
        judged = json.loads(out)
        for field in ("value", "normalised", "valid", "reason", "warnings"):
            assert [row[field] for row in judged] == [row[field] for row in mine]
        assert say(name, "--on", "2026-11-23", "--json-lines", typed=typed)[1].count("\n") >= len(mine)
