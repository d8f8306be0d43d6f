"""A damaged rule stops the program, and the message names file and rule."""

import shutil
from pathlib import Path

import pytest

from wizard import resource_files
from wizard.check import rulebook
from wizard.check.examples import check_example
from wizard.check.rule import load, load_sources
from wizard.finding import Citation
from wizard.resource_files import ResourceError

SOURCES = {"law": Citation("某法", "某机关", "", "https://example.com/", "2020", "2026-11-23")}
HEAD = 'version = "2026.11"\nchecked = 2026-11-23\n'
GOOD = {
    "id": '"people.mobile"',
    "severity": '"error"',
    "check": '"differ"',
    "fields": '["principal.mobile", "contact.mobile"]',
    "message": '"两个号码相同（{value}）"',
    "fix": '"换一个"',
    "cite": '"law"',
    "confidence": '"official"',
}


def written(tmp_path: Path, change: dict[str, str | None], head: str = HEAD) -> Path:
    entries = {key: value for key, value in {**GOOD, **change}.items() if value is not None}
    file = tmp_path / "rules.toml"
    lines = "\n".join(f"{key} = {value}" for key, value in entries.items())
    file.write_text(f"{head}\n[[rule]]\n{lines}\n", encoding="utf-8")
    return file


def test_a_good_rule_loads(tmp_path):
    (rule,) = load(written(tmp_path, {}), SOURCES).rules
    assert rule.fields == ("principal.mobile", "contact.mobile")
    assert rule.cite == SOURCES["law"]


BROKEN = {
    "unknown key": ({"colour": '"red"'}, "colour"),
    "missing key": ({"message": None}, "message"),
    "unknown field": ({"fields": '["principal.phone"]'}, "principal.phone"),
    "no field": ({"fields": "[]"}, "at least one"),
    "unknown group": ({"fields": '"pictures"'}, "pictures"),
    "unknown check": ({"check": '"diffor"'}, "diffor"),
    "unknown parameter": ({"given": "{ months = 3 }"}, "months"),
    "missing parameter": ({"check": '"ends_within"'}, "months"),
    "parameter of another type": ({"check": '"ends_within"', "given": '{ months = "3" }'}, "int"),
    "truth is no number": ({"check": '"ends_within"', "given": "{ months = true }"}, "int"),
    "unknown words": ({"check": '"contains"', "given": '{ words = "colours" }'}, "colours"),
    "words of another shape": (
        {"check": '"contains"', "given": '{ words = "approval_names" }'},
        "approval_names",
    ),
    "unknown field as parameter": (
        {"check": '"contains"', "given": '{ words = "trial_words", unless_in = "subject.nick" }'},
        "subject.nick",
    ),
    "unknown province": ({"check": '"younger"', "given": '{ years = 18, not_in = ["北平市"] }'}, "北平市"),
    "condition on unknown field": ({"when": '{ "subject.kind" = ["企业"] }'}, "subject.kind"),
    "condition that cannot be": ({"when": '{ "subject.type" = ["公司企业"] }'}, "公司企业"),
    "condition on what is no choice": ({"when": '{ "subject.name" = ["甲"] }'}, "subject.name"),
    "condition on no province": ({"when": '{ "subject.province" = ["大兴区"] }'}, "大兴区"),
    "unknown source": ({"cite": '"decree"'}, "decree"),
    "source with an unknown key": ({"cite": '{ source = "law", page = 3 }'}, "page"),
    "expression as placeholder": ({"message": '"{value.__class__}"'}, "__class__"),
    "placeholder with a format": ({"message": '"{value:>10}"'}, "value"),
    "empty fix": ({"fix": '""'}, "message and a fix"),
}


@pytest.mark.parametrize("thorough", [False, True], ids=["quick", "thorough"])
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_named(tmp_path, name, thorough):
    change, said = BROKEN[name]
    with pytest.raises(ResourceError) as raised:
        load(written(tmp_path, change), SOURCES, examples=thorough)
    assert "rules.toml" in str(raised.value)
    assert "people.mobile" in str(raised.value)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"severity": '"fatal"'}, "severity"),
        ({"confidence": '"certain"'}, "confidence"),
        ({"message": "3"}, "message"),
        ({"valid_from": '"someday"'}, "valid_from"),
    ],
)
def test_the_thorough_reading_judges_every_value(tmp_path, change, said):
    with pytest.raises(ResourceError, match=r"people\.mobile") as raised:
        load(written(tmp_path, change), SOURCES, examples=True)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("checked = 2026-11-23\n", "version"),
        ('version = "2026.11"\n', "checked"),
        ('version = "2026.11"\nchecked = "today"\n', "checked"),
        (HEAD + 'colour = "red"\n', "colour"),
        (HEAD + 'province = "火星"\n', "火星"),
        (HEAD + "= 3\n", "rules.toml"),
    ],
)
def test_a_broken_head_is_named(tmp_path, head, said):
    with pytest.raises(ResourceError, match=r"rules\.toml") as raised:
        load(written(tmp_path, {}, head), SOURCES)
    assert said in str(raised.value)


def test_an_id_stands_once(tmp_path):
    file = written(tmp_path, {})
    text = file.read_text(encoding="utf-8")
    file.write_text(text + text[text.index("[[rule]]") :], encoding="utf-8")
    with pytest.raises(ResourceError, match=r"people\.mobile.*twice"):
        load(file, SOURCES)


def test_a_source_has_no_unknown_key(tmp_path):
    file = tmp_path / "sources.toml"
    file.write_text('[law]\ntitle = "某法"\ncolour = "red"\n', encoding="utf-8")
    with pytest.raises(ResourceError, match=r"sources\.toml.*colour"):
        load_sources(file)


@pytest.fixture
def own_resources(tmp_path, monkeypatch):
    """A copy of the rules that a test may add to."""
    real = resource_files.RESOURCES
    for each in real.iterdir():
        if each.name != "rules":
            (tmp_path / each.name).symlink_to(each)
    shutil.copytree(real / "rules", tmp_path / "rules", ignore=shutil.ignore_patterns("provinces"))
    (tmp_path / "rules" / "provinces").mkdir()
    forget()
    monkeypatch.setattr(resource_files, "RESOURCES", tmp_path)
    yield tmp_path / "rules" / "provinces"
    monkeypatch.undo()
    forget()


def forget() -> None:
    for name in ("sources", "national", "provincial", "rules_for", "in_force"):
        getattr(rulebook, name).cache_clear()


PROVINCE = """
version = "2026.11"
checked = 2026-11-23
province = "宁夏回族自治区"

[[rule]]
id = "people.certificate-ends-soon"
severity = "error"
check = "ends_within"
fields = ["principal.certificate_validity_date_end", "contact.certificate_validity_date_end"]
given = { months = 6 }
message = "{who}的证件 {day} 到期，宁夏要求还有 {months} 个月以上"
fix = "换新证件后再提交"
cite = "samples"
confidence = "official"
"""


def test_a_province_replaces_the_rule_of_the_nation(own_resources):
    (own_resources / "64-ningxia.toml").write_text(PROVINCE, encoding="utf-8")
    soon = {"principal.certificate_validity_date_end": "2027-04-01"}
    here = check_example({**soon, "subject.province": "宁夏回族自治区"})
    assert [one.message for one in here.findings if one.rule == "people.certificate-ends-soon"] == [
        "主体负责人的证件 2027-04-01 到期，宁夏要求还有 6 个月以上"
    ]
    for elsewhere in ({}, {"subject.province": "北京市"}):
        report = check_example({**soon, **elsewhere})
        assert not [one for one in report.findings if one.rule == "people.certificate-ends-soon"]
    ids = [rule.id for rule in rulebook.rules_for("640000")]
    assert len(ids) == len(set(ids)) == len(rulebook.national().rules)


def test_a_province_file_that_says_another_province(own_resources):
    (own_resources / "63-qinghai.toml").write_text(PROVINCE, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"63-qinghai\.toml"):
        rulebook.rules_for("630000")


def test_the_answer_to_a_province_without_file_is_the_nation(own_resources):
    assert rulebook.rules_for("110000") == rulebook.national().rules
