"""Administrative divisions (行政区划, GB/T 2260), current and historic, down to the county level.

The list is `resources/districts.csv`. A code may have carried several names in turn; its rows stand in the
order of time, the current one last. It is read at the first question, in a few milliseconds, and kept.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from wizard.resource_files import path

_MUNICIPALITIES = ("11", "12", "31", "50")
_OUTSIDE = ("71", "81", "82")
_PEOPLES = (
    "维吾尔|柯尔克孜|哈萨克|塔吉克|锡伯|蒙古|达斡尔|鄂温克|鄂伦春|朝鲜|满|回|藏|苗|彝|壮|布依|侗|瑶|白|土家|哈尼|傣|黎|傈僳|佤|"
    "畲|拉祜|水|东乡|纳西|景颇|土|仫佬|羌|布朗|撒拉|毛南|仡佬|阿昌|普米|怒|德昂|保安|裕固|独龙|门巴|珞巴|基诺|各"
)
_ENDING = re.compile(
    rf"(?<=..)(?:族?(?:(?:{_PEOPLES})族?)*自治[区州县旗]|特别行政区|省|市|地区|盟|林区|特区|新区|区|县|旗)$"
)


@dataclass(frozen=True, slots=True)
class District:
    """One division. `since` and `until` are years: the first and last that the sources list it.

    `until` is empty while the division exists and ``?`` where it ended in a year no source names.
    """

    code: str
    name: str
    since: str
    until: str

    @property
    def level(self) -> Literal["province", "city", "district"]:
        """Province (省级), city (地级) or district (县级), as the zeros of the code say."""
        if self.code.endswith("0000"):
            return "province"
        return "city" if self.code.endswith("00") else "district"

    @property
    def current(self) -> bool:
        """Whether it exists today."""
        return not self.until


@cache
def _lines() -> dict[str, str]:
    """Code → its last line (current where there is one)."""
    text = path("districts.csv").read_text(encoding="utf-8")
    return {line[:6]: line for line in text.split("\n")[1:] if line}


@cache
def _eras() -> dict[str, tuple[str, ...]]:
    """Code → all its lines, of those codes that have changed their name or ended."""
    eras: dict[str, tuple[str, ...]] = {}
    for line in path("districts.csv").read_text(encoding="utf-8").split("\n")[1:]:
        if line and (line[-1] != "," or line[:6] in eras):
            eras[line[:6]] = (*eras.get(line[:6], ()), line)
    return eras


def _row(line: str) -> District:
    return District(*line.split(","))


@cache
def _gone() -> tuple[District, ...]:
    """All that has ended or has another name now."""
    return tuple(_row(line) for lines in _eras().values() for line in lines if line[-1] != ",")


def find(code: str) -> District | None:
    """The division of that code, the present or last one of it, or None where the code was never given."""
    line = _lines().get(code)
    return _row(line) if line else None


def listed(code: str) -> bool:
    """Whether the code is or was in use; quicker than `find`."""
    return code in _lines()


def current(code: str) -> bool:
    """Whether the code is in use today."""
    return _lines().get(code, "?")[-1] == ","


def at(code: str, year: int) -> District | None:
    """The division the code meant in `year`; before the records begin, the first one recorded."""
    for line in _eras().get(code, ()):
        row = _row(line)
        if not row.until or (row.until != "?" and year <= int(row.until)):
            return row
    return find(code)


@cache
def provinces(outside: bool = False) -> tuple[District, ...]:
    """The 31 provinces of the mainland; with `outside` also 台湾省, 香港 and 澳门."""
    lines = (line for code, line in _lines().items() if code.endswith("0000") and line[-1] == ",")
    return tuple(row for row in map(_row, lines) if outside or row.code[:2] not in _OUTSIDE)


def _current(stem: str) -> Iterator[District]:
    """The current divisions whose code starts with `stem`."""
    return (_row(line) for code, line in _lines().items() if code.startswith(stem) and line[-1] == ",")


@cache
def children(code: str) -> tuple[District, ...]:
    """The current divisions right below that of `code`, in the order of the codes.

    Below a municipality (直辖市) stands one city of its own name, e.g. 110100 北京市, that holds all its
    districts and counties; below a province with counties of its own (省直辖县级行政单位) a city 429000.
    """
    if code.endswith("0000"):
        return tuple(row for row in _current(code[:2]) if row.level == "city")
    if not code.endswith("00"):
        return ()
    stem = code[:2] if code[:2] in _MUNICIPALITIES else code[:4]
    return tuple(row for row in _current(stem) if row.level == "district")


def parent(code: str) -> District | None:
    """The city of a district, the province of a city."""
    if code.endswith("0000"):
        return None
    if code.endswith("00"):
        return find(code[:2] + "0000")
    return find(code[:2] + "0100" if code[:2] in _MUNICIPALITIES else code[:4] + "00")


def short_name(name: str) -> str:
    """The name as people say it: 北京市 → 北京, 广西壮族自治区 → 广西, 双江…自治县 → 双江."""
    ending = _ENDING.search(name)
    return name[: ending.start()] if ending else name


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    """Full and short name → lines of current divisions, higher levels first."""
    index: dict[str, tuple[str, ...]] = {}
    lines = [line for line in _lines().values() if line[-1] == ","]
    for line in sorted(lines, key=lambda line: line[2:6] != "0000" and 1 + (line[4:6] != "00")):
        name = line[7 : line.index(",", 7)]
        index[name] = (*index.get(name, ()), line)
        short = short_name(name)
        if short != name:
            index[short] = (*index.get(short, ()), line)
    return index


def _called(name: str) -> tuple[District, ...]:
    """The current divisions of exactly that full or short name, higher levels first."""
    return tuple(_row(line) for line in _by_name().get(name, ()))


def _within(rows: Iterable[District], code: str) -> Iterator[District]:
    if not code:
        return iter(rows)
    stem = code[:2] if code.endswith("0000") or code[:2] in _MUNICIPALITIES else code[:4]
    return (row for row in rows if row.code.startswith(stem) and row.code != code)


def all_named(text: str, within: str = "") -> tuple[District, ...]:
    """Every current division of that full or short name inside `within`; if none, the historic ones."""
    found = tuple(_within(_called(text), within))
    if found or not text:
        return found
    gone = (row for row in _gone() if row.name.startswith(text) and text in (row.name, short_name(row.name)))
    return tuple({row.code: row for row in _within(gone, within)}.values())


def named(text: str, within: str = "") -> District | None:
    """The division that `text` means, by code, full name or short name (北京, 大兴, 广西).

    `within` is the code of the division it lies in. A historic one is found only where no current one has
    the name; where several of one level have it (鼓楼区) the answer is None.
    """
    if len(text) == 6 and text.isascii() and text.isdigit():
        found = find(text)
        return found if found and list(_within((found,), within)) else None
    candidates = all_named(text, within)
    exact = tuple(row for row in candidates if row.name == text) or candidates
    if not exact:
        return None
    highest = [row for row in exact if row.level == exact[0].level]
    return highest[0] if len(highest) == 1 else None


def full_name(code: str) -> str:
    """The name from the province down, as it is written before an address: 北京市大兴区."""
    here = find(code)
    if here is None:
        return ""
    return _above(code) + here.name if here.level != "province" else here.name


def _above(code: str) -> str:
    names = []
    for above in (code[:2] + "0000", code[:4] + "00"):
        row = find(above) if above != code else None
        if (
            row
            and not row.name.endswith(("县级行政单位", "市辖区", "县级行政区划"))
            and row.name not in names
        ):
            names.append(row.name)
    return "".join(name for name in names if name != "县")


def full_name_at(code: str, year: int) -> str:
    """The same with the district's name of that year."""
    here = at(code, year)
    return "" if here is None else _above(code) + here.name if here.level != "province" else here.name


Split = tuple[District | None, District | None, District | None]


def split_address(text: str) -> Split:
    """Province, city and district at the start of an address as certificates print it.

    What is left out is filled in where the rest leaves no doubt: 杭州市余杭区… names its province, 余杭区…
    both; a district whose name several cities have gives nothing. A district that no longer exists is
    found below its city, with `current` False.
    """
    text = "".join(text[:60].split())
    for province in (row for row in _starting(text, "") if row.level == "province"):
        rest = _after(text, province)
        city, district = _city_and_district(rest, province)
        if rest is not text and (city or district or text.startswith(province.name)):
            return province, city, district
    city, district = _city_and_district(text, None)
    lowest = district or city
    return (find(lowest.code[:2] + "0000") if lowest else None), city, district


def _after(text: str, row: District) -> str:
    return text.removeprefix(row.name if text.startswith(row.name) else short_name(row.name))


def _starting(text: str, within: str) -> Iterator[District]:
    """The current divisions whose name `text` starts with, the longest name first."""
    for length in range(min(len(text), 20), 1, -1):
        yield from _within(_called(text[:length]), within)


def _city_and_district(text: str, province: District | None) -> tuple[District | None, District | None]:
    within = province.code if province else ""
    for city in (row for row in _starting(text, within) if row.level == "city"):
        district = _district(_after(text, city), city.code)
        if district or text.startswith(city.name):
            return city, district
    district = _district(text, within)
    return (parent(district.code) if district else None), district


def _district(text: str, within: str) -> District | None:
    """The one district below `within` whose full name `text` starts with, a current one if there is any."""
    found = [row for row in _starting(text, within) if row.level == "district" and text.startswith(row.name)]
    if not found and within:
        gone = _within(_gone(), within)
        found = [
            row
            for row in gone
            if row.level == "district" and row.name != "市辖区" and text.startswith(row.name)
        ][-1:]
    return found[0] if len({row.code for row in found if row.name == found[0].name}) == 1 else None
