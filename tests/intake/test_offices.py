"""The name on a seal, with one letter misread or lost."""

import pytest

from wizard.intake.offices import mended
from wizard.intake.proof import LIKELY, plain
from wizard.intake.values import Value

RIGHT = "北京市柳堤区市场监督管理局"
FIELDS = {
    "address": Value("北京市柳堤区旧桥路930号", 0.99, ()),
    "name": Value("柳堤区星槎服装店", 0.99, ()),
}


def said(read: str, address: str = "") -> Value:
    fields = FIELDS | ({"address": Value(address, 0.99, ())} if address else {})
    return mended(Value(read, 0.99, ()), fields)


@pytest.mark.parametrize(
    "read",
    [
        "北京市榔堤区市场监督管理局",
        "北京市柳堤区市场监督管座局",
        "北京市挪堤区市场监督管距局",
        "北京市柳堤区市场监督理局",
        "京市柳堤区市场监督管理局",
    ],
)
def test_a_letter_is_put_right_and_the_name_doubtful(read):
    assert said(read).text == RIGHT
    assert plain(said(read)) < LIKELY


@pytest.mark.parametrize(
    "read",
    [RIGHT, "安澜市市场监督管理局", "北京市海淀区市场监督管理局", "柳堤区民政局", "北京市柳堤区某某委员会"],
)
def test_other_names_stay_as_they_were_read(read):
    assert said(read) == Value(read, 0.99, ())


def test_a_place_within_the_address_lacks_nothing():
    right = "临溪市市场监督管理局"
    assert said(right, "浙江省临溪市云杉区书院街9号").text == right
    assert said("临溪事市场监督管理局", "浙江省临溪市云杉区书院街9号").text == right


def test_without_an_address_only_the_kind_is_put_right():
    assert mended(Value("北京市榔堤区市场监督管座局", 0.99, ()), {}).text == "北京市榔堤区市场监督管理局"
