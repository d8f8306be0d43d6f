"""声明与授权: the data hold, each case gets the letters it needs, a draft of one cannot be signed."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.packet import cases
from wizard.check.materials import materials
from wizard.check.words import pointing_words
from wizard.draft import Answer, Draft
from wizard.packet.blanks import LINE
from wizard.packet.build import letter_file, never
from wizard.packet.flow import Flow
from wizard.packet.letter_pages import PART_NAME, UNSIGNABLE, letter_pages, single
from wizard.packet.letters import FOLDER, SHARED, Filled, letters, letters_for, load
from wizard.packet.page import Text
from wizard.packet.snapshot import Snapshot
from wizard.resource_files import ResourceError, path, toml
from wizard.sections import catalogue

FILES = sorted(file.name for file in path(FOLDER).glob("*.toml") if file.name != SHARED)
BLANK = re.compile(r"\{([^}]*)\}")
OWN = {"role", "head", "words", "legal_person.name", "legal_person.number"}


def case(**answers: Answer) -> Snapshot:
    """The full filing with other answers, and what the check hands over for it."""
    draft = Draft({**cases.FULL, **{key.replace("__", "."): value for key, value in answers.items()}})
    snapshot = cases.frozen(draft, final=True)
    return replace(snapshot, words=pointing_words(snapshot.reading), materials=materials(snapshot.reading))


def ids(snapshot: Snapshot) -> list[str]:
    return [letter.id for letter in letters_for(snapshot)]


def said(letter: Filled) -> str:
    return "\n".join(text for text, _ in (*letter.paragraphs, *letter.boxes, *letter.notes))


def one(snapshot: Snapshot, id_: str) -> Filled:
    return next(letter for letter in letters_for(snapshot) if letter.id == id_)


def test_there_are_letters():
    assert len(FILES) == len(letters()) == 5


@pytest.mark.parametrize("name", FILES)
def test_every_blank_is_a_field(name: str):
    data = toml(FOLDER, name)
    texts = [
        data["title"],
        *(part.get("text") or part["label"] for key in ("paragraph", "box", "note") for part in data[key]),
    ]
    found = {blank for text in texts for blank in BLANK.findall(text)}
    assert found
    for blank in found - OWN:
        names = (
            [blank.replace("person.", f"{one}.", 1) for one in data["people"]]
            if blank.startswith("person.")
            else [blank]
        )
        assert all(each in catalogue() for each in names), blank


BROKEN: Mapping[str, dict[str, Any]] = {
    "no field": {"paragraph": [{"text": "{subject.nmae}"}]},
    "no field ['person.name']": {"paragraph": [{"text": "{person.name}"}]},
    "a blank is the name of a field": {"paragraph": [{"text": "{subject.name!r}"}]},
    "no attachment": {"field": "subject.name"},
    "if: no condition": {"if": "rainy"},
    "no province": {"note": [{"text": "x", "provinces": ["北平市"]}]},
    "cannot be": {"when": {"subject.type": ["企鹅"]}},
    "is no choice": {"when": {"subject.name": ["企业"]}},
    "unknown ['colour']": {"box": [{"label": "x", "colour": "red"}]},
    "unknown ['colours']": {"colours": []},
    "use:": {"use": "burn"},
    "'nobody'": {"hints": ["nobody"]},
    "'nowhere'": {"note": [{"text": "x", "source": "nowhere"}]},
}


@pytest.mark.parametrize("reason", BROKEN)
def test_what_is_not_known_fails_with_file_and_id(reason: str):
    whole = {"id": "made-up", "title": "书", "order": 1, "use": "keep", "hints": ["pen"]}
    whole |= {"paragraph": [{"text": "{subject.name}"}], "box": [{"label": "签名"}]}
    assert load(whole, "made_up.toml").id == "made-up"
    with pytest.raises(ResourceError) as caught:
        load({**whole, **BROKEN[reason]}, "made_up.toml")
    assert str(caught.value).startswith("made_up.toml: letter «made-up»: ")
    assert reason in str(caught.value)


def test_letters_of_a_company_with_another_contact():
    snapshot = case()
    assert ids(snapshot) == [
        "commitment",
        "authorization-contact",
        "personal-information-principal",
        "personal-information-contact",
    ]
    letter = one(snapshot, "authorization-contact")
    text = said(letter)
    assert letter.title == "授权书（小程序负责人）"
    for field in ("subject.name", "contact.name", "contact.certificate_number", "mini_program.appid"):
        assert str(cases.FULL[field]) in text
    assert (
        f"法定代表人{cases.FULL['principal.name']}（证件号码：{cases.FULL['principal.certificate_number']}）"
        in text
    )
    assert "法定代表人签名" in text
    assert "黑色签字笔" in text
    assert "红色公章" in text
    assert "一个月以内" in text


def test_a_letter_of_authority_only_where_it_is_asked_for():
    assert "authorization-contact" not in ids(case(contact__is_legal_person="是"))
    assert "authorization-contact" not in ids(case(subject__type="个人"))
    both = case(
        principal__is_legal_person="否", contact__same_as_principal="是", subject__legal_person_name="王一"
    )
    assert "authorization-principal" in ids(both)
    assert "authorization-contact" not in ids(both)
    assert "personal-information-contact" not in ids(both)
    text = said(one(both, "authorization-principal"))
    assert "法定代表人王一" in text
    assert "对两项职责都有效" in text
    assert f"（证件号码：{LINE}（法定代表人证件号码））" in text


def test_a_person_signs_for_himself():
    text = said(one(case(subject__type="个人"), "commitment"))
    assert "本人签名（手写），按手印" in text
    assert "公章" not in text
    assert f"本人{cases.FULL['principal.name']}" in text


def test_a_shop_without_a_seal():
    snapshot = case(subject__type="个体工商户", subject__has_seal="无")
    text = said(one(snapshot, "authorization-contact"))
    assert "经营者签名、按红色手印、写上身份证号码" in text
    assert "单位公章" not in text
    assert "单位公章" in said(
        one(case(subject__type="个体工商户", subject__has_seal="有"), "authorization-contact")
    )


def test_each_province_adds_its_own():
    guangdong = one(case(subject__province="广东省"), "commitment")
    assert guangdong.upload
    assert "广东要求每次申请都交" in said(guangdong)
    assert "取得金融管理部门批准以前一律不提供" in said(guangdong)
    beijing = one(case(), "commitment")
    assert not beijing.upload
    assert "广东" not in said(beijing)
    assert "黑名单" in said(one(case(subject__province="天津市", subject__type="个人"), "commitment"))
    assert "职务" in said(one(case(subject__province="上海市"), "authorization-contact"))
    scope = {
        "subject__business_scope": "教育咨询服务",
        "mini_program__pre_approvals": ({"type": "以上都不涉及"},),
    }
    anhui = said(one(case(subject__province="安徽省", **scope), "no-pre-approval"))
    assert "咨询的部门：" in anhui
    assert "咨询的部门：" not in said(one(case(subject__province="江苏省", **scope), "no-pre-approval"))


def test_words_that_point_to_an_approval_want_a_statement():
    none = ({"type": "以上都不涉及"},)
    asked = case(mini_program__pre_approvals=none, subject__business_scope="软件开发；教育咨询服务")
    text = said(one(asked, "no-pre-approval"))
    assert "经营范围里的“教育咨询”（校外培训）" in text
    assert "no-pre-approval" not in ids(case(mini_program__pre_approvals=none))
    chosen = case(mini_program__pre_approvals=({"type": "校外培训"},), subject__business_scope="教育咨询")
    assert "no-pre-approval" not in ids(chosen)


def test_a_change_of_name():
    changed = case(subject__filing_type="变更", subject__record_number="京ICP备2020012345号")
    text = said(one(changed, "name-change"))
    assert "京ICP备2020012345号" in text
    assert "不能代替更名函" in text
    assert "name-change" not in ids(case())
    assert "commitment" not in ids(case(subject__filing_type="注销"))


def test_a_change_of_something_else_needs_no_word_on_the_name():
    changed = case(subject__filing_type="变更", subject__record_number="京ICP备2020012345号")
    assert "name-change" not in ids(replace(changed, changing=("principal.name", "subject.address")))
    assert "name-change" in ids(replace(changed, changing=("subject.address", "subject.name")))


@pytest.mark.parametrize("nature", ["企业", "个体工商户", "个人", "事业单位", ""])
@pytest.mark.parametrize("kind", ["新增备案(首次)", "新增小程序(主体已备案)", "变更", "注销", ""])
@pytest.mark.parametrize("province", ["北京市", "广东省", "安徽省", ""])
@pytest.mark.parametrize("words", ["教育咨询", "软件开发"])
def test_the_list_of_materials_says_the_same(nature: str, kind: str, province: str, words: str):
    for same in ("是", "否"):
        snapshot = case(
            subject__type=nature,
            subject__filing_type=kind,
            subject__province=province,
            subject__business_scope=words,
            contact__same_as_principal=same,
            principal__is_legal_person="否",
            mini_program__pre_approvals=({"type": "以上都不涉及"},),
        )
        listed = {each.letter: each for each in snapshot.materials if each.letter}
        made = {letter.id: letter for letter in letters_for(snapshot)}
        assert set(made) == set(listed) - ({"commitment"} if kind == "注销" else set())
        for id_, letter in made.items():
            assert letter.field == listed[id_].field
            assert letter.upload == (listed[id_].need == "必需") or listed[id_].need == "按情况"


def test_what_is_not_answered_is_a_line_with_its_label():
    empty = cases.frozen(Draft({"subject.type": "企业", "contact.is_legal_person": "否"}))
    for letter in letters_for(empty):
        text = said(letter)
        assert "未填写" not in text
        assert "None" not in text
        assert f"{LINE}（" in text
    assert f"{LINE}（主体名称）" in said(one(empty, "commitment"))


def test_an_answer_is_never_taken_for_a_blank():
    text = said(one(case(subject__name="甲{principal.mobile}公司{nothing}"), "commitment"))
    assert "甲{principal.mobile}公司{nothing}" in text


def test_no_letter_claims_to_be_official():
    for province in ("北京市", "广东省", "上海市", "江苏省"):
        for letter in letters_for(case(subject__province=province)):
            notes = "".join(text for text, _ in letter.notes)
            assert "不是官方格式" in notes or "没有统一的格式" in notes or "不上传给平台" in notes, letter.id
            assert "下载" in notes or "微信备案流程里" in notes or "不上传" in notes, letter.id


def texts(flow: Flow | None) -> list[str]:
    assert flow is not None
    return [mark.text for page in flow.pages for mark in page.marks if isinstance(mark, Text)]


def test_a_draft_cannot_be_signed():
    for letter in letters_for(case()):
        assert texts(single(letter, final=False)).count(UNSIGNABLE) == len(letter.boxes)
        assert UNSIGNABLE not in texts(single(letter, final=True))


@pytest.mark.parametrize("nature", ["企业", "个体工商户", "个人"])
@pytest.mark.parametrize("province", ["北京市", "广东省", "安徽省", "河南省", "上海市"])
def test_a_letter_of_usual_length_takes_one_page(nature: str, province: str):
    snapshot = case(
        subject__type=nature,
        subject__province=province,
        subject__has_seal="无",
        subject__business_scope="教育咨询服务；软件开发；应用软件服务",
        mini_program__pre_approvals=({"type": "以上都不涉及"},),
        principal__is_legal_person="否",
    )
    for letter in letters_for(snapshot):
        assert len(single(letter, final=True).pages) == 1, letter.title


def test_each_letter_begins_a_page():
    made = letters_for(case())
    flow = letter_pages(made, final=True, attached=frozenset())
    assert flow is not None
    places = [place for place, page in enumerate(flow.pages) for each in page.targets if "letter-" in each]
    assert len(places) == len(set(places)) == len(made)
    assert [entry.title for entry in flow.entries] == [PART_NAME, *(letter.title for letter in made)]
    assert letter_pages((), final=True, attached=frozenset()) is None


def test_one_that_is_signed_already_says_so():
    made = [letter for letter in letters_for(case()) if letter.id == "authorization-contact"]
    for held, says in (((), False), (("contact.authorization_letter",), True)):
        shown = "".join(texts(letter_pages(made, final=True, attached=frozenset(held))))
        assert ("已附在“证件影像”" in shown) is says


def test_a_letter_as_a_file(tmp_path: Path):
    snapshot = case()
    for letter in letters_for(snapshot):
        for final in (True, False):
            made = letter_file(replace(snapshot, final=final), letter, never)
            assert not made.unprintable
            with pypdfium2.PdfDocument(made.data) as document:
                text = document[0].get_textpage().get_text_bounded()
            assert letter.title in text
            assert ("草稿" in text) is not final


def test_long_and_odd_answers_break_nothing(tmp_path: Path):
    for hostile in cases.HOSTILE:
        snapshot = case(subject__name=hostile, principal__name=hostile, mini_program__comment=hostile)
        for letter in letters_for(snapshot):
            assert single(letter, final=True).pages
