"""备案号 as it is entered: form, kind and province."""

from datetime import date

import pytest

from tests.tracking.cases import NUMBERS, a_draft, followed
from wizard.tracking.granted import SERVICE, SUBJECT, number_doubt, number_told
from wizard.tracking.record import Refused

ON = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("name", "text", "province", "said"),
    [
        (SERVICE, "京ICP备2024012345号-1X", "北京市", ""),
        (SERVICE, "京ICP备2024012345号-1X", "110000", ""),
        (SERVICE, "京icp備2024012345號－1x", "北京市", ""),
        (SERVICE, "粤B2-20090059-1626X", "广东省", ""),
        (SERVICE, "京ICP备2024012345号", "北京市", "主体的备案号"),
        (SERVICE, "京ICP备2024012345号-1", "北京市", "网站的备案号"),
        (SERVICE, "京ICP备2024012345号-1A", "北京市", "App的备案号"),
        (SERVICE, "粤ICP备2024012345号-1X", "北京市", "广东省发的，备案省填的是北京市"),
        (SERVICE, "川ICP备2024012345号-1X", "四川省", "蜀"),
        (SERVICE, "京ICP备20240123号-1", "", "网站"),
        (SERVICE, "2024012345", "", ""),
        (SUBJECT, "京ICP备2024012345号", "北京市", ""),
        (SUBJECT, "京ICP备2024012345号-1X", "北京市", "小程序的备案号"),
    ],
)
def test_a_number_is_judged_as_it_is_typed(name, text, province, said):
    found = number_doubt(a_draft(subject__province=province), name, text, ON)
    if said:
        assert said in found
    else:
        assert bool(found) == (text == "2024012345")


def test_what_a_number_tells():
    assert number_told("京ICP备2024012345号-1X", ON) == "北京市，小程序"
    assert number_told("x", ON) == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"service_icp_number": ""}, "填写小程序备案号"),
        ({"subject_icp_number": "京ICP备2026054321号"}, "不是同一个主体"),
        ({"service_icp_number": "沪ICP备2026012345号-1X"}, "上海市发的"),
    ],
)
def test_a_wrong_number_is_not_noted(changes, said):
    with pytest.raises(Refused, match=said):
        followed(("submitted", "2026-11-23"), ("number_granted", "2026-12-07", NUMBERS | changes))


def test_a_number_is_noted_in_the_form_too():
    draft = followed(("submitted", "2026-11-23"), ("number_granted", "2026-12-07", NUMBERS))
    assert draft.text("progress.service_icp_number") == NUMBERS["service_icp_number"]
    assert draft.text("progress.subject_icp_number") == NUMBERS["subject_icp_number"]
