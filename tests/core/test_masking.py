"""Private values as they may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.masking import masked, masked_name, masked_within


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13800005678", "138****5678"),
        ("138 0000 5678", "138****5678"),
        ("110115198403121234", "110115********1234"),
        ("11011519840312123X", "110115********123X"),
        ("110115840312123", "110115******123"),
        ("lin.zhiyuan@example.com", "l***@example.com"),
        ("010-60000101", "010-****0101"),
        ("K1234567", "K123**67"),
        ("中关村大街甲1号2门301", "中关村***"),
        ("朝阳北路 5 号院", "朝阳北路***"),
        ("长安", "长*"),
        ("123", "1***"),
        ("", ""),
    ],
)
def test_masks(text, shown):
    assert masked(text) == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张*"), ("欧阳娜娜", "欧***"), ("Ada", "A**"), ("王", "王"), ("", "")]
)
def test_names(name, shown):
    assert masked_name(name) == shown


def test_numbers_and_names_within_a_text():
    text = "客户张三丰_11011519840312123X_13800005678.json"
    assert masked_within(text, ("张三丰",)) == "客户张**_110115********123X_138****5678.json"


def test_what_only_looks_like_a_number_stays():
    for text in ("91110115MA01QFMA2Y", "订单 2138000056789", "第 12 版", "wx0123456789abcdef"):
        assert masked_within(text) == text


@given(st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True), st.text("年月公司，。 ", max_size=6))
def test_no_more_than_ten_characters_of_a_number_are_ever_shown(number, around):
    shown = masked(number)
    assert len(shown) == 18
    assert shown.count("*") == 8
    assert number not in masked_within(around + shown + around)
