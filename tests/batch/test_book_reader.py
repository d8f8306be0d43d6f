"""A workbook read by the lanes: its columns, what becomes of each row, and all of it taken in or nothing."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.intake.books import HEAD, ROW, book
from wizard.batch.book_reader import BookReader, Facts, How, Judged
from wizard.batch.draft_folder import DraftFolder
from wizard.batch.lanes import Lanes
from wizard.draft import load
from wizard.files import FileProblem
from wizard.process.work import Cancelled, never, silent

DAY = date(2026, 11, 25)
LOST = [*ROW[:2], "<c><v>110101199003071234</v></c>", *ROW[3:]]


@pytest.fixture(scope="module")
def lanes() -> Iterator[Lanes]:
    made = Lanes(2)
    yield made
    made.close()


def other(n: int) -> list[str]:
    return [*ROW[:5], f"示例工具{n}"]


def read(lanes: Lanes, path, agreed=None) -> tuple[BookReader, Facts]:
    reader = BookReader(lanes, path, agreed or {})
    return reader, reader.facts()


def judged(reader: BookReader, target=None, leave_out=False) -> Judged:
    return reader.judge(DAY, target, leave_out, silent, never)


def test_columns_are_shown_with_what_stands_in_them(lanes, tmp_path):
    _, facts = read(lanes, book(tmp_path / "a.xlsx", [HEAD, ROW, other(1)]))
    by_heading = {column.heading: column for column in facts.columns}
    assert facts.rows == 2
    assert by_heading["主体名称"].field == "subject.name"
    assert by_heading["小程序名称"].examples == ["示例工具", "示例工具1"]
    assert by_heading["证件号码"].confidence == "likely"


def test_every_row_in_its_order_with_its_own_findings(lanes, tmp_path):
    rows = [LOST if n == 150 else other(n) for n in range(230)]
    reader, _ = read(lanes, book(tmp_path / "a.xlsx", [HEAD, *rows]))
    told: list[int] = []
    made = reader.judge(DAY, None, leave_out=False, told=lambda done, *_: told.append(done), cancelled=never)
    assert [seen.row for seen in made.rows] == list(range(2, 232))
    assert [seen.number for seen in made.rows if seen.state == "faulty"] == [150]
    assert told == [100, 200, 230]
    found, answers = reader.row(150, DAY)
    assert found[0].rule == "intake.number-lost"
    assert "subject.certificate_number" not in answers
    assert reader.row(3, DAY)[1]["mini_program.name"] == "示例工具3"


def test_rows_that_hold_very_much_come_through(lanes, tmp_path):
    long = "长" * 30_000
    rows = [[long, *ROW[1:5], f"程序{n}", long, long] for n in range(70)]
    path = book(tmp_path / "a.xlsx", [[*HEAD, "经营范围", "小程序备注"], *rows])
    reader, _ = read(lanes, path)
    assert [seen.row for seen in judged(reader).rows] == list(range(2, 72))
    assert dict(reader.take(DraftFolder(tmp_path / "out"), How(), silent, never)) == {"new": 70}


def test_people_are_covered_in_the_rows(lanes, tmp_path):
    reader, _ = read(lanes, book(tmp_path / "a.xlsx", [HEAD, [ROW[3], "个人", "", *ROW[3:]]]))
    (seen,) = judged(reader).rows
    assert seen.called == "林** · 示例工具"


def test_taken_in_twice_it_makes_no_doubles(lanes, tmp_path):
    reader, _ = read(lanes, book(tmp_path / "a.xlsx", [HEAD, ROW, other(1)]))
    out = tmp_path / "out"
    assert dict(reader.take(DraftFolder(out), How(), silent, never)) == {"new": 2}
    assert {load(file).text("mini_program.name") for file in out.iterdir()} == {"示例工具", "示例工具1"}
    assert dict(judged(reader, DraftFolder(out)).counts) == {"known": 2}
    assert dict(reader.take(DraftFolder(out), How(), silent, never)) == {"known": 2}
    assert len(list(out.iterdir())) == 2


def test_one_faulty_cell_keeps_everything_out_unless_it_may_be_left_out(lanes, tmp_path):
    reader, _ = read(lanes, book(tmp_path / "a.xlsx", [HEAD, ROW, [*LOST[:5], "别的"]]))
    out = tmp_path / "out"
    with pytest.raises(FileProblem, match="第 3 行有格子没读入"):
        reader.take(DraftFolder(out), How(), silent, never)
    assert not list(out.glob("*"))
    assert dict(reader.take(DraftFolder(out), How(leave_out=True), silent, never)) == {"new": 2}


def test_a_doubled_heading_keeps_everything_out(lanes, tmp_path):
    path = book(tmp_path / "a.xlsx", [[*HEAD, "手机号码"], [*ROW, "13900000102"]])
    reader, facts = read(lanes, path)
    assert judged(reader).faults
    with pytest.raises(FileProblem, match="出现了两列"):
        reader.take(DraftFolder(tmp_path / "out"), How(), silent, never)
    agreed = {"手机号码": "principal.mobile", "手机号码#2": ""}
    reader, _ = read(lanes, path, agreed)
    assert [column.name for column in facts.columns].count("手机号码#2") == 1
    reader.take(DraftFolder(tmp_path / "out"), How(), silent, never)
    (file,) = (tmp_path / "out").iterdir()
    assert load(file).text("principal.mobile") == ROW[4]


def test_strange_headings_can_be_agreed_on(lanes, tmp_path):
    path = book(tmp_path / "a.xlsx", [["甲栏", "乙栏"], ["某公司", "某程序"]])
    _, facts = read(lanes, path)
    assert "没有认出表头" in facts.problem
    assert [column.heading for column in facts.columns] == ["甲栏", "乙栏"]
    reader, facts = read(lanes, path, {"甲栏": "subject.name", "乙栏": "mini_program.name"})
    assert not facts.problem
    assert [seen.called for seen in judged(reader).rows] == ["某公司 · 某程序"]


def test_a_book_changed_after_it_was_seen_is_not_taken_in(lanes, tmp_path):
    path = book(tmp_path / "a.xlsx", [HEAD, ROW])
    reader, _ = read(lanes, path)
    book(path, [HEAD, ROW, other(1), other(2)])
    with pytest.raises(FileProblem, match="改动过"):
        reader.take(DraftFolder(tmp_path / "out"), How(), silent, never)
    assert not list((tmp_path / "out").glob("*"))


def test_stopped_nothing_came_in(lanes, tmp_path):
    reader, _ = read(lanes, book(tmp_path / "a.xlsx", [HEAD, *map(other, range(300))]))
    asked: list[int] = []

    def enough() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(Cancelled):
        reader.take(DraftFolder(tmp_path / "out"), How(), silent, enough)
    assert not list((tmp_path / "out").glob("*"))


@pytest.mark.parametrize(
    ("data", "said"), [(b"", "空文件"), (b"PK\x03\x04", "不完整"), (b"{}", "不是 Excel")]
)
def test_what_is_no_book_is_one_sentence(lanes, tmp_path, data, said):
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(FileProblem, match=said):
        read(lanes, tmp_path / "a.xlsx")
