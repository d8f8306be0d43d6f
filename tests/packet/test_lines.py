"""Chinese lines: nothing lost, nothing too wide, no closing mark first, no opening mark last."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packet.cases import REMARK
from wizard.packet.fonts import typeface
from wizard.packet.lines import NOT_FIRST, NOT_LAST, split

BLANK = " \t\u00a0\u2002\u2003\u2009\u202f\u3000"
PIECES = [
    "北京",
    "，",
    "。",
    "」",
    "）",
    "（",
    "《",
    "》",
    "“",
    "”",
    "——",
    "……",
    "、",
    "·",
    " ",
    "　",
    "A",
    "word",
]
PIECES += ["2026-11-23", "someone@example.com", "x" * 30, "(", ")", ";", "%", "№", "𪚥", "e\u0301", "\n"]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=60).map("".join)


def advance(text: str) -> float:
    return typeface("regular").width(text, 10)


def wide(line: str) -> float:
    return advance(line.rstrip(BLANK))


@given(TEXTS, st.floats(35, 400))
def test_lines_are_the_text(text: str, width: float):
    lines = split(text, width, advance)
    assert "".join(lines) == "".join(text.splitlines())


@given(TEXTS, st.floats(35, 400))
def test_no_line_is_too_wide(text: str, width: float):
    for line in split(text, width, advance):
        solid = line.rstrip(BLANK)
        assert wide(line) <= width + 1e-6 or len(solid) <= 1 or not solid.strip(BLANK)


@given(TEXTS, st.floats(35, 400))
def test_marks_stand_where_they_may(text: str, width: float):
    for paragraph in text.splitlines():
        lines = split(paragraph, width, advance)
        for line, following in itertools.pairwise(lines):
            bad = following[0] in NOT_FIRST or line.rstrip(BLANK)[-1:] in NOT_LAST
            assert not bad or not could_break(line, following), (line, following)


def could_break(line: str, following: str) -> bool:
    """Whether any other end of `line` would have been right: if none is, it breaks where it must."""
    whole = line + following[0]
    return any(
        whole[at] not in NOT_FIRST
        and whole[at] not in BLANK
        and whole[:at].rstrip(BLANK)[-1:] not in NOT_LAST
        for at in range(1, len(line))
    )


@given(TEXTS, st.floats(160, 400))
def test_short_words_stay_whole(text: str, width: float):
    for paragraph in text.splitlines():
        lines = split(paragraph, width, advance)
        for line, following in itertools.pairwise(lines):
            if line.endswith("2026-11") or following.startswith("11-23"):
                assert "x" * 30 in paragraph or "@" in paragraph, "a date was torn"


def test_a_remark():
    for width in range(60, 400, 7):
        lines = split(REMARK, width, advance)
        assert not any(line[0] in "，。；：、）”》" for line in lines if line)
        assert not any(line[-1] in "（“《" for line in lines)
        assert any(line.startswith("　　名称") for line in lines), "the indent is gone"


@pytest.mark.parametrize("pair", ["——", "……"])
def test_pairs_are_not_parted(pair: str):
    for width in range(40, 120):
        for line in split(f"他说{pair}好{pair}再见", width, advance):
            assert line.count(pair[0]) % 2 == 0


def test_a_word_longer_than_a_line_is_broken():
    lines = split("网址 " + "W" * 3000 + "。完", 200, advance)
    assert lines[0] == "网址 "
    assert all(wide(line) <= 200 for line in lines)
    assert not any(line[0] == "。" for line in lines)


def test_nothing_but_marks():
    assert "".join(split("，" * 1000, 100, advance)) == "，" * 1000
    assert "".join(split("（" * 1000, 100, advance)) == "（" * 1000
    assert split("", 100, advance) == [""]
    assert split("a\n\nb", 100, advance) == ["a", "", "b"]


def test_blanks_hang():
    assert split("北京市" + " " * 40 + "大兴区", 35, advance) == ["北京市" + " " * 40, "大兴区"]
