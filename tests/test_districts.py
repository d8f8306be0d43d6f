"""Administrative divisions: complete enough, found by what people write, and reachable level by level."""

import re

import pytest

from wizard import districts
from wizard.resource_files import path

# made since 2020, and abolished or renumbered
NEWCOMERS = (
    "653228",
    "653229",
    "659012",
    "659013",
    "653132",
    "460302",
    "460303",
    "540581",
    "540481",
    "330113",
)
GONE = (
    "110103",
    "110104",
    "132525",
    "142524",
    "320584",
    "322123",
    "330120",
    "342726",
    "412829",
    "440524",
    "513621",
)


def test_the_file_is_sound():
    lines = path("districts.csv").read_text("utf-8").splitlines()
    assert lines[0] == "code,name,since,until"
    rows = [line.split(",") for line in lines[1:]]
    assert len({row[0] for row in rows}) > 7_400
    for code, name, since, until in rows:
        assert re.fullmatch("[1-8][0-9]{5}", code)
        assert re.fullmatch("[\u3400-\u9fff〇（）]+", name), name
        assert re.fullmatch("([0-9]{4})?", since)
        assert re.fullmatch(r"([0-9]{4}|\?)?", until)
    assert len({(code, name) for code, name, *_ in rows}) == len(rows)
    current = [code for code, *_, until in rows if not until]
    assert len(current) == len(set(current)) == 3_222


@pytest.mark.parametrize("code", NEWCOMERS)
def test_newcomers_are_current(code: str):
    assert districts.current(code)


@pytest.mark.parametrize("code", GONE)
def test_the_abolished_are_known(code: str):
    found = districts.find(code)
    assert found is not None
    assert not found.current
    assert districts.listed(code)
    assert not districts.current(code)


@pytest.mark.parametrize("code", ["", "000000", "110199", "123456", "1", "１１００００", "abc"])
def test_what_never_was(code: str):
    assert districts.find(code) is None
    assert not districts.listed(code)
    assert not districts.current(code)
    assert districts.full_name(code) == ""
    assert districts.children(code) == () or code == "000000"


def test_provinces():
    assert len(districts.provinces()) == 31
    assert len(districts.provinces(outside=True)) == 34
    assert all(row.level == "province" and row.current for row in districts.provinces())


def test_every_division_is_reachable_from_its_province():
    reached = set()
    for province in districts.provinces():
        for city in districts.children(province.code):
            assert districts.parent(city.code) == province
            for district in districts.children(city.code):
                assert districts.parent(district.code) == city
                reached.add(district.code)
    rows = (line.split(",") for line in path("districts.csv").read_text("utf-8").splitlines()[1:])
    wanted = {row[0] for row in rows if not row[3] and not row[0].endswith("00")}
    assert reached == wanted


def test_municipalities_have_one_city_of_their_name():
    assert [(row.code, row.name) for row in districts.children("110000")] == [("110100", "北京市")]
    assert "110115" in [row.code for row in districts.children("110100")]
    assert "500235" in [row.code for row in districts.children("500100")]


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("北京", "", "110000"),
        ("北京市", "", "110000"),
        ("110115", "", "110115"),
        ("110115", "110100", "110115"),
        ("110115", "120000", None),
        ("大兴", "110100", "110115"),
        ("大兴区", "110000", "110115"),
        ("内蒙古", "", "150000"),
        ("广西壮族自治区", "", "450000"),
        ("广西", "", "450000"),
        ("西藏", "", "540000"),
        ("新疆", "", "650000"),
        ("吉林", "", "220000"),
        ("吉林市", "", "220200"),
        ("延边", "220000", "222400"),
        ("仙桃", "429000", "429004"),
        ("云阳县", "500100", "500235"),
        ("鼓楼区", "", None),
        ("鼓楼区", "320100", "320106"),
        ("崇文区", "110100", "110103"),
        ("没有这个地方", "", None),
        ("", "", None),
    ],
)
def test_named(text: str, within: str, code: str | None):
    found = districts.named(text, within)
    assert (found.code if found else None) == code


def test_a_historic_one_only_where_no_current_one_has_the_name():
    assert not districts.named("崇文区", "110100").current
    assert all(row.current for row in districts.all_named("朝阳区"))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("东乡族自治县", "东乡"),
        ("鄂温克族自治旗", "鄂温克"),
        ("景宁畲族自治县", "景宁"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("新疆维吾尔自治区", "新疆"),
        ("大兴安岭地区", "大兴安岭"),
        ("浦东新区", "浦东"),
        ("香港特别行政区", "香港"),
        ("矿区", "矿区"),
    ],
)
def test_short_name(name: str, short: str):
    assert districts.short_name(name) == short


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("110115", "北京市大兴区"),
        ("429004", "湖北省仙桃市"),
        ("130501", "河北省邢台市市辖区"),
        ("500235", "重庆市云阳县"),
        ("330000", "浙江省"),
        ("440300", "广东省深圳市"),
        ("441900", "广东省东莞市"),
    ],
)
def test_full_name(code: str, name: str):
    assert districts.full_name(code) == name


def test_the_name_of_a_year():
    assert districts.at("130502", 1990).name == "桥东区"
    assert districts.at("130502", 2024).name == "襄都区"
    assert districts.at("130502", 1900).name == "桥东区"
    assert districts.at("999999", 1990) is None
    assert districts.full_name_at("130502", 1990) == "河北省邢台市桥东区"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("北京市大兴区旧桥路25号院", "110000 110100 110115"),
        ("北京市 大兴区 旧桥路", "110000 110100 110115"),
        ("北京大兴区", "110000 110100 110115"),
        ("广东省深圳市南山区科技园", "440000 440300 440305"),
        ("广东深圳南山区", "440000 440300 440305"),
        ("杭州市余杭区文一西路", "330000 330100 330110"),
        ("浙江余杭区", "330000 330100 330110"),
        ("余杭区文一西路", "330000 330100 330110"),
        ("鼓楼区中山路", "- - -"),
        ("吉林市船营区", "220000 220200 220204"),
        ("内蒙古呼和浩特市新城区", "150000 150100 150102"),
        ("新疆石河子市", "650000 659000 659001"),
        ("东莞市长安镇", "440000 441900 -"),
        ("昆山市玉山镇", "320000 320500 320583"),
        ("浙江省杭州市江干区", "330000 330100 330104"),
        ("黑龙江省哈尔滨市", "230000 230100 -"),
        ("重庆市云阳县", "500000 500100 500235"),
        ("河北区光复道", "120000 120100 120105"),
        ("北京路12号", "- - -"),
        ("北京朝阳路", "- - -"),
        ("", "- - -"),
        ("中国", "- - -"),
    ],
)
def test_split_address(text: str, codes: str):
    assert " ".join(row.code if row else "-" for row in districts.split_address(text)) == codes
