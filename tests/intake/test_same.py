"""Whether a filing is there already."""

import pytest

from wizard.intake.workbook.same import Identity, Known, identity

APPID, OTHER = "wx3f9a6c21d7e8b045", "wx3f9a6c21d7e8b046"
CODE, NAME = "91110115MA01QFMA2Y", "示例工具"


def filing(appid="", number="", subject="", name="") -> Identity:
    return identity(
        {
            "mini_program.appid": appid,
            "subject.certificate_number": number,
            "subject.name": subject,
            "mini_program.name": name,
        }
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (filing(APPID), filing(APPID, CODE, "甲", NAME), True),
        (filing(APPID), filing(f" {APPID.upper()} "), True),
        (filing(APPID, CODE, "甲", NAME), filing(OTHER, CODE, "甲", NAME), False),
        (filing("", CODE, "甲", NAME), filing(APPID, CODE, "甲", NAME), True),
        (filing("", f"{CODE[:9]} {CODE[9:]}".lower(), "甲", f" {NAME} "), filing("", CODE, "", NAME), True),
        (filing("", CODE, "甲", NAME), filing("", CODE, "甲", "另一个"), False),
        (filing("", "", "甲", NAME), filing("", CODE, "甲", NAME), True),
        (filing("", CODE[:-1] + "X", "甲", NAME), filing("", CODE, "甲", NAME), False),
        (filing("", CODE), filing("", CODE), True),
        (filing("", CODE), filing("", CODE, "甲"), False),
    ],
)
def test_matching(one, other, same):
    assert bool(Known.of([(one, "一")]).find(other)) is same
    assert bool(Known.of([(other, "一")]).find(one)) is same


def test_the_first_keeps_its_name():
    known = Known.of([(filing(APPID), "一"), (filing(APPID), "二")])
    assert known.find(filing(APPID)) == "一"
    assert not known.find(filing(OTHER))
    assert not Known().find(filing())
