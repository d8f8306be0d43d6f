"""A child process: what it says while at work, how it is called off, and what is told when it ends."""

import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from wizard.files import FileProblem
from wizard.process import errand as errands
from wizard.process.errand import Errand, Program, WorkerDied, WorkFailed
from wizard.process.work import Cancelled

STAND_IN = """
import os, sys, time
from pathlib import Path
from wizard.files import FileProblem
from wizard.process.child import serve
from wizard.process.work import Cancelled

def echo(errand, body, line):
    for done in range(3):
        line.tell(done, 3, f"第 {done} 步")
    return {"pid": os.getpid(), "said": errand["say"]}, body[::-1]

def patient(errand, body, line):
    "Stops when asked to, and puts its things away."
    Path(errand["at"]).write_text("half")
    while not line.cancelled():
        time.sleep(0.01)
    Path(errand["at"]).unlink()
    raise Cancelled

def deaf(errand, body, line):
    line.tell(0, 1, "")
    time.sleep(60)

def past(errand, body, line):
    line.past()
    line.tell(1, 1, "")
    time.sleep(0.5)
    return {"done": True}, b""

def greedy(errand, body, line):
    kept = []
    while True:
        kept.append(bytearray(b"x" * 50_000_000))

def fault(errand, body, line):
    return {"never": int("110115199003071234 secret")}, b""

def problem(errand, body, line):
    from wizard.files import FileProblem
    raise FileProblem("磁盘空间不足")

serve({name: each for name, each in globals().items() if callable(each)}, 400_000_000, 8_000_000_000)
"""


@pytest.fixture
def child(monkeypatch):
    monkeypatch.setattr(errands, "command", lambda _: [sys.executable, "-c", STAND_IN])
    made = Errand(Program("", ""))
    yield made
    made.close()


def echo(child, said="你好"):
    return child.run({"do": "echo", "say": said}, 20)[0]


def lives(pid):
    return Path(f"/proc/{pid}").exists()


def gone(pid, seconds=5.0):
    end = time.monotonic() + seconds
    while lives(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not lives(pid)


class Asked:
    """Somebody who calls it off as soon as a child is at work, and notes for how long nothing came of it."""

    def __init__(self, when=lambda: True):
        self.when, self.since = when, 0.0

    def __call__(self):
        if not self.since and self.when():
            self.since = time.monotonic()
        return bool(self.since)

    @property
    def waited(self):
        return time.monotonic() - self.since


def test_head_and_body_go_there_and_back_and_steps_are_told(child):
    steps = []
    head, body = child.run(
        {"do": "echo", "say": "䶮"}, 20, body=b"\x00\xff" * 300_000, told=lambda *step: steps.append(step)
    )
    assert head["said"] == "䶮"
    assert body == b"\xff\x00" * 300_000
    assert steps == [(0, 3, "第 0 步"), (1, 3, "第 1 步"), (2, 3, "第 2 步")]
    assert head["pid"] == child.pid == echo(child)["pid"]


def test_a_child_that_is_asked_to_stop_puts_its_things_away_and_lives_on(child, tmp_path):
    pid, half = echo(child)["pid"], tmp_path / "half"
    with pytest.raises(Cancelled):
        child.run({"do": "patient", "at": str(half)}, 20, Asked(half.exists), grace=2)
    assert not half.exists()
    assert echo(child)["pid"] == pid


def test_a_call_that_was_called_off_does_not_stop_the_next(child, tmp_path):
    for number in range(3):
        half = tmp_path / str(number)
        with pytest.raises(Cancelled):
            child.run({"do": "patient", "at": str(half)}, 20, Asked(half.exists), grace=2)
    assert echo(child)["said"] == "你好"


def test_a_child_that_does_not_listen_is_ended(child):
    pid, heard = echo(child)["pid"], threading.Event()
    asked = Asked(heard.is_set)
    with pytest.raises(Cancelled):
        child.run({"do": "deaf"}, 20, asked, told=lambda *_: heard.set(), grace=0.3)
    assert asked.waited < 3
    assert gone(pid)
    assert echo(child)["pid"] != pid


def test_what_is_past_calling_off_is_done(child):
    heard = threading.Event()
    answer = child.run({"do": "past"}, 20, Asked(heard.is_set), told=lambda *_: heard.set(), grace=0.1)
    assert answer[0]["done"] is True
    assert heard.is_set()


def test_too_much_memory_is_told_from_another_death(child):
    with pytest.raises(WorkerDied) as death:
        child.run({"do": "greedy"}, 20)
    assert death.value.greedy
    assert not death.value.slow


def test_silence_is_told_from_another_death(child):
    with pytest.raises(WorkerDied) as death:
        child.run({"do": "deaf"}, 0.3)
    assert death.value.slow
    assert not death.value.greedy


def test_a_fault_of_the_program_says_where_and_nothing_else(child):
    pid = echo(child)["pid"]
    with pytest.raises(WorkFailed) as failure:
        child.run({"do": "fault"}, 20)
    assert failure.value.error == "ValueError"
    assert any(place.startswith("wizard/process/child.py:") for place in failure.value.places)
    assert "1101" not in str(vars(failure.value))
    assert echo(child)["pid"] == pid


def test_a_problem_of_a_file_is_an_answer(child):
    assert child.run({"do": "problem"}, 20)[0] == {"problem": str(FileProblem("磁盘空间不足"))}


def test_waiting_for_ones_turn_can_be_called_off(child):
    heard, ended = threading.Event(), []

    def first():
        try:
            child.run({"do": "deaf"}, 20, told=lambda *_: heard.set())
        except Cancelled:
            ended.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    assert heard.wait(10)
    with pytest.raises(Cancelled):
        child.run({"do": "echo", "say": ""}, 20, lambda: True)
    child.close()
    thread.join(5)
    assert ended == ["first"]
    with pytest.raises(Cancelled):
        echo(child)


def test_a_child_that_is_let_go_at_work_finishes_first(child):
    heard, said = threading.Event(), []
    thread = threading.Thread(
        target=lambda: said.append(child.run({"do": "past"}, 20, told=lambda *_: heard.set()))
    )
    thread.start()
    assert heard.wait(10)
    pid = child.pid
    child.let_go()
    thread.join(10)
    assert said == [({"done": True}, b"")]
    assert gone(pid)
    assert echo(child)["pid"] != pid


def test_a_child_that_is_closed_while_it_is_started_does_not_stay(monkeypatch):
    made, began, ended = Errand(Program("", "")), threading.Event(), []

    def command(_):
        began.set()
        time.sleep(0.3)
        return [sys.executable, "-c", STAND_IN]

    monkeypatch.setattr(errands, "command", command)

    def work():
        try:
            made.run({"do": "deaf"}, 20)
        except Cancelled:
            ended.append(made.pid)

    thread = threading.Thread(target=work)
    thread.start()
    assert began.wait(5)
    made.close()
    thread.join(10)
    assert len(ended) == 1
    assert gone(ended[0])


def test_an_idle_child_is_let_go_and_another_comes(monkeypatch):
    monkeypatch.setattr(errands, "command", lambda _: [sys.executable, "-c", STAND_IN])
    made = Errand(Program("", ""), idle=0.1)
    pid = echo(made)["pid"]
    end = time.monotonic() + 10
    while made.alive and time.monotonic() < end:
        time.sleep(0.02)
    assert not made.alive
    assert echo(made)["pid"] != pid
    made.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a program cannot be killed there as it can here")
def test_a_child_puts_its_things_away_when_the_program_is_killed(tmp_path):
    program = f"""
        import sys, threading
        from wizard.process import errand
        from wizard.process.errand import Errand, Program
        errand.command = lambda _: [sys.executable, "-c", {STAND_IN!r}]
        made = Errand(Program("", ""))
        made.run({{"do": "echo", "say": ""}}, 20)
        print(made.pid, flush=True)
        made.run({{"do": "patient", "at": {str(tmp_path / "half")!r}}}, 60)
    """
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", textwrap.dedent(program)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        end = time.monotonic() + 10
        while not (tmp_path / "half").exists() and time.monotonic() < end:
            time.sleep(0.02)
        assert (tmp_path / "half").exists()
        parent.kill()
    assert gone(pid)
    assert not (tmp_path / "half").exists()
