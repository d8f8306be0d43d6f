"""Characters that the mainland's papers do not print are read as those they do."""

import pytest

from wizard.intake.simplified import pairs, printed

NAMES = "於昇甯堃祐徵乾邨迺喆淼濬麴"
"""Forms that 通用规范汉字表 lists beside the simplified ones: they stand in names."""


@pytest.mark.parametrize(("seen", "meant"), ["區区", "號号", "陽阳", "業业", "經经", "範范", "漢汉"])
def test_a_traditional_form(seen: str, meant: str):
    assert pairs()[seen] == meant


def test_forms_of_names_are_left_alone():
    assert not set(NAMES) & set(pairs())


def test_no_form_leads_to_another():
    assert len(pairs()) > 2500
    assert not set(pairs()) & set(pairs().values())


def test_each_sign_of_the_engine_has_the_one_that_is_meant():
    letters = ["blank", "區", "区", "號", "A", "於"]
    assert [letters[place] for place in printed(letters)] == ["blank", "区", "区", "號", "A", "於"]
