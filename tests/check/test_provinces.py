"""Every row of the survey of the 31 provinces is a rule, or left out for a reason that stands here."""

import re
from collections import Counter

import pytest

from wizard.check.examples import check_example, every_rule, found_by
from wizard.check.rule import Rule
from wizard.check.rulebook import national, provincial
from wizard.districts import provinces

SURVEYED = {
    "BJ": ("beijing", 19),
    "TJ": ("tianjin", 15),
    "HE": ("hebei", 9),
    "SX": ("shanxi", 5),
    "NM": ("neimenggu", 12),
    "LN": ("liaoning", 7),
    "JL": ("jilin", 3),
    "HL": ("heilongjiang", 8),
    "SH": ("shanghai", 20),
    "JS": ("jiangsu", 16),
    "ZJ": ("zhejiang", 13),
    "AH": ("anhui", 10),
    "FJ": ("fujian", 9),
    "JX": ("jiangxi", 10),
    "SD": ("shandong", 16),
    "HA": ("henan", 11),
    "HB": ("hubei", 9),
    "HN": ("hunan", 8),
    "GD": ("guangdong", 22),
    "GX": ("guangxi", 9),
    "HI": ("hainan", 8),
    "CQ": ("chongqing", 7),
    "SC": ("sichuan", 10),
    "GZ": ("guizhou", 7),
    "YN": ("yunnan", 7),
    "XZ": ("xizang", 4),
    "SN": ("shaanxi", 8),
    "GS": ("gansu", 7),
    "QH": ("qinghai", 6),
    "NX": ("ningxia", 7),
    "XJ": ("xinjiang", 6),
}
"""How many rows each province has; a row is called by its letters and its number, GD-04."""

MERGED = {
    "BJ-02": "beijing.bj-01-age",
    "NM-12": "neimenggu.nm-04-board",
    "SH-18": "shanghai.sh-14-residence",
    "SH-19": "shanghai.sh-07-licence",
    "JS-05": "jiangsu.js-03-same",
    "JS-15": "jiangsu.js-03-same",
    "JS-16": "jiangsu.js-06-letters",
    "ZJ-04": "zhejiang.zj-03-licence",
    "AH-10": "anhui.ah-04-trade-name",
    "JX-09": "jiangxi.jx-07-id",
    "SD-16": "shandong.sd-11-residence",
    "GD-20": "guangdong.gd-04-commitment",
    "SC-09": "sichuan.sc-02-minor",
    "NX-04": "ningxia.nx-06-residence",
}
"""Rows that agree with another one, or contradict it, and are said in its rule."""

SAID_BY_THE_NATION = {
    "BJ-11": "people.emergency-differs",
    "LN-05": "people.emergency-differs",
    "SH-05": "people.certificate-ends-soon",
    "ZJ-06": "subject.certificate-ends-soon",
    "ZJ-07": "place.address-elsewhere",
    "HA-04": "people.certificate-ends-soon",
    "GD-14": "people.mobile-differs",
    "GD-16": "program.name-of-state",
    "GX-03": "place.address-placeholder",
    "GX-06": "people.emergency-differs",
    "HI-04": "people.emergency-differs",
    "SC-08": "program.name-few-characters",
    "YN-04": "place.region-matches-certificate",
}
"""Rows that ask for what a national rule asks for everywhere."""

LETTER = "the form itself asks for the letter of authority of whoever is not 法定代表人"
REMARK = "the platform demands a remark of 20 characters from everybody"
LEFT_OUT = {
    "BJ-13": "allows one number twice, where the platform asks every applicant for two",
    "TJ-02": LETTER,
    "NM-11": LETTER,
    "AH-03": LETTER,
    "HB-03": LETTER,
    "HN-03": LETTER,
    "CQ-02": LETTER,
    "HE-07": "allows a letter six months old, the platform one month; the stricter rule is national",
    "SD-06": REMARK,
    "HB-06": REMARK,
    "CQ-04": REMARK,
    "JX-03": "单位门户网站 is a type of website",
    "SD-10": "asks for nothing",
    "GD-05": "allows a stamped copy, the platform takes originals only",
    "GD-21": "which number a website shows; nothing that is filled in or attached",
    "GD-22": "one case of 2024; gd-18-public tells already that sources differ about 事业单位",
}
"""Rows that are no rule, and why."""

ROWS = [f"{head}-{number:02}" for head, (_, count) in SURVEYED.items() for number in range(1, count + 1)]
RULES = [(code, rule) for code, rule in every_rule() if code]
BAD = {rule.id: rule.bad for code, rule in every_rule() if not code}


def row_of(rule: Rule) -> str:
    """The row a rule's id names, in capitals; a rule of another page of the survey names none."""
    found = re.match(r"[a-z]+\.([a-z]{2}-[0-9]{2})-", rule.id)
    return found[1].upper() if found else ""


@pytest.mark.parametrize("province", provinces(), ids=lambda row: row.name)
def test_every_province_of_the_mainland_has_its_file(province):
    file = provincial(province.code)
    if province.code[:2] in ("71", "81", "82"):
        assert file is None
        return
    assert file is not None
    assert file.rules
    assert file.version == national().version


def test_thirty_one_provinces_and_three_hundred_rules():
    assert len({code for code, _ in RULES}) == len(SURVEYED) == 31
    assert len(ROWS) == 308
    assert len(RULES) + len(national().rules) >= 300


@pytest.mark.parametrize("row", ROWS)
def test_every_row_is_said_once(row):
    """By a rule that bears its number, by that of another row, by the nation, or not at all for a reason."""
    carried = any(row_of(rule) == row for _, rule in RULES)
    elsewhere = [row in table for table in (MERGED, SAID_BY_THE_NATION, LEFT_OUT)]
    assert [carried, *elsewhere].count(True) == 1


def test_what_a_row_was_merged_into_exists():
    heads = {rule.id: row_of(rule)[:2] for _, rule in RULES}
    assert {row: into for row, into in MERGED.items() if heads.get(into) != row[:2]} == {}
    known = {rule.id for rule in national().rules}
    assert set(SAID_BY_THE_NATION.values()) <= known
    assert all(LEFT_OUT.values())


@pytest.mark.parametrize("row", SAID_BY_THE_NATION)
def test_what_the_nation_says_is_said_in_that_province(row):
    name = next(rule.ok["subject.province"] for _, rule in RULES if head(rule) == SURVEYED[row[:2]][0])
    said = next(rule for rule in national().rules if rule.id == SAID_BY_THE_NATION[row])
    example = {**BAD[said.id], "subject.province": name}
    assert said.id in [finding.rule for finding in check_example(example).findings]


def test_no_rule_bears_a_number_the_survey_does_not_have():
    assert {row_of(rule) for _, rule in RULES} - {""} <= set(ROWS)
    wrong = [rule.id for _, rule in RULES if (row := row_of(rule)) and SURVEYED[row[:2]][0] != head(rule)]
    assert wrong == []


def head(rule: Rule) -> str:
    return rule.id.partition(".")[0]


def test_no_province_says_the_same_twice():
    said = Counter(
        (code, finding.message)
        for code, rule in RULES
        for finding in {one.message: one for one in found_by(rule, rule.bad)}.values()
    )
    assert [one for one, count in said.items() if count > 1] == []


def test_where_sources_differ_both_are_named_and_the_sentence_tells():
    differing = [rule for _, rule in RULES if rule.confidence == "conflict"]
    assert len(differing) >= 8
    for rule in differing:
        assert rule.cite2, rule.id
        assert rule.cite != rule.cite2, rule.id
        assert "两个来源" in rule.message, rule.id
