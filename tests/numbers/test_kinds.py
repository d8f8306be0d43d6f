"""Hard cases of each kind: what is right though it looks wrong, and what is wrong though it looks right."""

import subprocess
import sys
from datetime import date

import pytest

from wizard.numbers import KINDS, kind

ON = date(2026, 11, 23)

RIGHT = [
    ("uscc", "91110115MA01QFMA2Y", "91110115MA01QFMA2Y", []),
    ("uscc", "９１１１０１１５ｍａ０１ｑｆｍａ２ｙ", "91110115MA01QFMA2Y", []),
    ("uscc", "91 110115 MA01QFMA2 Y", "91110115MA01QFMA2Y", []),
    ("uscc", "91110115−MA01QFMA2‑Y", "91110115MA01QFMA2Y", []),
    ("ric", "11010519491231002X", "11010519491231002X", []),
    ("ric", "440524188001010014", "440524188001010014", ["REGION_HISTORIC", "AGE_OVER_120"]),
    ("ric", "11010519491231002ｘ", "11010519491231002X", []),
    ("foreign_pr", "932682198501010017", "932682198501010017", []),
    ("foreign_pr", "can 3100 77123101", "CAN310077123101", ["OLD_CARD_15"]),
    ("licence15", "110108000000016", "110108000000016", []),
    ("licence15", "110108000000017", "110108000000017", ["CHECK_DIGIT"]),
    ("hm_permit", "h12345678", "H12345678", []),
    ("hm_permit", "M12345678 01", "M1234567801", ["OLD_BOOKLET"]),
    ("tw_permit", "1234 5678", "12345678", []),
    ("passport", "ea 1234567", "EA1234567", []),
    ("officer", "军字第2001988號", "军字第2001988号", []),
    ("mobile", "+86 (0) 138-0013-8000", "13800138000", ["TRUNK_ZERO"]),
    ("mobile", "138.0013.8000", "13800138000", []),
    ("mobile", "16112345678", "16112345678", ["RANGE_UNCONFIRMED"]),
    ("mobile", "17012345678", "17012345678", ["MVNO"]),
    ("mobile", "17412345678", "17412345678", []),
    ("mobile", "19212345678", "19212345678", []),
    ("mobile", "14712345678", "14712345678", ["DATA_CARD"]),
    ("landline", "010-82345678", "010-82345678", []),
    ("landline", "(010) 8234-5678", "010-82345678", []),
    ("landline", "010-8234-5678-801", "010-82345678-801", []),
    ("landline", "+86 10 82345678", "010-82345678", []),
    ("landline", "0571-88888888转分机801", "0571-88888888-801", []),
    ("landline", "0571 88888888 EXT. 801", "0571-88888888-801", []),
    ("landline", "０５７１－８８８８８８８８＃８０１", "0571-88888888-801", []),
    ("service400", "(400) 688 1132", "400-688-1132", []),
    ("email", " User.Name+tag@EXAMPLE.Com ", "User.Name+tag@example.com", []),
    ("email", "user＠example．com", "user@example.com", []),
    ("email", "user@公司.cn", "user@xn--55qx5d.cn", None),
    ("email", "zhang\u200bsan@qq.com", "zhangsan@qq.com", []),
    ("email", "zhangsan @ qq.com", "zhangsan@qq.com", []),
    ("email", "zhang san@qq.com", "zhangsan@qq.com", ["BLANK_REMOVED"]),
    ("email", "zhangsan@qq.con", "zhangsan@qq.con", ["TLD_UNKNOWN"]),
    ("domain", "Example.COM.", "example.com", []),
    ("domain", "例子。中国", "xn--fsqu00a.xn--fiqs8s", []),
    ("domain", "xn--fsqu00a.xn--fiqs8s", "xn--fsqu00a.xn--fiqs8s", []),
    ("domain", "com.cn", "com.cn", ["ONLY_SUFFIX"]),
    ("domain", "example.notatld", "example.notatld", ["TLD_UNKNOWN"]),
    ("appid", "WXA43CD299E630C2B4", "wxa43cd299e630c2b4", ["CASE_FOLDED"]),
    ("original_id", "gh_fa83b47d7041", "gh_fa83b47d7041", []),
    ("icp", "京icp備2020012345號—1x", "京ICP备2020012345号-1X", []),
    ("icp", "蜀ICP备05000001号", "蜀ICP备05000001号", []),
    ("icp", "京ICP备04000001号", "京ICP备04000001号", ["EARLY"]),
    ("icp", "陕ICP备040096号", "陕ICP备040096号", ["EARLY"]),
    ("icp", "粤B2-20090059-1626X", "粤B2-20090059-1626X", ["UNDER_LICENCE"]),
    ("division", "110000", "110000", []),
    ("division", "659013", "659013", []),
    ("division", "110103", "110103", ["HISTORIC"]),
    ("division", "810000", "810000", []),
    ("division", "810101", "810101", ["NOT_STANDARD"]),
    ("postcode", "999077", "999077", []),
    ("postcode", "１０００００", "100000", []),
]

WRONG = [
    ("uscc", "", "EMPTY"),
    ("uscc", "\u200b \u3000\n", "EMPTY"),
    ("uscc", "91110115MA01QFMA2", "BAD_LENGTH"),
    ("uscc", "91110115MA01QFMA2Z", "LOOKALIKE"),
    ("uscc", "91110115ΜA01QFMA2Y", "BAD_CHAR"),
    ("uscc", "9111011５MA01QFMA2Y²", "BAD_CHAR"),
    ("uscc", "110105194912310021", "DIVISION"),
    ("org_code", "12345678", "BAD_LENGTH"),
    ("ric", "110105194912310021", "CHECK_DIGIT"),
    ("ric", "11010519491231002Х", "BAD_CHAR"),
    ("ric", "1101051949123100٢X", "BAD_CHAR"),
    ("ric", "932682198501010017", "IS_FOREIGN_PR"),
    ("ric", "110105491231002", "LEGACY_15"),
    ("ric", "11010549123100X", "BAD_LENGTH"),
    ("ric15", "110105491331002", "BAD_DATE"),
    ("hmt_residence", "11010519491231002X", "REGION"),
    ("foreign_pr", "911124198108030028", "CHECK_DIGIT"),
    ("foreign_pr", "990682198501010017", "REGION"),
    ("foreign_pr", "CAN310077133101", "BAD_DATE"),
    ("hm_permit", "12345678", "BAD_FORMAT"),
    ("tw_permit", "123456789", "BAD_FORMAT"),
    ("passport", "E1234", "BAD_FORMAT"),
    ("mobile", "13800138000ext5", "BAD_CHAR"),
    ("mobile", "+852 9123 4567", "OTHER_COUNTRY"),
    ("mobile", "15412345678", "UNASSIGNED_RANGE"),
    ("mobile", "14012345678", "IOT_NUMBER"),
    ("mobile", "010-82345678", "UNASSIGNED_RANGE"),
    ("mobile", "1３8٠0138000", "BAD_CHAR"),
    ("landline", "13800138000", "AREA_CODE"),
    ("landline", "88886666", "AREA_CODE"),
    ("landline", "0999999-1234567", "BAD_LENGTH"),
    ("landline", "010-12345678", "BAD_SUBSCRIBER"),
    ("landline", "0571-88888888转八零一", "EXTENSION"),
    ("landline", "+852-21234567", "OTHER_COUNTRY"),
    ("service400", "500-688-1132", "BAD_FORMAT"),
    ("email", "张三@example.com", "BAD_LOCAL"),
    ("email", "user@localhost", "BAD_DOMAIN"),
    ("email", "user@192.168.1.1", "BAD_DOMAIN"),
    ("email", "user.example.com", "AT_SIGN"),
    ("email", "@example.com", "BAD_LOCAL"),
    ("email", "a" * 65 + "@example.com", "BAD_LOCAL"),
    ("domain", "https://www.example.com/a?b", "BAD_CHAR"),
    ("domain", "①.com", "BAD_CHAR"),
    ("domain", "192.168.1.1", "NO_TLD"),
    ("domain", "localhost", "NO_TLD"),
    ("domain", "my_site.com", "BAD_CHAR"),
    ("domain", "a..com", "LABEL_LENGTH"),
    ("domain", "a" * 64 + ".com", "LABEL_LENGTH"),
    ("domain", "xn--a-.com", "BAD_CHAR"),
    ("appid", "gh_fa83b47d7041", "IS_ORIGINAL_ID"),
    ("appid", "fa83b47d7041c6bf", "BAD_PREFIX"),
    ("original_id", "wxa43cd299e630c2b4", "IS_APPID"),
    ("icp", "粤B2-20090059", "IS_LICENCE"),
    ("icp", "京ICP证030173号", "IS_LICENCE"),
    ("icp", "京公网安备11000002000001号", "IS_POLICE_RECORD"),
    ("icp", "秦ICP备12345678号", "PROVINCE"),
    ("icp", "粤ICP备2027012345号", "YEAR"),
    ("icp", "粤ICP备1234567号", "BAD_FORMAT"),
    ("division", "99999", "BAD_LENGTH"),
    ("division", "119999", "UNKNOWN"),
    ("postcode", "990000", "UNKNOWN_PREFIX"),
]

SUGGESTED = [
    ("uscc", "9111O115MA01QFMA2Y", "91110115MA01QFMA2Y"),
    ("uscc", "９１１１０１１５МA01QFMA2Y", "91110115MA01QFMA2Y"),
    ("ric", "11010519491231002×", "11010519491231002X"),
    ("ric", "110105491231002", "11010519491231002X"),
    ("mobile", "138O0138000", "13800138000"),
    ("landline", "571-88888888", "0571-88888888"),
    ("domain", "https://example.com/path", "example.com"),
    ("domain", "www.example.com", "example.com"),
    ("appid", "vxfa83b47d7041c6bf", "wxfa83b47d7041c6bf"),
    ("appid", "fa83b47d7041c6bf", "wxfa83b47d7041c6bf"),
    ("appid", "wxfa8ob47d7041c6bf", "wxfa80b47d7041c6bf"),
    ("appid", "wx-fa83b47d7041c6bf", "wxfa83b47d7041c6bf"),
    ("icp", "川ICP备12345678号", "蜀ICP备12345678号"),
    ("icp", "粤ICP备12345678-1x", "粤ICP备12345678号-1X"),
    ("icp", "备案号：粤ICP备12345678号", "粤ICP备12345678号"),
    ("officer", "军字2001988号", "军字第2001988号"),
    ("hm_permit", "HO1234567", "H01234567"),
]

NAMED = [
    ("uscc", "11010519491231002X", "居民身份证号"),
    ("uscc", "13800138000", "手机号码"),
    ("uscc", "MA01QFMA2", "组织机构代码"),
    ("ric", "13800138000", "手机号码"),
    ("mobile", "01082345678", "固定电话"),
    ("landline", "13800138000", "手机号码"),
    ("landline", "4006881132", "400 电话"),
    ("hmt_residence", "11010519491231002X", "居民身份证号"),
    ("appid", "91110115MA01QFMA2Y".lower(), ""),
    ("email", "wxa43cd299e630c2b4", "AppID"),
    ("hm_permit", "810000198504254504", "港澳台居民居住证号"),
]


@pytest.mark.parametrize(("name", "typed", "plain", "doubts"), RIGHT)
def test_right(name: str, typed: str, plain: str, doubts: list[str] | None):
    verdict = kind(name).validate(typed, ON)
    assert verdict.reason == "OK"
    assert verdict.normalised == plain
    assert doubts is None or [doubt.code for doubt in verdict.doubts] == doubts


@pytest.mark.parametrize(("name", "typed", "reason"), WRONG)
def test_wrong(name: str, typed: str, reason: str):
    assert kind(name).validate(typed, ON).reason == reason


@pytest.mark.parametrize(("name", "typed", "meant"), SUGGESTED)
def test_a_repair_is_suggested(name: str, typed: str, meant: str):
    verdict = kind(name).validate(typed, ON)
    suggestions = [problem.suggestion for problem in (*verdict.problems, *verdict.doubts)]
    assert meant in suggestions
    assert verdict.normalised != meant


@pytest.mark.parametrize(("name", "typed", "label"), NAMED)
def test_another_kind_is_named(name: str, typed: str, label: str):
    hints = " ".join(
        str(problem.values.get("hint", "")) for problem in kind(name).validate(typed, ON).problems
    )
    assert label in hints


def test_where_the_slip_is():
    verdict = kind("uscc").validate("91110115MA01QFMA2X", ON)
    assert verdict.problems[0].values["where"] == "前 8 位或最后一位"
    verdict = kind("uscc").validate("91110115MA01QFAM2Y", ON)
    assert verdict.problems[0].values["where"] == "第 9–17 位"


def test_a_birthday_on_29_february_comes_on_1_march():
    number = "110105200802290" + "01"
    from wizard.numbers import check_digits

    number += check_digits.resident(number)
    ric = kind("ric")
    assert ric.describe(number, date(2026, 2, 28))["age"] == 17
    assert ric.describe(number, date(2026, 3, 1))["age"] == 18


def test_what_is_known_is_told():
    assert kind("uscc").describe("91110115MA01QFMA2Y", ON) == {
        "department": "市场监督管理部门",
        "category": "企业",
        "division": "110115",
        "place": "北京市大兴区",
        "organisation_code": "MA01QFMA-2",
    }
    assert kind("ric").describe("11010519491231002X", ON) == {
        "province": "北京市",
        "place": "北京市朝阳区",
        "birth_date": "1949-12-31",
        "gender": "女",
        "age": 76,
    }
    known = kind("icp").describe("蜀ICP备2020012345号-1X", ON)
    assert known == {"province": "四川省", "kind": "小程序", "subject": "蜀ICP备2020012345号", "year": 2020}


def test_unknown_kind():
    with pytest.raises(KeyError):
        kind("isbn")


def test_importing_the_package_loads_nothing_heavy():
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, wizard.numbers; print(*sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    heavy = {"email_validator", "idna", "tldextract", "requests", "wizard.districts", "wizard.numbers.uscc"}
    assert not heavy & set(loaded)


NO_SOCKET = """
import socket, sys
made = []
sys.addaudithook(lambda event, _: made.append(event) if event.startswith("socket.") else None)
from datetime import date
from wizard.numbers import KINDS, kind
for name in KINDS:
    kind(name).validate("a@b.example-unknown.co.uk", date(2026, 1, 1))
    kind(name).validate("b.example-unknown.co.uk", date(2026, 1, 1))
print("tldextract" in sys.modules, made)
assert socket.has_ipv6 in (True, False)
"""


def test_no_kind_opens_a_socket_not_even_to_see_whether_there_is_a_network():
    ran = subprocess.run([sys.executable, "-c", NO_SOCKET], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "True []"


@pytest.mark.parametrize("name", KINDS)
def test_one_shape(name: str):
    module = kind(name)
    assert {"compact", "validate", "is_valid", "format", "describe"} <= set(dir(module))
    assert module.__doc__
