"""Headings: what they are read as, how sure that is, and that nothing doubtful is read without a word."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.books import ROW, book
from wizard.files import FileProblem
from wizard.intake.workbook.headings import guess, importable, plain
from wizard.intake.workbook.mapping import agree, load_agreed, names, save_agreed
from wizard.intake.workbook.read import open_intake


def fields(*headings: str) -> list[str]:
    return [column.field if column.used else "" for column in guess(headings)]


@pytest.mark.parametrize("id_", importable())
def test_every_heading_and_id_is_known(id_):
    heading = importable()[id_].heading
    assert [(column.field, column.confidence) for column in guess([heading, id_])] == [(id_, "exact")] * 2
    assert fields(f" * {heading}：（必填）") == [id_]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("公司名称", "subject.name"),
        ("统一社会信用代码", "subject.certificate_number"),
        ("营业执照号", "subject.certificate_number"),
        ("注册地址", "subject.certificate_address"),
        ("小程序名", "mini_program.name"),
        ("APPID", "mini_program.appid"),
        ("小程序 AppID", "mini_program.appid"),
        ("主体负责人手机号", "principal.mobile"),
        ("主体负责人身份证号", "principal.certificate_number"),
        ("小程序负责人的手机", ""),
        ("小程序负责人手机", "contact.mobile"),
        ("管理员邮箱", "contact.email"),
        ("法人手机", "principal.mobile"),
        ("法定代表人姓名", "subject.legal_person_name"),
        ("是否与主体负责人相同", "contact.same_as_principal"),
        ("客户经理", ""),
        ("备注", ""),
    ],
)
def test_other_names(heading, field):
    assert fields(heading) == [field]


def test_a_shared_heading_is_the_person_s_before_it():
    assert fields("公司名称", "证件号码", "负责人姓名", "手机号码", "小程序负责人姓名", "手机号码") == [
        "subject.name",
        "subject.certificate_number",
        "principal.name",
        "principal.mobile",
        "contact.name",
        "contact.mobile",
    ]


def test_a_nearly_right_heading_is_proposed_not_taken():
    (column,) = guess(["统一社会信用代吗"], propose=True)
    assert (column.field, column.confidence, column.used) == ("subject.certificate_number", "proposed", False)


@given(st.lists(st.one_of(st.text(max_size=12), st.integers(), st.none().map(lambda _: "")), max_size=12))
def test_any_row_can_be_looked_at(cells):
    for column in guess(cells):
        assert column.field in importable() or not column.field
        assert plain(column.heading) == plain(f" {column.heading} ")


def test_two_columns_that_differ_are_both_left_and_named(tmp_path):
    head = ["公司名称", "负责人姓名", "手机号码", "手机号码"]
    intake = open_intake(book(tmp_path / "a.xlsx", [head, [ROW[0], ROW[3], "13800000101", "13800000102"]]))
    (entry,) = intake.entries()
    assert "principal.mobile" not in entry.answers
    (notice,) = [notice for notice in intake.notices if notice.severity == "error"]
    assert "“表1”表 C1" in notice.message
    assert "“表1”表 D1" in notice.message


def test_two_columns_that_agree_are_read_once(tmp_path):
    head = ["公司名称", "负责人姓名", "手机号码", "手机号码"]
    intake = open_intake(book(tmp_path / "a.xlsx", [head, [ROW[0], ROW[3], "13800000101", "13800000101"]]))
    (entry,) = intake.entries()
    assert entry.answers["principal.mobile"] == "13800000101"
    assert not any(notice.severity == "error" for notice in intake.notices)


def test_the_field_s_own_name_goes_before_a_likely_one(tmp_path):
    head = ["公司名称", "负责人姓名", "联系电话", "主体负责人·手机号码"]
    intake = open_intake(book(tmp_path / "a.xlsx", [head, [ROW[0], ROW[3], "13800000101", "13800000102"]]))
    (entry,) = intake.entries()
    assert entry.answers["principal.mobile"] == "13800000102"
    assert "intake.doubled-own" in {notice.rule for notice in intake.notices}


def test_a_column_without_a_field_is_told_but_for_numbering(tmp_path):
    head = ["序号", "公司名称", "小程序名称", "客户经理"]
    intake = open_intake(book(tmp_path / "a.xlsx", [head, ["1", ROW[0], ROW[5], "小王"]]))
    told = [notice.message for notice in intake.notices if notice.rule == "intake.not-used"]
    assert len(told) == 1
    assert "客户经理" in told[0]
    assert "D1" in told[0]


def test_what_was_agreed_on_goes_before_the_guess_and_is_kept(tmp_path):
    columns = guess(["公司名称", "客户经理", "手机号码", "手机号码"])
    agreed = {"客户经理": "contact.name", "手机号码": "", "手机号码#2": "contact.mobile"}
    made = agree(columns, agreed)
    assert [(column.heading, column.field) for column in made] == [
        ("公司名称", "subject.name"),
        ("客户经理", "contact.name"),
        ("手机号码", "contact.mobile"),
    ]
    save_agreed(made, tmp_path / "agreed.json")
    kept = load_agreed(tmp_path / "agreed.json")
    assert kept["客户经理"] == "contact.name"
    assert names(columns) == ["公司名称", "客户经理", "手机号码", "手机号码#2"]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"format": "beian-headings", "version": 2, "headings": {}}, "更新版本"),
        ({"format": "beian-headings", "version": 1, "headings": {"甲": "no.such"}}, "不认识"),
        ({"format": "beian-headings", "version": 1, "headings": []}, "不是表头"),
        ({"format": "beian-draft", "version": 1, "headings": {}}, "不是表头"),
        ([], "不是表头"),
    ],
)
def test_a_wrong_file_of_headings_is_refused(tmp_path, document, words):
    path = tmp_path / "h.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(FileProblem, match=words):
        load_agreed(path)


def test_agreed_headings_make_a_strange_table_readable(tmp_path):
    path = book(tmp_path / "a.xlsx", [["a", "b"], ["某地示例科技有限公司", "示例工具"]])
    with pytest.raises(FileProblem, match="没有认出表头"):
        open_intake(path)
    (entry,) = open_intake(path, {"a": "subject.name", "b": "mini_program.name"}).entries()
    assert dict(entry.answers) == {"subject.name": "某地示例科技有限公司", "mini_program.name": "示例工具"}


def test_the_number_beside_a_person_who_files_is_the_person_s(tmp_path):
    head = ["主体名称", "主体类型", "证件号码", "小程序名称"]
    lines = [head, ["苏小岚", "个人", "110101199003078891", "示例工具"], [*ROW[:3], ROW[5]]]
    person, company = open_intake(book(tmp_path / "a.xlsx", lines)).entries()
    assert person.answers["principal.certificate_number"] == "110101199003078891"
    assert "subject.certificate_number" not in person.answers
    assert company.answers["subject.certificate_number"] == ROW[2]
