"""Invented people, companies and places, with right check digits. None of the places exists."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜欧阳"
GIVEN = "知远晓岚思源佳怡建国雨桐子墨清和若川明哲文静志强海燕秀英浩然梓萱已任样本云舟砚秋望舒"
ETHNICITIES = ("汉", "汉", "汉", "汉", "回", "满", "壮", "苗", "维吾尔", "土家")
STREETS = (
    "长堤路", "旧渡街", "松影大道", "石桥巷", "望江路", "青枫路",
    "书院街", "织锦路", "春和路", "北固大街", "梅坞路", "星河大道",
)  # fmt: skip
BRANDS = (
    "青屿", "墨川", "拾穗", "云岫", "星槎", "禾木", "泊野",
    "南烛", "松间", "知微", "朗月", "初阳", "鹿鸣", "溪午",
)  # fmt: skip
PLACES = (
    # province, city, district, the city's code (…98: not given to anybody)
    ("浙江省", "临溪市", "云杉区", "339801"),
    ("江苏省", "泽阳市", "鹤亭区", "329802"),
    ("四川省", "安澜市", "青石区", "519803"),
    ("广东省", "望海市", "榕荫区", "449804"),
    ("湖北省", "楚汀市", "芦洲区", "429805"),
    ("", "北京市", "柳堤区", "110198"),
    ("", "上海市", "汇川区", "310198"),
    ("内蒙古自治区", "苏勒市", "白桦区", "159806"),
)
TRADES = {
    "食品": "食品销售（仅销售预包装食品）；食用农产品批发；食用农产品零售；日用百货销售；货物进出口",
    "智能科技": "技术服务、技术开发、技术咨询、技术交流、技术转让、技术推广；软件开发；信息系统集成服务",
    "服饰": "服装服饰批发；服装服饰零售；鞋帽批发；鞋帽零售；针纺织品及原料销售；箱包销售",
    "文化传媒": "组织文化艺术交流活动；广告设计、代理；广告制作；广告发布；会议及展览服务",
    "供应链管理": "供应链管理服务；道路货物运输（不含危险货物）；国内货物运输代理；装卸搬运",
    "餐饮": "餐饮服务；外卖递送服务；食品互联网销售；小食杂；餐饮管理；礼仪服务",
}
TAIL = "（依法须经批准的项目，经相关部门批准后方可开展经营活动）"
TYPES = (
    "有限责任公司（自然人独资）",
    "有限责任公司（自然人投资或控股）",
    "有限责任公司（非自然人投资或控股的法人独资）",
    "股份有限公司（非上市、自然人投资或控股）",
)
CAPITALS = (
    "500万元人民币",
    "伍佰万圆整",
    "壹佰万元整",
    "50.8万元人民币",
    "10000万人民币",
    "人民币叁仟万元整",
)


@dataclass(frozen=True, slots=True)
class Place:
    province: str
    city: str
    district: str
    code: str

    @property
    def whole(self) -> str:
        return f"{self.province}{self.city}{self.district}"


def identity_number(code: str, birth: date, sequence: int) -> str:
    """GB 11643: weights are powers of two modulo 11."""
    body = f"{code}{birth:%Y%m%d}{sequence:03}"
    return body + "10X98765432"[sum(int(sign) * pow(2, 17 - at, 11) for at, sign in enumerate(body)) % 11]


def credit_code(dice: Random, pair: str, area: str) -> str:
    """GB 32100 around GB 11714: both check digits right."""
    eight = dice.choice(("MA", "")) + "".join(
        dice.choices(SIGNS if dice.random() < 0.6 else "0123456789", k=8)
    )
    eight = eight[:8]
    nine = sum(int(sign, 36) * weight for sign, weight in zip(eight, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    body = pair + area + eight + "0X987654321"[nine % 11]
    return body + SIGNS[-sum(SIGNS.index(sign) * pow(3, at, 31) for at, sign in enumerate(body)) % 31]


def place(dice: Random) -> Place:
    return Place(*dice.choice(PLACES))


def name(dice: Random) -> str:
    return dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2, 2))))


def day(dice: Random, first: int, last: int) -> date:
    start = date(first, 1, 1)
    return start + timedelta(days=dice.randrange((date(last, 12, 31) - start).days))


def later(start: date, years: int) -> date:
    return start.replace(year=start.year + years, day=min(start.day, 28) if start.month == 2 else start.day)


def street(dice: Random) -> str:
    house = f"{dice.choice(STREETS)}{dice.randint(1, 999)}号"
    return house + dice.choice(
        (
            "",
            f"{dice.randint(1, 20)}号楼{dice.randint(1, 28)}层{dice.randint(101, 2890)}室",
            f"创新产业园{dice.randint(1, 20)}栋{dice.randint(1, 28)}楼{dice.randint(101, 2890)}-A室",
            f"院{dice.randint(1, 20)}号楼{dice.randint(1, 4)}单元{dice.randint(101, 2890)}",
        )
    )


def scope(dice: Random, trade: str) -> str:
    return TRADES[trade] + dice.choice(("。", f"。{TAIL}"))


def person(dice: Random) -> dict[str, Any]:
    """What stands on both sides of an identity card."""
    where, birth = place(dice), day(dice, 1955, 2003)
    sequence = dice.randint(0, 999)
    issued = day(dice, 2012, 2025)
    age = issued.year - birth.year
    years = 10 if age < 26 else 20
    return {
        "name": name(dice),
        "sex": "女男"[sequence % 2],
        "ethnicity": dice.choice(ETHNICITIES),
        "birth": birth,
        "address": where.whole + street(dice),
        "id_number": identity_number(where.code, birth, sequence),
        "issuer": f"{where.city}公安局" + dice.choice(("", f"{where.district.rstrip('区')}分局")),
        "valid_from": issued,
        "valid_to": "长期" if age > 46 else later(issued, years),
    }


def company(dice: Random) -> dict[str, Any]:
    """What stands on the licence of a company."""
    where, trade, start = place(dice), dice.choice([*TRADES][:-1]), day(dice, 2009, 2023)
    return {
        "uscc": credit_code(dice, "91", where.code),
        "name": f"{where.city}{dice.choice(BRANDS)}{trade}有限公司",
        "type": dice.choice(TYPES),
        "legal_person": name(dice),
        "registered_capital": dice.choice(CAPITALS),
        "established": start,
        "term_from": start,
        "term_to": dice.choice(("长期", later(start, dice.choice((20, 30))) - timedelta(days=1))),
        "address": where.whole + street(dice),
        "business_scope": scope(dice, trade),
        "authority": dice.choice((where.city, f"{where.city}{where.district}")) + "市场监督管理局",
        "issued": max(start, day(dice, 2016, 2025)),
    }


def shop(dice: Random) -> dict[str, Any]:
    """What stands on the licence of a 个体工商户."""
    where, trade, start = place(dice), dice.choice([*TRADES]), day(dice, 2009, 2023)
    return {
        "uscc": credit_code(dice, "92", where.code),
        "name": f"{where.district}{dice.choice(BRANDS)}{trade[:2]}店",
        "type": "个体工商户",
        "legal_person": name(dice),
        "composition": dice.choice(("个人经营", "家庭经营")),
        "established": start,
        "address": where.whole + street(dice),
        "business_scope": scope(dice, trade),
        "authority": f"{where.city}{where.district}市场监督管理局",
        "issued": max(start, day(dice, 2016, 2025)),
    }


def organisation(dice: Random, pair: str, called: tuple[str, ...], authority: str) -> dict[str, Any]:
    """What stands on the certificate of an institution or association."""
    where, start = place(dice), day(dice, 2019, 2024)
    return {
        "uscc": credit_code(dice, pair, where.code),
        "name": f"{where.city}{where.district}{dice.choice(called)}",
        "business_scope": "为人民群众提供公共服务。承担本辖区业务指导、人员培训、宣传推广及技术支持工作。",
        "address": where.whole + street(dice),
        "legal_person": name(dice),
        "funding": dice.choice(("财政补助（全额拨款）", "非财政补助（自收自支）", "差额拨款")),
        "registered_capital": f"{dice.randint(3, 5000)}万元",
        "sponsor": f"{where.city}{where.district}{dice.choice(('教育局', '卫生健康局', '文化和旅游局'))}",
        "authority": f"{where.city}{authority}",
        "term_from": start,
        "term_to": later(start, 5) - timedelta(days=1),
    }
