"""`main.py intake` and `check` of workbooks as a script sees them: files, streams, exit codes, JSON."""

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.intake.books import HEAD, ROW, book, comma, package, rows, sheet
from wizard.batch.draft_folder import DraftFolder
from wizard.draft import load
from wizard.files import FileProblem

ROOT = Path(__file__).resolve().parents[2]
LOST = [*ROW[:2], "<c><v>110101199003071234</v></c>", *ROW[3:]]
DAY = ("--on", "2026-11-25")


def main(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"LC_ALL": "C"},
        timeout=120,
    )


def other(n: int) -> list[str]:
    return [*ROW[:5], f"示例工具{n}"]


def test_blank_forms_are_written_and_can_be_read(tmp_path):
    ran = main("intake", "--template", tmp_path / "t.xlsx", "--form", tmp_path / "f.html")
    assert ran.returncode == 0, ran.stderr
    assert "资料" in openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames
    assert (tmp_path / "f.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert main("intake", "--template", tmp_path / "s.xlsx", "--per-sheet").returncode == 0
    assert "备案1" in openpyxl.load_workbook(tmp_path / "s.xlsx").sheetnames
    assert main("intake", tmp_path / "t.xlsx").returncode == 0


@pytest.mark.parametrize(
    "arguments", [(), ("--template", "t.xls"), ("--form", "f.pdf"), ("no-such.xlsx",), ("no-such.csv",)]
)
def test_what_cannot_be_done_is_one_line(arguments):
    ran = main("intake", *arguments)
    assert ran.returncode == 2
    assert len(ran.stderr.strip().splitlines()) == 1
    assert not ran.stdout


def test_a_row_is_a_draft_that_its_owner_alone_can_read(tmp_path):
    ran = main("intake", book(tmp_path / "a.xlsx", [HEAD, ROW, other(1)]), "-o", tmp_path / "out", *DAY)
    assert ran.returncode == 0, ran.stderr
    assert "存了 2 份草稿" in ran.stdout
    files = sorted((tmp_path / "out").iterdir())
    assert [load(file).text("mini_program.name") for file in files] == ["示例工具", "示例工具1"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert "0002" in files[0].name
    assert "示例工具" in files[0].name


def test_importing_again_makes_no_doubles(tmp_path):
    path, out = tmp_path / "a.xlsx", tmp_path / "out"
    main("intake", book(path, [HEAD, ROW]), "-o", out)
    before = {file: file.read_bytes() for file in out.iterdir()}
    ran = main("intake", book(path, [HEAD, [*ROW[:4], "13800000109", ROW[5]], other(1)]), "-o", out, "--json")
    document = json.loads(ran.stdout)
    assert document["counts"] == {"new": 1, "known": 0, "changed": 1, "twice": 0, "faulty": 0}
    assert document["rows"][0]["changes"] == ["principal.mobile"]
    assert document["rows"][0]["same_as"] in {file.name for file in before}
    assert all(file.read_bytes() == data for file, data in before.items())
    assert len(list(out.iterdir())) == 2
    again = main("intake", path, "-o", out)
    assert "没有新的备案" in again.stdout
    assert "有 1 栏不同，没有改动" in again.stdout
    assert len(list(out.iterdir())) == 2


def test_the_same_filing_twice_in_one_workbook_is_kept_once(tmp_path):
    ran = main("intake", book(tmp_path / "a.xlsx", [HEAD, ROW, ROW]), "-o", tmp_path / "out")
    assert ran.returncode == 0
    assert "和“表1”表第 2 行是同一个备案" in ran.stdout
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_one_faulty_cell_keeps_everything_out(tmp_path):
    path = book(tmp_path / "a.xlsx", [HEAD, *map(other, range(30)), LOST])
    ran = main("intake", path, "-o", tmp_path / "out")
    assert ran.returncode == 1
    assert "一份草稿也没有存" in ran.stderr
    assert "“表1”表 C32" in ran.stdout
    assert not list((tmp_path / "out").iterdir())
    left = main("intake", path, "-o", tmp_path / "out", "--leave-out", "--json")
    assert left.returncode == 0
    document = json.loads(left.stdout)
    assert document["written"] == 31
    assert document["rows"][-1]["errors"] > 0
    faulty = next(file for file in (tmp_path / "out").iterdir() if file.name.startswith("0032"))
    assert "subject.certificate_number" not in load(faulty).answers


def test_headings_are_kept_and_used_again(tmp_path):
    strange = book(tmp_path / "a.xlsx", [["公司名称", "小程序名称", "客户电话"], [ROW[0], ROW[5], ROW[4]]])
    assert main("intake", strange, "--save-headings", tmp_path / "h.json").returncode == 0
    kept = json.loads((tmp_path / "h.json").read_text(encoding="utf-8"))
    assert kept["headings"]["客户电话"] == ""
    kept["headings"]["客户电话"] = "principal.mobile"
    (tmp_path / "h.json").write_text(json.dumps(kept), encoding="utf-8")
    main("intake", strange, "--headings", tmp_path / "h.json", "-o", tmp_path / "out")
    (file,) = (tmp_path / "out").iterdir()
    assert load(file).text("principal.mobile") == ROW[4]


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "out").write_text("x", encoding="utf-8")
    ran = main("intake", book(tmp_path / "a.xlsx", [HEAD, ROW]), "-o", tmp_path / "out")
    assert ran.returncode == 2
    assert (tmp_path / "out").read_text(encoding="utf-8") == "x"


def test_rows_are_checked_one_by_one(tmp_path):
    ran = main("check", book(tmp_path / "a.xlsx", [HEAD, ROW, [], LOST]), "--json", *DAY)
    assert ran.returncode == 1
    assert not ran.stderr
    document = json.loads(ran.stdout)
    assert [(one["row"], one["sheet"]) for one in document["files"]] == [(2, "表1"), (4, "表1")]
    first, last = document["files"]
    assert {finding["rule"] for finding in first["findings"]} >= {"required.fill-in"}
    lost = next(finding for finding in last["findings"] if finding["rule"] == "intake.number-lost")
    assert lost["severity"] == "error"
    asked_again = [
        finding
        for finding in last["findings"]
        if finding["rule"].startswith("required.") and finding["fields"] == lost["fields"]
    ]
    assert not asked_again
    assert [one["file"] for one in document["books"]] == [str(tmp_path / "a.xlsx")]


def test_drafts_and_workbooks_are_checked_together_in_their_order(tmp_path):
    draft = ROOT / "resources" / "samples" / "company.json"
    (tmp_path / "a.csv").write_bytes(comma([HEAD, ROW, other(1)]).encode("gbk"))
    document = json.loads(main("check", draft, tmp_path / "a.csv", draft, "--json", *DAY).stdout)
    assert [one["row"] for one in document["files"]] == [None, 2, 3, None]
    text = main("check", tmp_path / "a.csv", *DAY).stdout
    assert "第 2 行" in text
    assert "第 3 行" in text
    assert "GB 18030" in text


def test_a_workbook_that_cannot_be_used_does_not_stop_the_others(tmp_path):
    (tmp_path / "bad.xlsx").write_bytes(b"PK\3\4")
    ran = main("check", tmp_path / "bad.xlsx", book(tmp_path / "a.xlsx", [HEAD, ROW]), "--json", *DAY)
    assert ran.returncode == 2
    assert "bad.xlsx" in ran.stderr
    assert [one["row"] for one in json.loads(ran.stdout)["files"]] == [2]


def test_many_rows_keep_their_order(tmp_path):
    many = [HEAD, *map(other, range(450))]
    document = json.loads(main("check", book(tmp_path / "a.xlsx", many), "--json", *DAY).stdout)
    assert [one["row"] for one in document["files"]] == list(range(2, 452))


def test_no_personal_data_on_the_error_stream(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(package([sheet(rows([["姓名", "b"], ["林知远", "110101199003078891"]]))]))
    for command in ("check", "intake"):
        assert "110101199003078891" not in main(command, path).stderr


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("moved", [0, 2, 5], ids=["before", "half way", "all but the folder"])
def test_an_import_that_was_whole_is_completed_at_the_next_start(tmp_path, moved):
    folder = DraftFolder(tmp_path / "out")
    for number in range(5):
        folder.add({"mini_program.name": f"工具{number}"}, number)
    (gathered,) = (tmp_path / "out").iterdir()
    whole = gathered.rename(gathered.with_name(gathered.name.replace(".intake-", ".whole-")))
    for file in sorted(whole.iterdir())[:moved]:
        file.rename(tmp_path / "out" / file.name)
    again = DraftFolder(tmp_path / "out")
    assert len(list(again.drafts())) == 5
    assert not [file for file in (tmp_path / "out").iterdir() if file.name.startswith(".")]


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_killed_while_reading_nothing_is_imported(tmp_path):
    path = book(tmp_path / "a.xlsx", [HEAD, *map(other, range(1200))])
    running = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "intake", str(path), "-o", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with running:
        running.stdout.read(20_000)  # some rows are through
        os.killpg(running.pid, signal.SIGKILL)
    assert not list((tmp_path / "out").glob("*.json"))
    assert "存了 1200 份草稿" in main("intake", path, "-o", tmp_path / "out").stdout
    assert len(list((tmp_path / "out").glob("*.json"))) == 1200


def test_a_folder_that_takes_nothing_leaves_nothing(tmp_path):
    folder = DraftFolder(tmp_path / "out")
    folder.add({"mini_program.name": "工具"}, 1)
    folder.abandon()
    folder.commit()
    assert not list((tmp_path / "out").iterdir())
    with pytest.raises(FileProblem, match="是一个文件"):
        DraftFolder(book(tmp_path / "a.xlsx", [HEAD]))
