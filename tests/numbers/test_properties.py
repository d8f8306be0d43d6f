"""What holds for any text: no crash, cleaning that is stable, and check characters that catch every slip."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wizard.numbers import KINDS, check_digits, kind

ON = date(2026, 11, 23)
USUAL = "0123456789XABCDHMGILOSVZ wxgh_-—－()（）+.@转号省字第京粤ICP备\u200b\u202d\u3000０１ｘ²①٣\n\t*×"
ANY_TEXT = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=USUAL, max_size=40),
    st.text(st.characters(codec=None, categories=None), max_size=30),
)


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=200)
@given(text=ANY_TEXT)
@example(text="X)X")
@example(text="8，接1")
@example(text="025-39128177转8347转1")
def test_any_text_gets_a_verdict(name: str, text: str):
    module = kind(name)
    verdict = module.validate(text, ON)
    assert verdict.normalised == module.compact(text)
    assert verdict.valid == module.is_valid(text, ON)
    plain = module.compact(text)
    assert module.compact(plain) == plain
    known = module.describe(text, ON)
    shown = module.format(text)
    if verdict.valid:
        assert module.compact(shown) == plain
    else:
        assert known == {}
    for problem in (*verdict.problems, *verdict.doubts):
        assert problem.suggestion is None or module.is_valid(problem.suggestion, ON)
        assert problem.position is None or 1 <= problem.position <= max(len(plain), 1) + 1


LONG = [
    "0",
    "9",
    "X",
    " ",
    "\u200b",
    "号",
    "𠮷",
    "\ud800",
    "-",
    "1-",
    "a.",
    ".",
    "@",
    "x",
    "转",
    "(",
    "gh_",
    "wx",
    "京ICP备",
    "A2.",
]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("piece", LONG)
def test_ten_thousand_characters(name: str, piece: str):
    module = kind(name)
    for start in ("", "0", "wx", "a@", "京ICP备", "+86", "9"):
        text = (start + piece * 10_000)[:10_000]
        module.validate(text, ON)
        module.describe(text, ON)
        assert module.compact(module.compact(text)) == module.compact(text)
        module.format(text)


@pytest.mark.parametrize("seed", range(5))
def test_long_texts_of_any_kind(seed: int):
    chance = random.Random(seed)
    for alphabet in (
        range(0x110000),
        range(0x20, 0x7F),
        [ord(char) for char in USUAL],
        range(0xD800, 0xE000),
    ):
        text = "".join(map(chr, chance.choices(alphabet, k=10_000)))
        for name in KINDS:
            kind(name).validate(text, ON)
            kind(name).describe(text, ON)


CATEGORIES = ["11", "12", "31", "51", "52", "53", "91", "92", "93", "A1", "N2", "Y1"]
PLACES = ["110115", "310115", "440305", "330106", "510107", "100000", "659001"]
ORGANISATIONS = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8)


@st.composite
def usccs(draw: st.DrawFn) -> str:
    body = draw(ORGANISATIONS)
    start = draw(st.sampled_from(CATEGORIES)) + draw(st.sampled_from(PLACES))
    code = start + body + check_digits.organisation(body)
    return code + check_digits.uscc(code)


@st.composite
def resident_ids(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1910, 1, 1), ON - timedelta(days=366)))
    body = draw(st.sampled_from(PLACES[:5])) + f"{born:%Y%m%d}" + f"{draw(st.integers(0, 999)):03d}"
    return body + check_digits.resident(body)


@given(code=usccs())
@settings(max_examples=40)
def test_every_slip_in_a_uscc_is_caught(code: str):
    module = kind("uscc")
    assert module.is_valid(code, ON)
    for place in range(18):
        for char in check_digits.USCC_ALPHABET:
            if char != code[place]:
                assert not module.is_valid(code[:place] + char + code[place + 1 :], ON)
        swapped = code[:place] + code[place : place + 2][::-1] + code[place + 2 :]
        assert swapped == code or not module.is_valid(swapped, ON)


@given(number=resident_ids())
@settings(max_examples=60)
def test_every_slip_in_a_resident_id_is_caught(number: str):
    module = kind("ric")
    assert module.is_valid(number, ON)
    for place in range(18):
        for char in "0123456789X":
            if char != number[place]:
                assert not module.is_valid(number[:place] + char + number[place + 1 :], ON)
        swapped = number[:place] + number[place : place + 2][::-1] + number[place + 2 :]
        assert swapped == number or not module.is_valid(swapped, ON)


@given(number=resident_ids(), data=st.data())
def test_a_look_alike_is_suggested_and_never_put_in(number: str, data: st.DataObject):
    places = [place for place, char in enumerate(number) if char in "0125"]
    place = data.draw(st.sampled_from(places))
    twin = {"0": "O", "1": "l", "2": "Z", "5": "s"}[number[place]]
    typed = number[:place] + twin + number[place + 1 :]
    verdict = kind("ric").validate(typed, ON)
    assert verdict.reason == "LOOKALIKE"
    assert verdict.normalised == typed.upper()
    assert verdict.problems[0].position == place + 1
    assert verdict.problems[0].suggestion == number


@given(code=usccs(), data=st.data())
def test_what_cannot_be_seen_does_not_count(code: str, data: st.DataObject):
    unseen = "\u200b\u200d\u2060\ufeff\u00ad\u202d\u202c\u200e \u00a0\u3000\t\n\r-–—－"
    place = data.draw(st.integers(0, 18))
    typed = code[:place] + data.draw(st.text(unseen, max_size=4)) + code[place:]
    assert kind("uscc").compact(typed) == code
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code.lower())
    assert kind("uscc").compact(wide) == code
