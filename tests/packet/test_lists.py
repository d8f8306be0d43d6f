"""The lists in front: what is needed and there, what is to be done and by whom."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.packet import cases
from wizard.draft import Draft
from wizard.finding import Finding
from wizard.packet.answers import sheet_fields, shown
from wizard.packet.items import items
from wizard.packet.papers import OPTIONAL, REQUIRED, SOMETIMES, papers
from wizard.packet.scans import plates
from wizard.packet.snapshot import Snapshot
from wizard.packet.todo import by_field, tasks, who
from wizard.sections import catalogue, section_fields


@dataclass(frozen=True)
class Material:
    name: str
    need: str
    form: str = "原件彩色扫描件"
    why: str = "证明主体是谁"
    field: str = ""
    copies: int = 1
    signs: str = ""
    stamps: str = ""
    letter: str = ""
    valid_until: date | None = None
    signed_on: date | None = None


def needs(snapshot: Snapshot) -> dict[str, str]:
    return {paper.title: paper.need for paper in papers(snapshot)}


def test_papers_of_a_company(tmp_path: Path):
    need = needs(cases.full(tmp_path))
    assert need["主体证件照片"] == REQUIRED
    assert need["小程序负责人授权书"] == SOMETIMES
    assert need["前置审批批准文件（文化）"] == REQUIRED
    assert need["党建确认函"] == SOMETIMES
    assert "居住证明" not in need
    assert "主体负责人授权书" not in need


def test_papers_of_a_person(tmp_path: Path):
    need = needs(cases.full(tmp_path, subject__type="个人"))
    assert "主体证件照片" not in need
    assert need["居住证明"] == SOMETIMES
    assert OPTIONAL not in need.values()


def test_linked_persons_show_their_papers_once(tmp_path: Path):
    need = needs(cases.linked(tmp_path))
    assert "主体负责人证件正面" in need
    assert "小程序负责人证件正面" not in need


def test_materials_worked_out_for_the_case_are_listed_instead(tmp_path: Path):
    plain = cases.full(tmp_path)
    given = (
        Material("主体证件照片", "必需", field="subject.certificate_photo", valid_until=date(2049, 6, 5)),
        Material(
            "授权书", "必需", copies=2, signs="法定代表人", stamps="单位公章", signed_on=date(2026, 11, 20)
        ),
        Material("小程序备案真实性核验单", "平台提供"),
    )
    snapshot = Snapshot(**{**plain.__dict__, "materials": given})
    listed = {item.title: item for item in items(snapshot, papers(snapshot))}
    assert list(listed)[:3] == [each.name for each in given]
    assert listed["主体证件照片"].sheets
    assert "有效期至 2049-06-05" in listed["主体证件照片"].form
    form = listed["授权书"].form
    assert "2 份" in form
    assert "签名：法定代表人" in form
    assert "盖章：单位公章" in form
    assert "签署于 2026-11-20" in form
    assert [title for title, item in listed.items() if item.wanted] == ["主体证件照片", "授权书"]
    assert "主体负责人证件正面" in listed, "an attached paper is never left out"


def finding(severity: str, *fields: str) -> Finding:
    return Finding("a.b", severity, fields, f"{severity} {fields}")  # type: ignore[arg-type]


def test_tasks_stand_by_gravity_and_section():
    found = [
        finding("warning", "subject.name"),
        finding("note", "subject.name"),
        finding("error", "contact.mobile", "principal.mobile"),
        finding("error", "mini_program.name"),
        finding("error", "subject.address"),
        finding("error", "strange.field"),
        finding("error"),
    ]
    listed = tasks(found)
    first = [task.finding.fields[0] if task.finding.fields else "" for task in listed]
    assert first[:3] == ["subject.address", "mini_program.name", "contact.mobile"]
    assert first[-1] == "subject.name"
    assert [task.number for task in listed] == list(range(1, 7))
    assert by_field(listed)["principal.mobile"] == by_field(listed)["contact.mobile"] == [3]


def test_whose_turn_it_is():
    assert who(finding("error", "principal.mobile")) == "主体负责人"
    assert who(finding("error", "contact.mobile")) == "小程序负责人"
    assert who(finding("error", "mini_program.name")) == "小程序管理员"
    assert who(finding("error", "contact.authorization_letter")) == "法定代表人"
    assert who(finding("error", "subject.legal_person_name")) == "法定代表人"
    assert who(finding("error", "subject.name")) == "经办人"
    assert who(finding("error")) == "经办人"
    assert who(finding("error", "principal.mobile", "contact.mobile")) == "主体负责人、小程序负责人"


def test_sheets_show_what_is_asked_in_the_order_of_the_form(tmp_path: Path):
    for snapshot in (cases.full(tmp_path), cases.full(tmp_path, subject__type="个人"), cases.empty()):
        for section in ("subject", "principal", "mini_program", "contact"):
            fields = [each.id for each in sheet_fields(snapshot, section)]
            in_order = [each.id for each in section_fields(section)]
            assert fields == [field for field in in_order if field in snapshot.reading.asked]


def test_a_link_fills_the_sheet_with_the_values_of_the_other(tmp_path: Path):
    snapshot = cases.linked(tmp_path)
    fields = {each.name: each for each in sheet_fields(snapshot, "contact")}
    assert shown(snapshot, fields["name"]).value == cases.FULL["principal.name"]
    assert shown(snapshot, fields["mobile"]).value == "13800138000"
    assert "authorization_letter_date" not in fields
    assert shown(snapshot, fields["same_as_principal"]).value == "是"


def test_rows_that_are_unfit_stand_as_typed(tmp_path: Path):
    rows = ({"type": "没有这一项", "code": "１２", "media": ["a.jpg", "b.jpg"]}, {"type": "新闻"})
    draft = Draft({**cases.FULL, "mini_program.pre_approvals": rows}, folder=tmp_path)
    value = shown(cases.frozen(draft), catalogue()["mini_program.pre_approvals"]).value
    first, second = value.splitlines()
    assert first.startswith("没有这一项，审批号 ")
    assert first.endswith("批准文件 2 份")
    assert second == "新闻"


def plated(folder: Path, **attachments: tuple[str, ...]) -> list[tuple[str, int]]:
    given = {f"principal.certificate_photo_{side}": names for side, names in attachments.items()}
    draft = Draft(cases.FULL, given, folder=folder)
    return [(plate.title, len(plate.sheets)) for plate in plates(papers(cases.frozen(draft)))]


def test_both_sides_of_a_card_share_a_page(tmp_path: Path):
    assert plated(tmp_path, front=("a.jpg",), back=("b.jpg",)) == [("主体负责人证件", 2)]
    assert plated(tmp_path, back=("b.jpg",)) == [("主体负责人证件", 1)]
    assert plated(tmp_path, front=("a.jpg", "c.jpg"), back=("b.jpg",)) == [
        ("主体负责人证件", 1),
        ("主体负责人证件正面 2", 1),
        ("主体负责人证件", 1),
    ]
