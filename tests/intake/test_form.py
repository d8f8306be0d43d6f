"""The fillable form: one file that asks for nothing, draws the catalogue, and gives a draft back."""

import json
import re
from typing import Any

import pytest
from PySide6.QtQml import QJSEngine

from wizard.draft import Draft, load, parse
from wizard.intake.workbook.form import content, form
from wizard.intake.workbook.wording import asked_of_clients
from wizard.reading import choices_of, is_asked
from wizard.resource_files import path

SAMPLES = ("company", "company_faulty", "individual_business", "person", "person_faulty")


@pytest.fixture(scope="module")
def page() -> str:
    return form().decode("utf-8")


@pytest.fixture
def script(qapp):
    """The form's functions, called with plain values."""
    engine = QJSEngine()
    assert not engine.evaluate(path("intake", "form.js").read_text(encoding="utf-8")).isError()
    engine.evaluate(f"var data = {json.dumps(content())}, fields = data.fields;")

    def call(expression: str, **values: Any) -> Any:
        for name, value in values.items():
            engine.evaluate(f"var {name} = {json.dumps(value)};")
        answer = engine.evaluate(f"JSON.stringify({expression})")
        assert not answer.isError(), answer.toString()
        return json.loads(answer.toString())

    return call


def typed(draft: Draft) -> dict[str, str]:
    """What a person would have typed to get this draft."""
    from wizard.intake.workbook.wording import written

    held = {field.id for field in asked_of_clients()}
    return {key: written(answer) for key, answer in draft.answers.items() if key in held}


def test_it_asks_for_nothing_from_anywhere(page):
    markup = page[: page.index('<script type="application/json"')]
    assert "default-src 'none'" in markup
    assert not re.findall(r"(?:src|href|action|url)\s*[=(]", markup.replace("form-action", ""))
    code = page[page.rindex("<script>") :]
    for reaching in (
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "import(",
        "sendBeacon",
        "http:",
        "https:",
        "eval(",
    ):
        assert reaching not in code
    assert page.count("</script>") == 2


def test_every_field_is_there_once_with_its_help_and_condition(page):
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.S)[1])
    assert [one["id"] for one in data["fields"]] == [field.id for field in asked_of_clients()]
    for one, field in zip(data["fields"], asked_of_clients(), strict=True):
        assert (one["label"], one["help"]) == (field.label, field.ask.help)
        assert one["when"] == {key: list(texts) for key, texts in field.when.items()}


@pytest.mark.parametrize("name", SAMPLES)
def test_it_asks_for_what_the_program_asks_for(script, name):
    draft = load(path("samples", f"{name}.json"))
    shown = script("asked(fields, answers).map(function (f) { return f.id; })", answers=typed(draft))
    assert shown == [field.id for field in asked_of_clients() if is_asked(field, choices_of(draft))]


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_filled_in_comes_back_as_a_draft(script, name):
    draft = load(path("samples", f"{name}.json"))
    made = script("draftOf(fields, answers, null)", answers=typed(draft))
    back = parse(json.dumps(made, ensure_ascii=False).encode("utf-8"))
    held = {field.id for field in asked_of_clients()}
    assert back.answers == {key: value for key, value in draft.answers.items() if key in held}
    again = script("answersOf(fields, JSON.stringify(made)).answers", made=made)
    assert again == typed(draft)


def test_what_the_form_does_not_know_is_kept(script):
    before = {
        "format": "beian-draft",
        "version": 1,
        "answers": {
            "subject.name": "旧名",
            "later.field": "留着",
            "mini_program.pre_approvals": [{"type": "新闻", "media": ["a.jpg"]}],
        },
        "attachments": {"subject.certificate_photo": ["licence.jpg"]},
        "note": "别的",
    }
    typed_now = {"subject.name": "新名", "mini_program.pre_approvals": "新闻：许 1"}
    made = script("draftOf(fields, answers, rest)", answers=typed_now, rest=before)
    assert made["answers"]["subject.name"] == "新名"
    assert made["answers"]["later.field"] == "留着"
    assert made["answers"]["mini_program.pre_approvals"] == [
        {"type": "新闻", "code": "许 1", "media": ["a.jpg"]}
    ]
    assert made["attachments"] == before["attachments"]
    assert made["note"] == "别的"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "不是用本表单"),
        ("[]", "不是用本表单"),
        ('{"format":"beian-draft","version":2,"answers":{}}', "更新"),
    ],
)
def test_a_file_it_cannot_read_is_said_so(script, text, words):
    said = script(
        "(function () { try { answersOf(fields, text); } catch (e) { return e.message; } })()", text=text
    )
    assert words in said


def test_places_lie_within_each_other(script):
    cities = 'places({id: "subject.city", level: "city"}, answers, data.places)'
    assert "深圳市" in script(cities, answers={"subject.province": "广东省"})
    districts = 'places({id: "subject.district", level: "district"}, answers, data.places)'
    chosen = {"subject.province": "广东省", "subject.city": "深圳市"}
    assert "南山区" in script(districts, answers=chosen)
    assert script(districts, answers={"subject.province": "广东省"}) == []


def test_certificates_go_with_the_nature(script):
    one = 'offered(fields.filter(function (f) { return f.id === "subject.certificate_type"; })[0], answers)'
    assert "营业执照" in script(one, answers={"subject.type": "企业"})
    assert "事业单位法人证书" not in script(one, answers={"subject.type": "企业"})
    assert "事业单位法人证书" in script(one, answers={"subject.type": ""})


def test_the_file_has_a_name_every_system_takes(script):
    name = script(
        "fileName(answers)", answers={"subject.name": '北京A&B<公司>"有限"', "mini_program.name": "甲/乙"}
    )
    assert name == "北京A&B_公司_有限__甲_乙.json"
    assert script("fileName({})") == "备案资料.json"


def test_what_is_missing_is_counted(script):
    draft = load(path("samples", "company.json"))
    assert script("missing(fields, answers)", answers=typed(draft)) == []
    assert len(script("missing(fields, {})")) > 5
