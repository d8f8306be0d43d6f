"""Every rule is its own test: its `ok` draft passes, its `bad` draft is found, its sentences are plain."""

import re
from datetime import date

import pytest

from wizard.check.examples import every_rule, failures, found_by
from wizard.check.rule import Rule, load
from wizard.check.rulebook import national, sources
from wizard.finding import CONFIDENCE_WORDS
from wizard.resource_files import path
from wizard.sections import catalogue

RULES = [rule for _, rule in every_rule()]
EACH = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)

FORBIDDEN = ["请勿", "不能", "不要", "非法", "无效", "错误的输入", "抱歉", "您", "其它", "!", "！"]
LATIN = {"AppID", "ICP", "JPG", "JPEG", "PNG", "PDF", "MB", "KB", "ID", "X", "App"}
ADDRESSES = {"beian.mps.gov.cn", "beian.miit.gov.cn"}


def test_there_are_rules():
    assert len(national().rules) >= 45
    assert re.fullmatch(r"20[0-9]{2}\.[01][0-9]", national().version)


def test_no_example_fails():
    assert not list(failures())


@EACH
def test_ok_is_let_pass_and_bad_is_found(rule: Rule):
    assert not found_by(rule, rule.ok)
    found = found_by(rule, rule.bad)
    assert found
    assert all(finding.severity == rule.severity and finding.fields for finding in found)
    assert all(set(finding.fields) <= set(catalogue()) for finding in found)


@EACH
def test_a_rule_names_its_sources(rule: Rule):
    assert rule.confidence in CONFIDENCE_WORDS
    for cite in (rule.cite, rule.cite2):
        if cite is not None:
            assert cite.title
            assert cite.issuer
            assert cite.url.startswith(("http://", "https://"))
            assert cite.published
            assert date.fromisoformat(cite.checked)


@EACH
def test_one_source_alone_does_not_block(rule: Rule):
    """错误 is for what the platform or the law says, what several sources say, and what cannot be true."""
    if rule.severity == "error":
        assert rule.confidence in ("official", "several", "inferred")
    if rule.confidence == "conflict":
        assert rule.severity != "error"


def sentences(rule: Rule) -> list[str]:
    return [text for finding in found_by(rule, rule.bad) for text in (finding.message, finding.fix)]


@EACH
def test_the_sentences_are_plain(rule: Rule):
    for text in (rule.message, rule.fix):
        assert not [word for word in FORBIDDEN if word in text]
        assert not text.endswith(("。", "；", "，")), "one sentence has no full stop"
    for text in sentences(rule):
        unquoted = re.sub(r"[\w*]+@[\w.]+", "A", re.sub(r"“[^”]*”", "“”", text))
        for address in ADDRESSES:
            unquoted = unquoted.replace(f" {address}", "")
        assert not re.search(r"[\u4e00-\u9fff][,;:?()]|[,;:?()][\u4e00-\u9fff]", unquoted), "half-width mark"
        assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9%][\u4e00-\u9fff]", unquoted), (
            f"a blank belongs between Chinese and Latin: {unquoted}"
        )
        assert not re.search(r"[{}_]", unquoted)
        words = {word for word in re.findall(r"[A-Za-z]{2,}", unquoted) if word not in LATIN}
        formats = {"HEIC", "WEBP", "TIFF", "GIF", "BMP"}
        assert not words - formats, f"no English: {words}"
        assert rule.id not in text
        assert not any(field_id in text for field_id in catalogue())


@EACH
def test_roles_are_called_by_their_names(rule: Rule):
    for text in (rule.message, rule.fix):
        text = re.sub(r"“[^”]*”", "", text)
        assert not re.search(r"法人(?!证书)|法定代表(?!人)|网站负责人|服务负责人|应急电话|统一信用代码", text)


def test_no_two_rules_say_the_same():
    said = [(rule.message, rule.when, rule.fields) for rule in national().rules]
    assert all(said.count(one) == 1 for one in said)


def test_the_quick_reading_passes_over_the_examples_only():
    quick = national()
    thorough = load(path("rules", "national.toml"), sources(), examples=True)
    assert quick.version == thorough.version
    assert [rule.id for rule in quick.rules] == [rule.id for rule in thorough.rules]
    for one, other in zip(quick.rules, thorough.rules, strict=True):
        names = set(Rule.__dataclass_fields__) - {"ok", "bad"}
        assert {name: getattr(one, name) for name in names} == {name: getattr(other, name) for name in names}
        assert not one.ok
        assert other.bad


def test_what_is_replaced_exists():
    known = {rule.id for rule in RULES}
    known |= {f"{kind}.under-18" for kind in ("ric", "hmt-residence", "foreign-pr")}
    assert all(other in known for rule in RULES for other in (*rule.replaces, *rule.settles))
