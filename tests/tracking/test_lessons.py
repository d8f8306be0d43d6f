"""What was learnt from rejections, offered to the next case like it."""

import json
from datetime import date

import pytest

from tests.tracking.cases import a_draft, followed
from wizard.sections import catalogue
from wizard.tracking.lessons import MOST, TOLD, Lesson, lessons, lessons_of, plain, told, with_lessons

COMPANY = {"subject__type": "企业"}


def rejected(*texts, **answers):
    steps = []
    for number, text in enumerate(texts):
        steps += [
            ("submitted", f"2026-10-{10 + 2 * number}"),
            ("review_rejected", f"2026-10-{11 + 2 * number}", {"rejection": text}),
        ]
    return followed(*steps, draft=a_draft(**COMPANY | answers))


ADDRESS, PICTURE = "通讯地址未填写到门牌号", "身份证照片不清晰，请重新上传"


def test_a_rejection_teaches_its_reasons_once_with_place_and_nature():
    found = lessons_of(rejected(ADDRESS, f"{ADDRESS}；{PICTURE}"), 7)
    assert {(one.reason, one.on) for one in found} == {
        ("R08", date(2026, 10, 13)),
        ("R54", date(2026, 10, 13)),
    }
    assert {(one.province, one.nature, one.case) for one in found} == {("北京市", "企业", 7)}


def test_what_was_not_recognised_for_sure_teaches_nothing():
    assert lessons_of(rejected("今天天气不错"), 7) == ()


def test_the_next_case_like_it_is_told_and_another_kind_is_not():
    kept = lessons_of(rejected(ADDRESS), 7)
    (finding,) = told(kept, a_draft(**COMPANY), 8)
    assert finding.severity == "note"
    assert "1 个北京市的企业案件曾因“通讯地址没到门牌号”被驳回" in finding.message
    assert "门牌号" in finding.fix
    assert set(finding.fields) <= set(catalogue())
    assert told(kept, a_draft(**COMPANY | {"subject__province": "浙江省"}), 8) == ()
    assert told(kept, a_draft(subject__type="个人"), 8) == ()
    assert told(kept, a_draft(), 8) == ()


def test_the_case_itself_and_one_that_is_handed_in_are_not_told():
    kept = lessons_of(rejected(ADDRESS), 7)
    assert told(kept, a_draft(**COMPANY), 7) == ()
    assert told(kept, followed(("submitted", "2026-11-20"), draft=a_draft(**COMPANY)), 8) == ()


def test_what_came_most_often_is_told_first_and_not_too_much():
    kept = []
    for case, texts in enumerate(
        [(ADDRESS,), (ADDRESS,), (PICTURE,), ("承诺书未加盖公章",), ("证件水印遮挡关键信息",)]
    ):
        kept += lessons_of(rejected(*texts), case)
    found = told(kept, a_draft(**COMPANY), 99)
    assert len(found) == TOLD
    assert found[0].message.startswith("客户库里有 2 个")


def test_a_correction_takes_the_lesson_back():
    kept = with_lessons((), rejected(ADDRESS), 7)
    assert len(kept) == 1
    corrected = followed(("corrected", "2026-10-12", {"text": "记错了"}), draft=rejected(ADDRESS))
    assert with_lessons(kept, corrected, 7) == ()


def test_they_are_kept_as_plain_values_and_come_back():
    kept = with_lessons((), rejected(ADDRESS, PICTURE), 7)
    assert lessons(json.loads(json.dumps(plain(kept)))) == kept
    assert ADDRESS not in json.dumps(plain(kept), ensure_ascii=False)


@pytest.mark.parametrize(
    "kept", [None, 3, {}, [1], [["R08"]], [["R08", "", "", "x", ""]], [["R999", "a", "b", 1, "2026-01-01"]]]
)
def test_what_cannot_be_read_is_left_out(kept):
    assert lessons(kept) == ()


def test_the_oldest_go_first():
    old = [Lesson("R08", "北京市", "企业", n, date(2026, 1, 1)) for n in range(MOST)]
    kept = with_lessons(old, rejected(ADDRESS), 9999)
    assert len(kept) == MOST
    assert kept[-1].case == 9999
