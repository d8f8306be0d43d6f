"""Every code a kind can emit has its sentence, and every sentence keeps the house's manner of speaking."""

import ast
import json
import re
from datetime import date
from pathlib import Path

import pytest

from tests.numbers.test_kinds import RIGHT, WRONG
from wizard import numbers
from wizard.messages import cite, kind_label, problem_text
from wizard.numbers import KINDS, kind
from wizard.problem import Problem
from wizard.resource_files import toml

ON = date(2026, 11, 23)
FORBIDDEN = (
    "请勿",
    "不能",
    "不要",
    "非法",
    "无效",
    "有效",
    "错误的输入",
    "您",
    "抱歉",
    "!",
    "！",
    "其它",
    "该",
)
PACKAGE = Path(numbers.__file__).parent
# the modules whose problems a kind passes on
PASSED_ON = {
    "ric": ("identity", "slips"),
    "ric15": ("identity", "slips"),
    "hmt_residence": ("identity", "slips"),
    "foreign_pr": ("identity", "slips"),
    "email": ("domain",),
    **dict.fromkeys(("uscc", "org_code", "licence15", "mobile", "landline", "appid"), ("slips",)),
    **dict.fromkeys(("division", "postcode", "domain"), ("slips",)),
}
# what the code of a passing module says, but this kind never does
NEVER = {
    ("org_code", "LOOKALIKE"),
    ("mobile", "LOOKALIKE"),
    ("landline", "LOOKALIKE"),
    ("domain", "LOOKALIKE"),
    ("email", "WWW"),
    ("email", "ONLY_SUFFIX"),
    *(
        (name, code)
        for name in ("hmt_residence", "foreign_pr")
        for code in ("REGION_UNLISTED", "REGION_HISTORIC")
    ),
}


def written(module: str) -> set[str]:
    """The codes that stand in a module as first argument of Problem(...), also one of two alternatives."""
    found = set()
    for node in ast.walk(ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
            found |= {one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant)}
    return found


def emitted(name: str) -> dict[str, Problem]:
    """The codes seen when everything at hand is judged by that kind."""
    golden = (Path(__file__).parent.parent / "data" / "golden_ids.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["value"] for line in golden] + [row[1] for row in (*RIGHT, *WRONG)]
    texts += (
        [text[:-1] for text in texts] + [text + "0" for text in texts] + ["O" + text[1:] for text in texts]
    )
    found: dict[str, Problem] = {}
    for text in texts:
        verdict = kind(name).validate(text, ON)
        found.update({problem.code: problem for problem in (*verdict.problems, *verdict.doubts)})
    return found


@pytest.mark.parametrize("name", KINDS)
def test_every_code_has_its_sentence(name: str):
    seen = emitted(name)
    for problem in seen.values():
        assert problem_text(name, problem).message
    stated = {code for code, entry in toml("messages", "numbers.toml")[name].items() if code.isupper()}
    possible = written(name) | ({"DATA_CARD", "MVNO", "RANGE_UNCONFIRMED"} if name == "mobile" else set())
    for module in PASSED_ON.get(name, ()):
        possible |= written(module)
    possible -= {code for kind_, code in NEVER if kind_ == name}
    assert possible - stated == set(), "these codes have no sentence in numbers.toml"
    assert stated - possible == set(), "these sentences are never said"
    assert set(seen) <= possible


@pytest.mark.parametrize("name", KINDS)
def test_no_sentence_shows_a_whole_number(name: str):
    for typed in (row[1] for row in WRONG if row[0] == name):
        verdict = kind(name).validate(typed, ON)
        for problem in (*verdict.problems, *verdict.doubts):
            text = problem_text(name, problem)
            plain = verdict.normalised
            assert len(plain) < 7 or plain not in text.message + text.fix


def sentences() -> list[tuple[str, str]]:
    return [
        (f"{name}.{code}", sentence)
        for name, kinds in toml("messages", "numbers.toml").items()
        for code, entry in kinds.items()
        if code.isupper()
        for sentence in entry.values()
    ]


@pytest.mark.parametrize(("where", "sentence"), sentences())
def test_manner_of_speaking(where: str, sentence: str):
    assert not [word for word in FORBIDDEN if word in sentence], sentence
    assert not sentence.endswith("。"), "a single sentence has no full stop"
    assert not re.search(r"[\u4e00-\u9fff][,;:?]|[,;:?][\u4e00-\u9fff]", sentence), (
        "punctuation is full width"
    )
    bare = re.sub(r"ICP备[0-9]+号|京(?=ICP)|\{[a-z]+\}", "", sentence)
    assert not re.search(
        r"[\u4e00-\u9fff][0-9A-Za-z]|[0-9A-Za-z][\u4e00-\u9fff]", bare.replace("ICP备", "")
    ), "a blank stands between Chinese and digits or Latin letters"


def test_filled_sentences_keep_the_blanks():
    for name in KINDS:
        for problem in emitted(name).values():
            message = problem_text(name, problem).message
            assert "None" not in message
            bare = re.sub(r"“[^”]*”|京ICP备[0-9]+号|ICP备|U\+[0-9A-F]+", "", message)
            assert not re.search(r"[\u4e00-\u9fff][0-9]|[0-9][\u4e00-\u9fff]", bare), message


def test_labels_and_citations():
    for name in KINDS:
        assert kind_label(name) != name
        source = cite(name)
        assert source is None or (source.title and source.issuer and source.checked == "2026-11-23")
    assert cite("uscc") is not None
    assert cite("ric") is not None
