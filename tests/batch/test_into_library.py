"""A workbook into the library: matched, told before, then all of it or nothing."""

import json
from datetime import date

import pytest

from tests.batch.conftest import PASSPHRASE
from tests.intake.books import HEAD, ROW, book
from wizard.batch.library_target import LibraryTarget
from wizard.batch.taking_in import TakingIn
from wizard.command_line import program
from wizard.draft import Draft
from wizard.files import FileProblem
from wizard.library import place
from wizard.library.library import Library

DAY = date(2026, 11, 25)
LOST = [*ROW[:2], "<c><v>110101199003071234</v></c>", *ROW[3:]]
WITH_ID = [*HEAD, "AppID"]


def other(n: int) -> list[str]:
    return [*ROW[:5], f"示例工具{n}"]


def take(library: Library, path, **how) -> TakingIn:
    taking = TakingIn(path, None, LibraryTarget(library), **how)
    for _ in taking.rows(DAY):
        continue
    return taking


def programs(library: Library) -> set[str]:
    return {row.program for row in library.cases.rows(limit=-1)}


def test_rows_become_cases(library, tmp_path):
    taking = take(library, book(tmp_path / "a.xlsx", [HEAD, ROW, other(1)]))
    assert not programs(library), "nothing is kept before it is finished"
    assert taking.finish()
    assert programs(library) == {"示例工具", "示例工具1"}
    assert [event.action for event in library.audit.events(limit=-1)].count("导入案件") == 2


def test_importing_again_makes_no_doubles(library, tmp_path):
    path = book(tmp_path / "a.xlsx", [HEAD, ROW, other(1)])
    take(library, path).finish()
    again = take(library, path)
    assert again.finish()
    assert dict(again.counts) == {"known": 2}
    assert library.cases.count() == 2


def test_a_changed_row_updates_its_case_only_when_asked_to(library, tmp_path):
    take(library, book(tmp_path / "a.xlsx", [HEAD, ROW])).finish()
    (case,) = (row.id for row in library.cases.rows())
    kept = library.cases.load(case)
    library.cases.save(case, kept.draft.with_answer("principal.email", "a@example.com"), kept.version)
    changed = book(tmp_path / "b.xlsx", [HEAD, [*ROW[:4], "13800000109", ROW[5]]])
    taking = take(library, changed)
    taking.finish()
    assert dict(taking.counts) == {"changed": 1}
    assert library.cases.load(case).draft.text("principal.mobile") == ROW[4]
    take(library, changed, update=True).finish()
    draft = library.cases.load(case).draft
    assert draft.text("principal.mobile") == "13800000109"
    assert draft.text("principal.email") == "a@example.com", "what the table does not hold stays"
    assert library.cases.history(case, "principal.mobile")[0].before == ROW[4]


@pytest.mark.parametrize(
    ("held", "row", "same"),
    [
        ({"mini_program.appid": "wx1234567890abcdef"}, ["甲", *ROW[1:5], "乙", "wx1234567890ABCDEF"], True),
        ({"subject.name": ROW[0], "mini_program.name": ROW[5]}, [*ROW, ""], True),
        (
            {"subject.certificate_number": ROW[2], "mini_program.name": ROW[5]},
            ["改名公司", *ROW[1:], ""],
            True,
        ),
        ({"subject.name": ROW[0], "mini_program.name": "别的"}, [*ROW, ""], False),
        ({"subject.name": "别的公司", "mini_program.name": ROW[5]}, [*ROW, ""], False),
        (
            {"subject.name": ROW[0], "mini_program.name": ROW[5], "mini_program.appid": "wx" + "1" * 16},
            [*ROW, "wx" + "2" * 16],
            False,
        ),
    ],
)
def test_which_case_is_the_same_filing(library, tmp_path, held, row, same):
    library.cases.new(Draft(answers=held))
    taking = take(library, book(tmp_path / "a.xlsx", [WITH_ID, row]))
    assert (taking.counts["new"] == 0) is same


def test_a_filing_without_names_is_known_by_its_content(library, tmp_path):
    path = book(tmp_path / "a.xlsx", [HEAD, ["", "企业", "", "林知远", "13800000101", ""]])
    take(library, path).finish()
    again = take(library, path)
    again.finish()
    assert dict(again.counts) == {"known": 1}


def test_one_faulty_cell_keeps_everything_out(library, tmp_path):
    taking = take(library, book(tmp_path / "a.xlsx", [HEAD, ROW, LOST]))
    assert not taking.finish()
    assert not library.cases.count()


def test_a_case_changed_meanwhile_keeps_everything_out(library, tmp_path):
    take(library, book(tmp_path / "a.xlsx", [HEAD, ROW])).finish()
    (case,) = (row.id for row in library.cases.rows())
    changed = book(tmp_path / "b.xlsx", [HEAD, other(1), [*ROW[:4], "13800000109", ROW[5]]])
    taking = take(library, changed, update=True)
    kept = library.cases.load(case)
    library.cases.save(case, kept.draft.with_answer("principal.mobile", "13800000100"), kept.version)
    with pytest.raises(FileProblem, match="一行也没有导入"):
        taking.finish()
    assert programs(library) == {"示例工具"}
    assert library.cases.load(case).draft.text("principal.mobile") == "13800000100"


def test_the_bin_is_not_looked_at_and_templates_are_not_matched(library, tmp_path):
    case = library.cases.new(Draft(answers={"subject.name": ROW[0], "mini_program.name": ROW[5]}))
    library.cases.copy(case, template=True)
    library.marks.bin([case])
    taking = take(library, book(tmp_path / "a.xlsx", [HEAD, ROW]))
    assert taking.counts["new"] == 1


def test_the_command(library, tmp_path, monkeypatch, capsys):
    folder = library.folder
    library.close()
    monkeypatch.setenv("BEIAN_PASSPHRASE", PASSPHRASE)
    path = book(tmp_path / "a.xlsx", [HEAD, ROW, other(1)])
    assert program.run(["intake", str(path), "--library", str(folder)]) == 0
    assert "存了 2 个案件" in capsys.readouterr().out
    assert program.run(["intake", str(path), "--library", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["known"] == 2
    assert program.run(["intake", str(path), "--library", str(folder), "-o", str(tmp_path / "x")]) == 2
    assert "只写一个" in capsys.readouterr().err
    with place.unlock(folder, passphrase=PASSPHRASE) as opened:
        assert opened.cases.count() == 2
