"""The desk: attachments lie under names that other programs can open, and are gone with this process."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from wizard.files import FileProblem
from wizard.library import desk
from wizard.library.desk import Desk, has_memory_files

ROOT = Path(__file__).resolve().parents[2]
CANARY = "张三的身份证".encode()
HOLDER = """
import sys, time
from pathlib import Path
from wizard.library.desk import Desk
made = Desk(Path(sys.argv[1]), in_memory=sys.argv[2] == "memory")
made.lay(made.case(1) / "正面.jpg", sys.argv[3].encode() * 1000)
print(made.folder, flush=True)
time.sleep(60)
"""
MEMORY = [pytest.param(True, marks=pytest.mark.skipif(not has_memory_files(), reason="no files in memory"))]


@pytest.fixture(params=[*MEMORY, False])
def place(request: pytest.FixtureRequest, tmp_path: Path):
    made = Desk(tmp_path, in_memory=request.param)
    yield made
    made.close()


def test_a_file_on_the_desk_is_a_file_like_any_other_to_every_program(place: Desk):
    file = place.case(1) / "正面.jpg"
    place.lay(file, CANARY)
    place.lay(file, CANARY * 2)
    assert file.is_file()
    assert file.stat().st_size == 2 * len(CANARY)
    assert file.read_bytes() == CANARY * 2
    other = [sys.executable, "-c", "import sys; print(len(open(sys.argv[1], 'rb').read()))", str(file)]
    assert int(subprocess.run(other, capture_output=True, check=True).stdout) == 2 * len(CANARY)


def test_a_case_is_cleared_and_the_others_stay(place: Desk):
    for number in (1, 2):
        place.lay(place.case(number) / "正面.jpg", CANARY)
    place.clear(1)
    assert not (place.folder / "1").exists()
    assert (place.folder / "2" / "正面.jpg").read_bytes() == CANARY
    place.clear()
    assert [path.name for path in place.folder.iterdir()] == [".lock"]


def test_what_is_held_stays_while_the_case_is_put_away(place: Desk):
    folder = place.case(1)
    for name in ("正面.jpg", "反面.jpg"):
        place.lay(folder / name, CANARY)
    with place.hold(folder, lambda: None) as held:
        place.clear(1)
        assert not folder.exists()
        place.lay(place.case(1) / "正面.jpg", b"another")
        assert {file.name: file.read_bytes() for file in held.iterdir()} == {
            "正面.jpg": CANARY,
            "反面.jpg": CANARY,
        }
        place.clear()
        assert (held / "正面.jpg").read_bytes() == CANARY
    assert [path.name for path in place.folder.iterdir()] == [".lock"]


def test_what_is_put_away_already_is_not_held(place: Desk):
    def gone() -> None:
        raise FileProblem("收起来了")

    place.lay(place.case(1) / "正面.jpg", CANARY)
    with pytest.raises(FileProblem, match="收起来了"), place.hold(place.case(1), gone):
        pytest.fail("held")
    place.clear()
    assert [path.name for path in place.folder.iterdir()] == [".lock"]


def test_the_desk_waits_for_what_is_held(tmp_path: Path):
    made, held, seen = Desk(tmp_path), threading.Event(), []
    made.lay(made.case(1) / "正面.jpg", CANARY)

    def work() -> None:
        with made.hold(made.case(1), lambda: None) as folder:
            held.set()
            time.sleep(0.3)
            seen.append((folder / "正面.jpg").read_bytes())

    thread = threading.Thread(target=work)
    thread.start()
    assert held.wait(5)
    made.close()
    thread.join(5)
    assert seen == [CANARY]
    assert not made.folder.exists()


def test_no_open_file_is_left_behind(tmp_path: Path):
    before = _open_files()
    made = Desk(tmp_path)
    for number in range(20):
        made.lay(made.case(1) / f"{number % 3}.jpg", CANARY)
    made.close()
    assert not made.folder.exists()
    assert _open_files() == before


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0


def test_where_there_is_no_room_the_older_one_stays(place: Desk, monkeypatch: pytest.MonkeyPatch):
    file = place.case(1) / "正面.jpg"
    place.lay(file, CANARY)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(desk, "_memory_file", full)
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(FileProblem, match="空间不足"):
        place.lay(file, b"another")
    assert file.read_bytes() == CANARY


def _killed(tmp_path: Path, how: str) -> Path:
    """The folder of a desk whose program was killed."""
    start = [sys.executable, "-c", HOLDER, str(tmp_path), how, CANARY.decode()]
    with subprocess.Popen(start, stdout=subprocess.PIPE, cwd=ROOT) as holder:
        assert holder.stdout
        folder = Path(holder.stdout.readline().decode().strip())
        assert (folder / "1" / "正面.jpg").read_bytes().startswith(CANARY)
        holder.send_signal(signal.SIGKILL)
    return folder


@pytest.mark.skipif(not has_memory_files(), reason="no files in memory")
def test_after_a_kill_nothing_can_be_read_at_once(tmp_path: Path):
    folder = _killed(tmp_path, "memory")
    assert not [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
@pytest.mark.parametrize("how", ["memory", "disk"])
def test_the_caretaker_empties_the_folder_after_a_kill(tmp_path: Path, how: str):
    folder = _killed(tmp_path, how)
    end = time.monotonic() + 10
    while folder.exists():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_a_caretaker_missed_is_swept_at_the_next_start(tmp_path: Path):
    left = tmp_path / "beian-desk-left"
    left.mkdir()
    (left / ".lock").touch()
    (left / "正面.jpg").write_bytes(CANARY)
    made = Desk(tmp_path)
    assert not left.exists()
    desk.sweep(tmp_path)
    assert made.folder.exists()
    made.close()
