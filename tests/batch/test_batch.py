"""Many cases at a time: none stops another, nothing is done twice, nothing is lost when it is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.batch.conftest import PASSPHRASE
from tests.intake.books import HEAD, ROW, book
from wizard.batch.indexing import write_index
from wizard.batch.items import DraftFile, from_files
from wizard.batch.journal import NAME, Done, Journal
from wizard.batch.lanes import Lanes
from wizard.batch.library_items import library_items
from wizard.batch.places import UNFINISHED
from wizard.batch.run import Batch
from wizard.batch.task import Line, Task, Told
from wizard.command_line import program
from wizard.draft import Draft, load, save
from wizard.files import FileProblem
from wizard.resource_files import path as resource

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 25)
CHECK = Task(DAY, datetime(2026, 11, 25, 9).astimezone())
GOOD = load(resource("samples", "individual_business.json"))
FAULTY = load(resource("samples", "individual_business_faulty.json"))


@pytest.fixture(scope="module")
def lanes() -> Iterator[Lanes]:
    made = Lanes(2)
    yield made
    made.close()


def drafts(folder: Path, *names: str, like: Draft = GOOD) -> list[DraftFile]:
    """Draft files of these programs; the attachments lie where they are not looked for."""
    folder.mkdir(exist_ok=True)
    files = []
    for name in names:
        draft = replace(like, attachments={}).with_answer("mini_program.name", name)
        save(draft, folder / f"{len(list(folder.iterdir()))}.json")
        files.append(folder / f"{len(list(folder.iterdir())) - 1}.json")
    return [DraftFile(file) for file in files]


def export(lanes: Lanes, items, target: Path, **more) -> list[Line]:
    task = replace(CHECK, target=target, draft_too=True, as_folders=False, **more)
    return Batch(items, task, lanes).run(lambda _: None)


def states(lines: list[Line]) -> list[str]:
    return [line.state for line in lines]


def shown(target: Path) -> set[str]:
    return {path.name for path in target.iterdir() if not path.name.startswith(".")}


def test_every_case_is_checked_in_its_order(lanes, tmp_path):
    items = [*drafts(tmp_path / "a", "甲"), *drafts(tmp_path / "b", "乙", like=FAULTY)]
    told: list[Told] = []
    lines = Batch(items, CHECK, lanes).run(told.append)
    assert [line.called.split(" · ")[1] for line in lines] == ["甲", "乙"]
    assert states(lines) == ["checked", "checked"]
    assert lines[1].counts[0] > lines[0].counts[0]
    assert any("营业执照" in one.message or one.message for one in lines[1].findings)
    assert told[-1].done == told[-1].total == 2
    assert any(one.now for one in told)


def test_a_case_that_fails_stops_no_other_and_says_why(lanes, tmp_path):
    items = drafts(tmp_path / "a", "甲", "乙", "丙")
    items[0].path.write_text("{", encoding="utf-8")
    items[1].path.unlink()
    lines = export(lanes, items, tmp_path / "out")
    assert states(lines) == ["failed", "failed", "exported"]
    assert "就断了" in lines[0].reason
    assert "找不到" in lines[1].reason


def test_final_packets_wait_for_mending_and_drafts_are_marked(lanes, tmp_path):
    items = drafts(tmp_path / "a", "乙", like=FAULTY)
    task = replace(CHECK, target=tmp_path / "out", as_folders=False)
    (line,) = Batch(items, task, lanes).run(lambda _: None)
    assert (line.state, shown(tmp_path / "out")) == ("refused", set())
    assert "处错误，没有导出" in line.reason
    (line,) = export(lanes, items, tmp_path / "out")
    assert (line.state, line.final) == ("exported", False)


def test_a_process_that_dies_takes_one_case_along(lanes, tmp_path):
    killed: list[int] = []

    def kill(told: Told) -> None:
        if told.done == 2 and not killed:
            busy = next(one for one in lanes._errands if one.alive and one._turn.locked())
            killed.append(busy.pid)
            os.kill(busy.pid, signal.SIGKILL)

    items = drafts(tmp_path / "a", *(f"程序{n}" for n in range(8)))
    task = replace(CHECK, target=tmp_path / "out", draft_too=True, as_folders=False)
    lines = Batch(items, task, lanes).run(kill)
    assert sorted(states(lines)) == ["exported"] * 7 + ["failed"]
    assert "意外结束" in next(line.reason for line in lines if line.state == "failed")
    assert states(export(lanes, items, tmp_path / "out")).count("kept") == 7


def test_names_are_safe_and_never_alike(lanes, tmp_path):
    names = ['a<b>:"/\\|?*c', "同名", "同名", "ＣＯＮ", "长" * 200, "同名\u200b", ". "]
    lines = export(lanes, drafts(tmp_path / "a", *names), tmp_path / "out")
    places = [line.place for line in lines]
    assert len({place.casefold() for place in places}) == len(names)
    assert not any(set(place) & set('<>:"/\\|?*') for place in places)
    assert all(len(place) <= 100 and (tmp_path / "out" / place).is_file() for place in places)


def test_what_is_done_is_not_done_again(lanes, tmp_path):
    items, out = drafts(tmp_path / "a", "甲", "乙", "丙", "丁"), tmp_path / "out"
    first = export(lanes, items, out)
    before = {line.place: (out / line.place).stat().st_mtime_ns for line in first}
    save(items[0].draft().with_answer("principal.email", "x@example.com"), items[0].path)
    (out / first[1].place).unlink()
    (out / first[2].place).write_bytes(b"somebody's own")
    second = export(lanes, items, out)
    assert states(second) == ["exported", "exported", "exported", "kept"]
    assert [line.place for line in second[:2]] == [line.place for line in first[:2]]
    assert (out / first[2].place).read_bytes() == b"somebody's own", "what a person changed stays"
    assert (out / second[3].place).stat().st_mtime_ns == before[first[3].place]
    assert shown(out) == {line.place for line in second} | {first[2].place}
    assert states(export(lanes, items, out, again=True)) == ["exported"] * 4


def test_other_choices_make_other_packets(lanes, tmp_path):
    items, out = drafts(tmp_path / "a", "甲"), tmp_path / "out"
    options = CHECK.options
    export(lanes, items, out)
    assert states(export(lanes, items, out, options=replace(options, receiver="某单位"))) == ["exported"]
    locked = replace(options, password="第一个密码")
    assert states(export(lanes, items, out, options=locked)) == ["exported"]
    assert states(export(lanes, items, out, options=locked)) == ["kept"]
    assert states(export(lanes, items, out, options=replace(options, password="另一个"))) == ["exported"]
    assert "密码" not in (out / NAME).read_text(encoding="utf-8")


def test_cancelled_half_way_the_rest_is_left_for_another_run(lanes, tmp_path):
    items, out = drafts(tmp_path / "a", *(f"程序{n}" for n in range(6))), tmp_path / "out"
    done: list[int] = []
    task = replace(CHECK, target=out, draft_too=True)
    lines = Batch(items, task, lanes).run(
        lambda told: done.append(told.done), lambda: max(done, default=0) >= 2
    )
    assert states(lines).count("waiting") >= 1
    assert not (out / UNFINISHED).exists()
    assert len(shown(out)) == states(lines).count("exported")
    again = Batch(items, task, lanes).run(lambda _: None)
    assert states(again).count("kept") == states(lines).count("exported")
    assert "waiting" not in states(again)


def test_paused_nothing_is_begun(lanes, tmp_path):
    items, paused = drafts(tmp_path / "a", "甲", "乙"), [True] * 5
    lines = Batch(items, CHECK, lanes).run(lambda _: None, paused=lambda: bool(paused and paused.pop()))
    assert not paused
    assert states(lines) == ["checked", "checked"]


def test_two_runs_do_not_write_into_one_folder(lanes, tmp_path):
    journal = Journal(tmp_path)
    with pytest.raises(FileProblem, match="正有另一次"):
        export(lanes, drafts(tmp_path / "a", "甲"), tmp_path)
    journal.close()
    assert states(export(lanes, drafts(tmp_path / "a", "甲"), tmp_path)) == ["exported"]


def test_a_line_torn_by_a_crash_is_passed_over(tmp_path):
    done = Done("f", "甲.pdf", {"": "0"}, final=True, at="2026-11-25T09:00:00+08:00")
    journal = Journal(tmp_path)
    journal.note("a", done)
    journal.note("b", done)
    journal.close()
    whole = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(whole[:-9])
    again = Journal(tmp_path)
    assert set(again.done) == {"a"}
    again.note("c", done)
    again.close()
    third = Journal(tmp_path)
    third.close()
    assert set(third.done) == {"a", "c"}
    (tmp_path / NAME).write_text("[1]\n", encoding="utf-8")
    with pytest.raises(FileProblem, match="换一个文件夹"):
        Journal(tmp_path)


def test_the_index_names_every_case(lanes, tmp_path):
    items = [*drafts(tmp_path / "a", "=1+1", "甲"), *drafts(tmp_path / "b", "乙", like=FAULTY)]
    task = replace(CHECK, target=tmp_path / "out")
    lines = Batch(items, task, lanes).run(lambda _: None)
    book_, pdf = write_index(lines, task, tmp_path / "out")
    assert pdf.read_bytes().startswith(b"%PDF")
    sheets = openpyxl.load_workbook(book_)
    cases = list(sheets["案件"].values)
    assert [row[1].split(" · ")[1] for row in cases[1:]] == ["=1+1", "甲", "乙"]
    assert sheets["案件"]["B2"].data_type == "s"
    assert all(row[2] for row in cases)
    assert [row[4] for row in sheets["问题明细"].values if row[2] == "错误"]


def test_rows_of_a_workbook_are_cases_too(lanes, tmp_path):
    lost = [*ROW[:2], "<c><v>110101199003071234</v></c>", *ROW[3:]]
    path = book(tmp_path / "a.xlsx", [HEAD, ROW, lost])
    lines = Batch(list(from_files([path])), CHECK, lanes).run(lambda _: None)
    assert len(lines) == 2
    assert lines[1].counts[0] > 0
    assert any(one.rule == "intake.number-lost" for one in lines[1].findings)


def test_what_was_exported_is_no_source(lanes, tmp_path):
    sources = tmp_path / "a"
    drafts(sources, "甲", "乙")
    task = replace(CHECK, target=sources / "交付", draft_too=True)
    for state in ("exported", "kept"):
        items = list(from_files([sources], out=sources / "交付"))
        assert states(Batch(items, task, lanes).run(lambda _: None)) == [state] * 2
    with pytest.raises(FileProblem, match="不能又是"):
        list(from_files([sources], out=sources))


def test_cases_of_the_library(lanes, library, tmp_path):
    sample = load(resource("samples", "individual_business.json"))
    case, other = library.cases.new(sample), library.cases.new(FAULTY)
    task = replace(CHECK, target=tmp_path / "out")
    with library_items(library, [case, other]) as items:
        desk = items[0]._desk.folder
        lines = Batch(items, task, lanes).run(lambda _: None)
        assert not [path for path in desk.iterdir() if path.is_dir()], "nothing of a case stays outside"
    assert not desk.exists()
    assert states(lines) == ["exported", "refused"]
    assert list((tmp_path / "out" / lines[0].place / "上传图片").iterdir())
    assert library.cases.load(case).draft.rest["packet"]["version"] == 1
    with library_items(library, [case, other]) as items:
        assert states(Batch(items, task, lanes).run(lambda _: None)) == ["kept", "refused"]


def journaled(target: Path) -> int:
    try:
        return (target / NAME).read_bytes().count(b"\n") - 1
    except FileNotFoundError:
        return 0


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("after", [1, 4])
def test_killed_half_way_it_goes_on_from_there(tmp_path, after):
    sources, out = tmp_path / "a", tmp_path / "out"
    drafts(sources, *(f"程序{n}" for n in range(12)))
    command = [
        sys.executable,
        str(ROOT / "main.py"),
        "batch",
        "export",
        str(sources),
        "-o",
        str(out),
        "--draft",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as running:
        end = time.monotonic() + 60
        while journaled(out) < after and time.monotonic() < end:
            time.sleep(0.005)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
    had = journaled(out)
    assert after <= had < 12
    assert len(shown(out)) in (had - 1, had), "the last may be journaled and not yet in place"
    ran = subprocess.run([*command, "--json"], capture_output=True, check=False, timeout=120)
    cases = json.loads(ran.stdout)["cases"]
    assert sorted({case["state"] for case in cases}) == ["exported", "kept"]
    assert sum(case["state"] == "kept" for case in cases) == had
    assert shown(out) == {case["place"] for case in cases} | {"批量导出目录.xlsx", "批量导出目录.pdf"}
    assert all(any((out / case["place"]).glob("材料包_*.pdf")) for case in cases)
    assert not (out / UNFINISHED).exists()


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("BEIAN_PASSPHRASE", PASSPHRASE)

    def command(*words: object) -> tuple[int, str, str]:
        code = program.run(["batch", *map(str, words)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return command


def test_the_command_over_a_library(run, library, tmp_path):
    case = library.cases.new(GOOD)
    library.cases.new(FAULTY)
    library.marks.tag([case], ["急"])
    folder = library.folder
    library.close()
    code, out, _ = run("check", "--library", folder, "--tag", "急", "--on", "2026-11-25", "--json")
    document = json.loads(out)
    assert (code, [one["state"] for one in document["cases"]]) == (0, ["checked"])
    code, out, _ = run("check", "--library", folder, "-o", tmp_path / "out", "--on", "2026-11-25")
    assert code == 1
    assert "有错误 1 个" in out
    assert shown(tmp_path / "out") == {"批量自检目录.xlsx", "批量自检目录.pdf"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check",), "写明要做哪些案件"),
        (("check", "没有这个文件.json"), "找不到"),
        (("export", "没有这个文件夹", "-o", "x"), "找不到"),
    ],
)
def test_what_cannot_be_done_is_one_line(run, words, said):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1
