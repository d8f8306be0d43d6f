"""Cases are kept, found, listed, copied; nothing saved elsewhere is overwritten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.library.conftest import ID_NUMBER, MOBILE, NAME, case
from wizard.draft import Draft
from wizard.library import listing, place
from wizard.library.library import Library
from wizard.library.problems import ChangedElsewhere, FileProblem, NoSuchCase, TooLarge
from wizard.library.records import Query


def programs(library: Library, query: Query | str = "") -> list[str]:
    wanted = Query(query) if isinstance(query, str) else query
    return [row.program for row in library.cases.rows(wanted)]


def test_what_is_saved_comes_back(library: Library, reopen: Callable[..., Library]):
    rows = ({"type": "新闻", "code": "京1", "media": ["批文.jpg"]},)
    draft = replace(
        case("绿柠檬").with_answer("mini_program.pre_approvals", rows),
        place={"page": "subject", "field": "subject.name"},
        rest={"unknown": {"kept": [1]}},
    ).with_answer("subject.address", "知春路 1 号", "read")
    number = library.cases.new(draft)
    library.close()
    again = reopen()
    stored = again.cases.load(number)
    assert (stored.version, stored.row.state_word, stored.row.program) == (1, "填写中", "绿柠檬")
    assert stored.draft == replace(draft, folder=stored.draft.folder)


def test_each_save_is_a_version_and_an_old_one_is_refused(library: Library):
    number = library.cases.new(case("旧名"))
    mine = library.cases.load(number)
    theirs = mine.draft.with_answer("mini_program.name", "他们的名字").with_answer("subject.name", "同一个")
    assert library.cases.save(number, theirs, 1) == 2
    wanted = mine.draft.with_answer("mini_program.name", "我的名字").with_answer("subject.name", "同一个")
    with pytest.raises(ChangedElsewhere) as refused:
        library.cases.save(number, wanted, 1)
    assert refused.value.fields == {"mini_program.name": ("我的名字", "他们的名字")}
    assert refused.value.theirs.version == 2
    assert library.cases.load(number).draft.text("mini_program.name") == "他们的名字"
    assert library.cases.save(number, wanted, refused.value.theirs.version) == 3


def test_a_case_that_is_gone_is_said_to_be_gone(library: Library):
    number = library.cases.new(case())
    library.privacy.purge([number], date(2026, 11, 25))
    for act in (
        lambda: library.cases.load(number),
        lambda: library.cases.save(number, case(), 1),
        lambda: library.cases.row(number),
    ):
        with pytest.raises(NoSuchCase):
            act()


@pytest.mark.parametrize(
    "text",
    ["柠", "柠檬", "绿柠檬", "张", "柠檬 张三", "WX0123", "wx01 点餐", "91110115ma01", "公司", "ＷＸ0123"],
)
def test_search_as_it_is_typed(library: Library, text: str):
    library.cases.new(case("绿柠檬点餐", principal__name="张三", mini_program__appid="wx0123456789abcdef"))
    library.cases.new(
        case("别的", principal__name="李四", subject__certificate_number="", subject__name="某店")
    )
    assert programs(library, text) == ["绿柠檬点餐"]


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "a AND",
        "NEAR(",
        "* OR *",
        "col:val",
        "-",
        "'; DROP TABLE cases;--",
        "^",
        "%",
        "_",
        "\ud83d",
    ],
)
def test_search_takes_anything_as_words(library: Library, text: str):
    library.cases.new(case("平常的名字"))
    assert programs(library, text) == []


@pytest.mark.parametrize(
    "text", [ID_NUMBER, "110101 19900307 8891", MOBILE, "138-0013-8000", "１３８００１３８０００"]
)
def test_a_whole_number_finds_its_case_and_a_part_does_not(library: Library, text: str):
    library.cases.new(case("有号码的"))
    library.cases.new(case("没有的", principal__certificate_number="", principal__mobile=""))
    assert programs(library, text) == ["有号码的"]
    assert programs(library, text[:9]) == []


def test_an_id_number_typed_into_a_name_is_not_indexed(library: Library):
    library.cases.new(case("某店", subject__name=f"张三{ID_NUMBER}店 {MOBILE}"))
    words = library.cases._database.value("SELECT group_concat(words) FROM search")
    assert "张三" in words
    assert ID_NUMBER not in words
    assert MOBILE not in words


def test_filters_and_order(library: Library):
    one, two, three = (library.cases.new(case(name)) for name in ("甲", "乙", "丙"))
    library.marks.set_state([one, two], "ready")
    library.marks.set_deadline([two], date(2026, 12, 1))
    library.marks.set_deadline([three], date(2026, 11, 1))
    library.marks.tag([one, three], ["急", " 续签  "])
    assert programs(library, Query(states=("ready",))) == ["乙", "甲"]
    assert programs(library, Query(tags=("急", "续签"))) == ["丙", "甲"]
    assert programs(library, Query(due_by=date(2026, 11, 25))) == ["丙"]
    assert programs(library, Query(sort="deadline", descending=False)) == ["丙", "乙", "甲"]
    assert programs(library, Query(provinces=("上海市",))) == []
    assert library.cases.count(Query(states=("ready",))) == 2
    assert library.marks.tags() == [("急", 2), ("续签", 2)]
    library.marks.untag([one], ["急"])
    assert library.cases.row(one).tags == ("续签",)
    assert [row.program for row in library.cases.rows(limit=1, offset=1)] == ["乙"]


def test_the_ids_of_a_list_stand_in_its_order_and_give_its_rows(library: Library):
    cases = [library.cases.new(case("丙乙甲丁"[number % 4])) for number in range(9)]
    library.marks.set_deadline(cases[:4], date(2026, 12, 1))
    for sort in ("updated", "created", "deadline", "state", "subject", "program", "province"):
        for descending in (True, False):
            query = Query(sort=sort, descending=descending)  # type: ignore[arg-type]
            rows = library.cases.rows(query)
            assert library.cases.ids(query) == [row.id for row in rows]
            assert library.cases.rows_of([row.id for row in rows]) == rows
    library.marks.tag(cases[:2], ["加急"])
    assert library.marks.tags_of(cases[1:]) == ["加急"]
    assert library.marks.tags_of(cases[2:]) == []


def test_more_rows_than_one_question_may_name(library: Library, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(listing, "_AT_ONCE", 4)
    cases = [library.cases.new(case()) for _ in range(9)]
    library.marks.tag(cases[:5], ["加急"])
    rows = library.cases.rows_of([*cases[::-1], 10**6])
    assert [row.id for row in rows] == cases[::-1]
    assert [row.tags for row in rows] == [()] * 4 + [("加急",)] * 5


def test_a_library_that_was_closed_says_so(home: Path):
    library, _ = place.create(home, "口令")
    library.close()
    with pytest.raises(FileProblem, match="已经关闭或锁定"):
        library.cases.ids()


def test_archive_bin_and_back(library: Library):
    one, two = library.cases.new(case("甲")), library.cases.new(case("乙"))
    library.marks.archive([one])
    library.marks.bin([two])
    assert programs(library) == []
    assert programs(library, Query(where="archived")) == ["甲"]
    assert programs(library, Query(where="bin")) == ["乙"]
    assert programs(library, Query(where=None)) == ["甲"]
    library.marks.archive([one], archived=False)
    library.marks.put_back([two])
    assert sorted(programs(library)) == ["乙", "甲"]


def test_marks_leave_an_open_case_as_it_is(library: Library):
    number = library.cases.new(case())
    stored = library.cases.load(number)
    library.marks.set_state([number], "waiting")
    library.marks.tag([number], ["急"])
    assert library.cases.save(number, stored.draft.with_answer("subject.comment", "补"), stored.version) == 2
    assert library.cases.row(number).state == "waiting"


def test_a_closed_case_is_kept_for_its_time(library: Library):
    number = library.cases.new(case())
    library.marks.set_state([number], "filed", on=date(2026, 11, 25))
    assert library.cases.row(number).retain_until == date(2027, 2, 23)
    assert library.privacy.due(date(2027, 2, 22)) == []
    assert [row.id for row in library.privacy.due(date(2027, 2, 23))] == [number]
    library.marks.set_state([number], "filling")
    assert library.cases.row(number).retain_until is None


def test_a_copy_has_its_own_attachments_and_no_progress(library: Library, tmp_path: Path):
    (tmp_path / "执照.jpg").write_bytes(b"picture")
    draft = replace(case("原件"), folder=tmp_path, rest={"packet": {"version": 3}, "following": {"id": "a"}})
    draft = draft.with_attachments("subject.certificate_photo", ("执照.jpg",))
    number = library.cases.new(draft.with_answer("progress.submitted_on", "2026-11-01"))
    copy, template = library.cases.copy(number), library.cases.copy(number, template=True)
    library.privacy.purge([number], date(2026, 11, 25))
    assert library.files.read(copy, "执照.jpg") == b"picture"
    stored = library.cases.load(copy)
    assert stored.draft.text("progress.submitted_on") == ""
    assert not {"packet", "following"} & set(stored.draft.rest)
    assert [row.id for row in library.cases.rows(Query(where="templates"))] == [template]


def test_attachments_are_kept_once_and_come_back_whole(library: Library, tmp_path: Path):
    for name in ("正面.jpg", "又一张.jpg"):
        (tmp_path / name).write_bytes(b"the same picture")
    draft = replace(case(), folder=tmp_path).with_attachments(
        "principal.certificate_photo_front", ("正面.jpg", "又一张.jpg")
    )
    number = library.cases.new(draft)
    assert library.cases._database.value("SELECT count(*) FROM blobs") == 1
    desk = tmp_path / "desk"
    desk.mkdir()
    stored = library.cases.load(number, into=desk)
    assert stored.draft.file("正面.jpg").read_bytes() == b"the same picture"
    (desk / "正面.jpg").write_bytes(b"another picture")
    library.cases.save(number, stored.draft, stored.version)
    assert library.files.read(number, "正面.jpg") == b"another picture"
    assert library.files.read(number, "又一张.jpg") == b"the same picture"
    library.files.drop(number, ["正面.jpg"])
    assert [one.name for one in library.files.of(number)] == ["又一张.jpg"]
    assert library.cases._database.value("SELECT count(*) FROM blobs") == 1


def test_an_attachment_that_is_missing_costs_nothing_else(library: Library, tmp_path: Path):
    draft = replace(case("甲"), folder=tmp_path).with_attachments("subject.certificate_photo", ("没有.jpg",))
    number = library.cases.new(draft)
    assert library.cases.load(number).draft.attachments == {"subject.certificate_photo": ("没有.jpg",)}
    assert library.files.take_in(number, draft) == ("没有.jpg",)


def test_an_attachment_too_large_leaves_the_case(library: Library, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("wizard.library.files.LARGEST", 10)
    monkeypatch.setattr("wizard.library.files.LARGEST_CASE", 15)
    number = library.cases.new(case())
    library.files.write(number, "小.jpg", b"123456789")
    for name, data in (("大.jpg", b"12345678901"), ("第二.jpg", b"abcdefghi")):
        with pytest.raises(TooLarge):
            library.files.write(number, name, data)
    assert [(one.name, one.size) for one in library.files.of(number)] == [("小.jpg", 9)]


def test_an_attachment_whose_name_leads_elsewhere_is_not_written(library: Library, tmp_path: Path):
    number = library.cases.new(case())
    library.files.write(number, "../外面.jpg", b"x")
    desk = tmp_path / "desk"
    desk.mkdir()
    with pytest.raises(FileProblem):
        library.cases.load(number, into=desk)
    assert not (tmp_path / "外面.jpg").exists()


def test_half_a_character_is_replaced_and_nothing_else(library: Library):
    number = library.cases.new(case().with_answer("subject.comment", "前\ud83d后\0𠮷"))
    assert library.cases.load(number).draft.text("subject.comment") == "前\ufffd后\0𠮷"


def test_history_keeps_what_a_field_held(library: Library, monkeypatch: pytest.MonkeyPatch):
    now = 1_764_000_000_000
    monkeypatch.setattr("wizard.library.clock.now", lambda: now)
    number = library.cases.new(case("第一"))
    draft, version = library.cases.load(number).draft, 1
    for name, minutes in (("第二", 0), ("第二个", 1), ("第三", 10)):
        now += minutes * 60_000
        draft = draft.with_answer("mini_program.name", name)
        version = library.cases.save(number, draft, version)
    changes = library.cases.history(number, "mini_program.name")
    assert [(one.before, one.after) for one in changes] == [("第二个", "第三"), ("第一", "第二个")]
    assert library.cases.restore(number, changes[-1].id, version) == version + 1
    assert library.cases.load(number).draft.text("mini_program.name") == "第一"
    assert library.cases.history(number)[0].before == "第三"


def test_history_of_attachments(library: Library):
    number = library.cases.new(case().with_attachments("subject.certificate_photo", ("旧.jpg",)))
    draft = library.cases.load(number).draft.with_attachments("subject.certificate_photo", ())
    library.cases.save(number, draft, 1)
    change = library.cases.history(number, "subject.certificate_photo")[0]
    assert (change.before, change.after) == (("旧.jpg",), "")
    library.cases.restore(number, change.id, 2)
    assert library.cases.load(number).draft.attachments == {"subject.certificate_photo": ("旧.jpg",)}


def test_the_undo_stays_with_the_case(library: Library):
    number = library.cases.new(case())
    library.cases.save(number, case(), 1, undo=b"[1]")
    library.cases.save(number, case(), 2)
    assert library.cases.load(number).undo == b"[1]"


def test_filters_are_kept_with_the_library(library: Library, reopen: Callable[..., Library]):
    query = Query("柠檬", states=("ready",), tags=("急",), due_by=date(2026, 12, 1), sort="deadline")
    library.settings.keep_filter("急件", query)
    library.settings.keep_filter("别的", Query())
    library.settings.keep_filter("别的", None)
    library.settings.put("idle_lock_minutes", 3)
    library.close()
    again = reopen()
    assert again.settings.filters() == {"急件": query}
    assert (again.settings.get("idle_lock_minutes"), again.settings.get("retention_days")) == (3, 90)


def test_the_audit_list_holds_no_value(library: Library):
    number = library.cases.new(case())
    library.marks.bin([number])
    library.audit.note("number_shown", number, "principal.mobile")
    assert [event.action for event in library.audit.events(2)] == ["查看完整号码", "移到回收站"]
    text = repr(library.audit.events())
    assert not any(private in text for private in (ID_NUMBER, MOBILE, NAME))
    with pytest.raises(KeyError):
        library.audit.note("anything")


def test_nothing_private_in_what_is_shown_of_a_problem(library: Library):
    number = library.cases.new(case())
    stored = library.cases.load(number)
    library.cases.save(number, stored.draft.with_answer("principal.mobile", "13911112222"), 1)
    with pytest.raises(ChangedElsewhere) as refused:
        library.cases.save(number, Draft(), 1)
    assert not any(private in str(refused.value) for private in (ID_NUMBER, MOBILE, NAME, "13911112222"))
