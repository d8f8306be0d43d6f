"""Packets made in a process of their own: the same bytes, and nothing half however it ends."""

import os
import shutil
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.packet import cases
from tests.packet.test_output import tree
from wizard.draft import Draft
from wizard.files import FileProblem
from wizard.packet import workshop as workshops
from wizard.packet.draw import render
from wizard.packet.options import Options
from wizard.packet.output import export
from wizard.packet.preview import Previewer
from wizard.packet.workshop import Drawer, Workshop
from wizard.process import errand
from wizard.process.errand import WorkFailed
from wizard.process.work import Cancelled

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def snapshot(tmp_path):
    (tmp_path / "case").mkdir()
    return cases.full(tmp_path / "case")


@pytest.fixture
def place(tmp_path):
    (tmp_path / "office").mkdir()
    return tmp_path / "office"


@pytest.fixture
def workshop():
    made = Workshop()
    yield made
    made.close()


@pytest.fixture
def drawer():
    made = Drawer()
    yield made
    made.close()


def end(made):
    """Kill its process while it has nothing to do."""
    os.kill(made._errand.pid, 9)
    while made._errand.alive:
        time.sleep(0.01)


@pytest.fixture
def troubled(monkeypatch):
    """Makes a workshop whose process does something to itself in the middle of an export."""
    made = []

    def troubled_(deed):
        program = f"""
import os, sys, time
from wizard.packet import filling, worker

def trouble(*_):
    {deed}

filling.text = trouble
worker.MOST_MEMORY = 500_000_000
worker.main()
"""
        monkeypatch.setattr(errand, "command", lambda _: [sys.executable, "-c", program])
        made.append(Workshop())
        return made[-1]

    yield troubled_
    for each in made:
        each.close()


def test_a_folder_holds_the_same_bytes_as_one_made_here(workshop, snapshot, place):
    steps = []
    options = Options(with_case=True, receiver="某平台")
    there = workshop.export(snapshot, place / "甲", lambda *step: steps.append(step), options=options)
    here = export(snapshot, place / "乙", options=options)
    assert tree(there.folder) == tree(here.folder)
    assert [path.name for path in there.paths] == [path.name for path in here.paths]
    assert (there.unprintable, there.notes) == (here.unprintable, here.notes)
    assert there.record == here.record
    assert {what[:4] for _, _, what in steps} >= {"正在处理", "正在排版", "正在整理"}
    assert {path.name for path in place.iterdir()} == {"乙", "甲"}


def test_hostile_answers_and_a_deep_file_arrive_as_they_are(workshop, place):
    deep = {}
    inner = deep
    for _ in range(700):
        inner["甲"] = {}
        inner = inner["甲"]
    answers = {"subject.name": "半个\ud83d字", "subject.comment": "\x00䶮𬱖"}
    frozen = cases.frozen(Draft(answers, rest={"more": deep}))
    there = workshop.export(frozen, place / "甲.pdf")
    assert there.paths[0].read_bytes() == export(frozen, place / "乙.pdf").paths[0].read_bytes()
    assert there.record["answers"]["subject.name"] == "半个\ud83d字"


def test_what_cannot_be_written_is_told_in_the_same_words(workshop, snapshot, tmp_path):
    for target in (tmp_path / "没有" / "甲", tmp_path / "没有" / "甲.pdf"):
        with pytest.raises(FileProblem) as here:
            export(snapshot, target)
        with pytest.raises(FileProblem) as there:
            workshop.export(snapshot, target)
        assert str(there.value) == str(here.value)


@pytest.mark.parametrize("ending", ["", ".pdf"])
def test_wherever_it_is_stopped_it_is_whole_or_nothing(workshop, snapshot, place, ending):
    seen, stopped = [], 0
    target = place / f"甲{ending}"
    workshop.export(snapshot, target, lambda *step: seen.append(step))
    whole = tree(place)
    for number in range(0, len(seen), 7):
        shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
        steps = []
        try:
            workshop.export(
                snapshot,
                target,
                lambda *step, steps=steps: steps.append(step),
                lambda number=number, steps=steps: len(steps) >= number,
            )
        except Cancelled:
            stopped += 1
            assert not list(place.iterdir())
        else:
            assert tree(place) == whole
    assert stopped >= 2


def test_a_process_that_does_not_stop_is_ended_and_leaves_nothing(troubled, snapshot, place):
    workshop, began, since = (
        troubled("open(os.environ['AT'], 'w').close(); time.sleep(60)"),
        place / "began",
        [],
    )
    os.environ["AT"] = str(began)

    def cancelled():
        if began.exists() and not since:
            assert any(path.name.endswith(".part") for path in place.iterdir())
            since.append(time.monotonic())
        return bool(since)

    try:
        with pytest.raises(Cancelled):
            workshop.export(snapshot, place / "甲", cancelled=cancelled)
    finally:
        del os.environ["AT"]
    assert time.monotonic() - since[0] < 3
    began.unlink()
    assert not list(place.iterdir())


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        ("os._exit(3)", "导出的程序意外结束，草稿没有变，没有留下半份文件"),
        ("kept = [bytearray(b'x' * 50_000_000) for _ in range(100)]", "占用的内存超过了上限"),
        ("time.sleep(60)", "太久没有动静"),
    ],
)
def test_a_process_that_dies_is_a_sentence_and_leaves_nothing(
    troubled, monkeypatch, snapshot, place, deed, told
):
    workshop = troubled(deed)
    workshop.warm()
    # filling the memory of a busy machine takes longer than to see that one sleeps
    monkeypatch.setattr(workshops, "SILENT_SECONDS", 3 if "sleep" in deed else 60)
    with pytest.raises(FileProblem, match=told):
        workshop.export(snapshot, place / "甲")
    assert not list(place.iterdir())


def test_a_fault_of_the_program_leaves_nothing_and_says_where(troubled, snapshot, place):
    with pytest.raises(WorkFailed) as failure:
        troubled("int('110115199003071234 某人')").export(snapshot, place / "甲")
    assert failure.value.error == "ValueError"
    assert any(each.startswith("wizard/packet/output.py:") for each in failure.value.places)
    assert not list(place.iterdir())


def test_after_a_death_the_next_one_is_made(workshop, snapshot, place):
    workshop.warm()
    end(workshop)
    assert workshop.export(snapshot, place / "甲.pdf").paths[0].exists()


def test_nothing_of_a_case_is_left_lying_about(monkeypatch, snapshot, place, tmp_path):
    folders = [tmp_path / "temporary", tmp_path / "home"]
    for folder in folders:
        folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folders[0]))
    monkeypatch.setenv("HOME", str(folders[1]))
    memory = Path("/dev/shm")
    before = set(memory.iterdir()) if memory.exists() else set()
    made, drawer = Workshop(), Drawer()
    made.export(snapshot, place / "甲", options=Options(password="a1b2", with_case=True))
    drawer.draw(made.preview(snapshot), 1, 300)
    made.close()
    drawer.close()
    assert not [file for folder in folders for file in folder.rglob("*")]
    assert not memory.exists() or set(memory.iterdir()) <= before


def test_a_preview_is_the_one_made_here(workshop, drawer, snapshot):
    there, here = workshop.preview(snapshot), Previewer().build(snapshot)
    assert there == here
    for page in (1, there.count):
        drawn, known = drawer.draw(there, page, 300), render(here, page, 300)
        assert (drawn.width, drawn.height, drawn.stride) == (known.width, known.height, known.stride)
        assert bytes(drawn.data) == bytes(known.data)


def test_two_previews_and_a_print_can_be_drawn_in_turns(workshop, drawer, snapshot):
    made = [workshop.preview(replace(snapshot, version=number)) for number in (1, 2, 3)]
    made.append(workshop.preview(snapshot, fine=True))
    alone = [bytes(render(each, 1, 200).data) for each in made]
    for _ in range(2):
        assert [bytes(drawer.draw(each, 1, 200).data) for each in made] == alone


def test_pages_are_drawn_by_many_callers_and_after_a_death(workshop, drawer, snapshot):
    preview = workshop.preview(snapshot)
    expected = [bytes(render(preview, page, 150).data) for page in range(1, 6)]
    seen = []

    def look():
        seen.append([bytes(drawer.draw(preview, page, 150).data) for page in range(1, 6)] == expected)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    end(drawer)
    look()
    assert seen == [True] * 5


def test_a_program_that_is_one_file_starts_itself_as_the_worker(monkeypatch, snapshot, place):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    started = errand.command(workshops.WORKER)
    assert started == [sys.executable, "--packet-worker"]
    monkeypatch.setattr(errand, "command", lambda _: [sys.executable, str(ROOT / "main.py"), *started[1:]])
    made = Workshop()
    assert made.export(snapshot, place / "甲.pdf").paths[0].exists()
    made.close()
