"""Every problem that free text, days, choices and places can have is said in full, in plain words."""

import tomllib

import pytest

from wizard.messages import cite, kind_label, problem_text
from wizard.problem import Problem
from wizard.resource_files import ResourceError, path

FILES = ("answers.toml", "numbers.toml")
FORBIDDEN = ("请勿", "不能", "不要", "非法", "无效", "错误的输入", "抱歉", "!", "！", "您")
TEXT = ("BAD_CHAR", "TOO_SHORT", "TOO_LONG")
EMITTED = {
    **dict.fromkeys(
        (
            [
                "text",
                "address",
                "remark",
                "program_remark",
                "scope",
                "certificate_number",
                "personal_number",
                "approval_number",
            ]
        ),
        TEXT,
    ),
    "organisation_name": (*TEXT, "ONLY_DIGITS", "IS_DOMAIN"),
    "person_name": (*TEXT, "BAD_NAME_CHAR", "DOT"),
    "program_name": (*TEXT, "BAD_NAME_CHAR"),
    "day": ("BAD_FORMAT", "DAY_MISSING", "BAD_YEAR", "NO_SUCH_DAY", "LONG_TERM_NOT_HERE"),
    "choice": ("NOT_LISTED",),
    "place": ("NOT_LISTED", "NOT_WITHIN", "HISTORIC"),
    "count": ("BAD_FORMAT",),
    "several": ("TOO_MANY", "TWICE"),
    "papers": ("TOO_MANY", "MISSING_FILE"),
    "required": ("FILL_IN", "CHOOSE", "ATTACH"),
    "unknown": ("FIELD",),
}
VALUES = dict.fromkeys(
    [
        "least",
        "most",
        "now",
        "over",
        "char",
        "day",
        "year",
        "text",
        "listed",
        "level",
        "parent",
        "long",
        "label",
        "help",
        "field",
        "file",
    ],
    "例",
)


@pytest.mark.parametrize(
    ("kind", "code"), [(kind, code) for kind, codes in EMITTED.items() for code in codes]
)
def test_every_problem_has_its_sentences(kind, code):
    said = problem_text(kind, Problem(code, 3, VALUES, "改"))
    assert said.message
    assert "{" not in said.message + said.fix


def entries():
    for file in FILES:
        kinds = tomllib.loads(path("messages", file).read_text(encoding="utf-8"))
        for kind, table in kinds.items():
            for code, entry in table.items():
                if isinstance(entry, dict) and "message" in entry:
                    yield kind, code, entry


def test_sentences_are_plain_and_end_without_a_stop():
    for kind, code, entry in entries():
        for text in (entry["message"], entry.get("fix", "")):
            assert not [word for word in FORBIDDEN if word in text], (kind, code, text)
            assert text.count("。") != 1 or not text.endswith("。"), (kind, code, text)
            assert ";" not in text.replace("&", ""), (kind, code, text)


def test_a_missing_sentence_is_named():
    with pytest.raises(ResourceError, match=r"day\.NOWHERE"):
        problem_text("day", Problem("NOWHERE"))


def test_a_standard_is_cited_where_there_is_one():
    assert cite("program_remark").issuer == "微信开放文档"
    assert cite("day") is None
    assert kind_label("program_remark") == "小程序备注"
