"""Exports on the disk: whole or not at all, names every system takes, a case file that opens again."""

import errno
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.packet import cases
from wizard.draft import Draft, load
from wizard.files import FileProblem
from wizard.packet.build import Cancelled, build_packet
from wizard.packet.filling import LETTERS, TEXT_BOOK, TEXT_FILE
from wizard.packet.names import UPLOADS
from wizard.packet.output import export
from wizard.packet.snapshot import Snapshot
from wizard.packet.upload import OTHERS, text
from wizard.packet.versions import next_version, packet_number


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    (tmp_path / "case").mkdir()
    return cases.full(tmp_path / "case")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "office").mkdir()
    return tmp_path / "office"


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder with their content, and its empty folders."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


def test_a_pdf(snapshot: Snapshot, place: Path):
    exported = export(snapshot, place / "材料包.PDF")
    assert exported.paths == (place / "材料包.PDF",)
    assert exported.folder == place
    assert exported.paths[0].read_bytes() == build_packet(snapshot)
    assert list(tree(place)) == ["材料包.PDF"]


def test_a_folder_holds_everything(snapshot: Snapshot, place: Path):
    exported = export(snapshot, place / "出包")
    stem = "北京绿柠檬科技有限公司_绿柠檬鲜果记账_v2_20261123"
    assert [path.name for path in exported.paths] == [
        f"材料包_{stem}.pdf",
        f"自检报告_{stem}.pdf",
        TEXT_FILE,
        f"案件_{stem}.json",
        TEXT_BOOK,
        LETTERS,
        UPLOADS,
    ]
    assert all(path.exists() for path in exported.paths)
    for path in exported.paths[:2]:
        with pypdfium2.PdfDocument(path) as document:
            assert len(document)
    assert [path.name for path in sorted((exported.folder / UPLOADS).iterdir())] == [
        "01_主体证件照片_北京绿柠檬科技有限公司.jpg",
        "02_主体负责人证件正面_北京绿柠檬科技有限公司.jpg",
        "03_主体负责人证件反面_北京绿柠檬科技有限公司.jpg",
        "04_小程序负责人证件正面_北京绿柠檬科技有限公司.jpg",
        "05_小程序负责人证件反面_北京绿柠檬科技有限公司.jpg",
        "06_小程序负责人授权书_北京绿柠檬科技有限公司.jpg",
    ]
    assert [path.name for path in sorted((exported.folder / LETTERS).iterdir())] == [
        "01_互联网信息服务承诺书_留存_北京绿柠檬科技有限公司.pdf",
        "02_个人信息处理告知与委托书（主体负责人）_留存_北京绿柠檬科技有限公司.pdf",
        "03_个人信息处理告知与委托书（小程序负责人）_留存_北京绿柠檬科技有限公司.pdf",
    ]
    assert [path.name for path in place.iterdir()] == ["出包"]


def test_the_copies_are_the_pictures(snapshot: Snapshot, place: Path):
    folder = export(snapshot, place / "out").folder / UPLOADS
    given = [snapshot.draft.file(name).read_bytes() for name, *_ in snapshot.draft.attachments.values()]
    assert [path.read_bytes() for path in sorted(folder.iterdir())] == given


def test_the_text_is_for_windows_too(snapshot: Snapshot, place: Path):
    data = (export(snapshot, place / "out").folder / TEXT_FILE).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert not any("\n" in line or "\r" in line for line in lines)
    assert lines[lines.index("主体名称") + 1] == "北京绿柠檬科技有限公司"
    assert lines[lines.index("证件号码") + 1] == "110101199003078891"
    assert lines.index("【主体】") < lines.index("【主体负责人】") < lines.index("【小程序】")
    at = lines.index("小程序备注") + 1
    assert lines[at : at + 2] == cases.REMARK.split("\n")


def test_the_case_file_opens_again(snapshot: Snapshot, place: Path):
    path = export(snapshot, place / "out").paths[3]
    draft = load(path)
    assert draft.answers == {key: value for key, value in snapshot.draft.answers.items() if value}
    assert set(draft.attachments) == set(snapshot.draft.attachments)
    sums = json.loads(path.read_text(encoding="utf-8"))["packet"]["sha256"]
    for names in draft.attachments.values():
        for name in names:
            data = draft.file(name).read_bytes()
            assert hashlib.sha256(data).hexdigest() == sums[name]
    assert packet_number(cases.MADE_AT.replace(year=2030), draft) == snapshot.number
    assert next_version(draft) == snapshot.version + 1


def test_papers_of_rows_and_of_other_answers_come_along(tmp_path: Path, place: Path):
    attachments = cases.pictures(tmp_path)
    (tmp_path / "approval.jpg").write_bytes(cases.jpeg((900, 700), "#241f31"))
    (tmp_path / "permit.png").write_bytes(b"\x89PNG\r\n\x1a\n...")
    rows = ({"type": "文化", "code": "京网文〔2026〕1号", "media": ["approval.jpg"]},)
    draft = Draft(
        {**cases.FULL, "mini_program.pre_approvals": rows},
        {**attachments, "subject.residence_permit": ("permit.png",)},
        folder=tmp_path,
    )
    exported = export(cases.frozen(draft), place / "out")
    again = load(exported.paths[3])
    kept = again.answers["mini_program.pre_approvals"][0]["media"]  # type: ignore[index,call-overload]
    assert kept[0].startswith(f"{UPLOADS}/")
    assert again.file(kept[0]).is_file()
    (permit,) = again.attachments["subject.residence_permit"]
    assert permit == f"{OTHERS}/01_permit.png"
    assert again.file(permit).is_file()


def test_missing_files_stay_missing(tmp_path: Path, place: Path):
    draft = Draft(cases.FULL, {"subject.certificate_photo": ("nowhere.jpg",)}, folder=tmp_path)
    again = load(export(cases.frozen(draft), place / "out").paths[3])
    (name,) = again.attachments["subject.certificate_photo"]
    assert not again.file(name).exists()


def test_an_existing_folder_gets_one_inside(snapshot: Snapshot, place: Path):
    (place / "theirs.txt").write_text("别人的", encoding="utf-8")
    first, second = export(snapshot, place), export(snapshot, place)
    assert first.folder == place / f"{snapshot.number}_v2"
    assert second.folder == place / f"{snapshot.number}_v2_2"
    assert tree(first.folder) == tree(second.folder)
    assert (place / "theirs.txt").read_text(encoding="utf-8") == "别人的"


def problem(do: Callable[[], object]) -> str:
    with pytest.raises(FileProblem) as caught:
        do()
    said = str(caught.value)
    assert "\n" not in said
    assert not said.isascii()
    return said


@pytest.mark.parametrize("name", ["out", "out.pdf"])
def test_a_place_that_is_not_there(snapshot: Snapshot, place: Path, name: str):
    assert "找不到这个位置" in problem(lambda: export(snapshot, place / "gone" / name))
    assert not tree(place)


@pytest.mark.parametrize("name", ["out", "out.pdf"])
def test_a_place_inside_a_file(snapshot: Snapshot, place: Path, name: str):
    (place / "file").write_bytes(b"x")
    problem(lambda: export(snapshot, place / "file" / name))
    assert tree(place) == {"file": b"x"}


@pytest.mark.parametrize("name", ["out", "out.pdf"])
@pytest.mark.parametrize("when", [20, 82, 90, 100])
def test_a_place_that_vanishes_meanwhile(snapshot: Snapshot, place: Path, name: str, when: int):
    def pulled_out(done: int, total: int, what: str) -> None:
        if done * 100 // total >= when:
            shutil.rmtree(place, ignore_errors=True)

    assert "找不到这个位置" in problem(lambda: export(snapshot, place / name, pulled_out))
    assert not place.exists()


def test_a_name_in_use(snapshot: Snapshot, place: Path):
    (place / "out").write_bytes(b"theirs")
    assert "已有同名" in problem(lambda: export(snapshot, place / "out"))
    (place / "out.pdf").mkdir()
    problem(lambda: export(snapshot, place / "out.pdf"))
    assert tree(place) == {"out": b"theirs", "out.pdf": b""}


def test_a_name_taken_meanwhile(snapshot: Snapshot, place: Path):
    def take(done: int, total: int, what: str) -> None:
        if done == 80:
            (place / "out").mkdir(exist_ok=True)
            (place / "out" / "theirs").write_bytes(b"x")

    assert "已有同名" in problem(lambda: export(snapshot, place / "out", take))
    assert tree(place) == {"out": b"", "out/theirs": b"x"}


STEPS = {"write": "write", "sync": "fsync", "replace": "replace", "rename": "rename", "folder": "mkdir"}


@pytest.mark.parametrize("name", ["out", "out.pdf"])
@pytest.mark.parametrize("step", STEPS)
def test_whichever_step_fails_nothing_half_is_left(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch, name: str, step: str
):
    """The first, second … call fails, until one export needs fewer calls than that and comes through."""
    (tmp_path / "licence.jpg").write_bytes(cases.jpeg((900, 640), "#a51d2d"))
    attachments = {"subject.certificate_photo": ("licence.jpg",)}
    snapshot = cases.frozen(Draft(cases.FULL, attachments, folder=tmp_path), final=True)
    if name == "out.pdf":
        (place / name).write_bytes(b"older")
    before = tree(place)
    for failing in range(1, 60):
        with failing_at(monkeypatch, step, failing, place) as calls:
            try:
                export(snapshot, place / name)
            except FileProblem as said:
                told = str(said)
            else:
                if failing > calls[0]:
                    return
                assert step == "folder", "a folder that is there already need not be made"
                shutil.rmtree(place / name)
                continue
        assert "无法写入" in told
        assert errno_words(errno.ENOSPC) in told
        after = tree(place)
        assert after == before or whole(after, name), f"{failing}: {list(after)}"
        assert not [path for path in place.iterdir() if path.name.startswith(".")], "something half is left"
        if after != before:
            assert step == "sync", "only the last sync, of the folder above, comes after the move"
            shutil.rmtree(place)
            place.mkdir()
            for path, data in before.items():
                (place / path).write_bytes(data)
    raise AssertionError("an export of 60 such steps")


def errno_words(code: int) -> str:
    return {errno.ENOSPC: "磁盘空间不足"}[code]


@contextmanager
def failing_at(monkeypatch: pytest.MonkeyPatch, step: str, failing: int, place: Path) -> Iterator[list[int]]:
    """Let the `failing`-th call of one kind fail as on a full disk; the number of calls so far is kept."""
    calls = [0]

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            calls[0] += 1
            if calls[0] == failing:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*given, **named)

        return call

    with monkeypatch.context() as patch:
        if step == "write":
            patch.setattr(io, "open", _opening(io.open, calls, failing, place))
            patch.setattr(os, "fdopen", _opening(os.fdopen, calls, failing, place))
        else:
            patch.setattr(os, STEPS[step], counted(getattr(os, STEPS[step])))
        yield calls


def _opening(real: Callable[..., Any], calls: list[int], failing: int, place: Path) -> Callable[..., Any]:
    """`open`, but the files it opens for writing count their writes and fail at one."""

    def call(file: Any, mode: str = "r", *given: Any, **named: Any) -> Any:
        opened = real(file, mode, *given, **named)
        if "r" in mode:
            return opened
        write = opened.write

        class Failing:
            def __enter__(self) -> "Failing":
                return self

            def __exit__(self, *told: object) -> None:
                opened.close()

            def __getattr__(self, name: str) -> Any:
                return getattr(opened, name)

            def write(self, data: bytes) -> int:
                calls[0] += 1
                if calls[0] == failing:
                    write(data[: len(data) // 2])
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return int(write(data))

        return Failing()

    return call


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("name", ["out", "out.pdf"])
def test_why_it_failed_is_told(
    snapshot: Snapshot, place: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
):
    def fsync(handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fsync)
    words = {errno.EROFS: "只读", errno.EACCES: "没有权限", errno.EIO: "读写出错"}[code]
    assert words in problem(lambda: export(snapshot, place / name))
    assert not tree(place)


LIMITED = """
import resource, sys
from pathlib import Path
from tests.packet import cases
from wizard.files import FileProblem
from wizard.packet.output import export

place = Path(sys.argv[1])
snapshot = cases.full(place / "case")
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    export(snapshot, place / "office" / sys.argv[2])
except FileProblem as problem:
    print(problem)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no such limit")
@pytest.mark.parametrize(("name", "limit"), [("out", 20_000), ("out", 100), ("out.pdf", 20_000)])
def test_a_file_may_not_grow_that_large(tmp_path: Path, place: Path, name: str, limit: int):
    (tmp_path / "case").mkdir()
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path), name, str(limit)],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stderr
    assert "无法写入" in ran.stdout
    assert not tree(place)


def whole(found: dict[str, bytes], name: str) -> bool:
    """Whether the export stands there whole: the last sync, of the folder above, may fail after the move."""
    if name.endswith(".pdf"):
        return found[name].startswith(b"%PDF")
    return len([path for path in found if path.endswith((".pdf", ".jpg", ".json", ".txt", ".xlsx"))]) == 10


@pytest.mark.parametrize("name", ["out", "out.pdf"])
@pytest.mark.parametrize("when", [1, 10, 18, 24])
def test_cancelled_exports_leave_nothing(snapshot: Snapshot, place: Path, name: str, when: int):
    asked = [0]

    def cancelled() -> bool:
        asked[0] += 1
        return asked[0] >= min(when, 17 if name == "out.pdf" else when)

    with pytest.raises(Cancelled):
        export(snapshot, place / name, cancelled=cancelled)
    assert not tree(place)


def test_progress_of_a_folder(snapshot: Snapshot, place: Path):
    told: list[tuple[int, int, str]] = []
    export(snapshot, place / "out", lambda *step: told.append(step))
    assert {total for _, total, _ in told} == {100}
    assert [done for done, *_ in told] == sorted(done for done, *_ in told)


def test_only_the_owner_may_read_it(snapshot: Snapshot, place: Path):
    assert export(snapshot, place / "out").folder.stat().st_mode & 0o077 == 0


def test_numbers_and_versions():
    draft = Draft(cases.FULL)
    number = packet_number(cases.MADE_AT, draft)
    assert number == packet_number(cases.MADE_AT, draft.with_answer("principal.name", "另一个人"))
    assert number != packet_number(cases.MADE_AT, draft.with_answer("mini_program.appid", "wxffff"))
    assert number.startswith("BA-20261123-")
    assert len(number) == 16
    assert next_version(draft) == 1
    for odd in ({"number": "../x", "version": -1}, {"number": 7, "version": "8"}, "no"):
        kept = replace(draft, rest={"packet": odd})
        assert packet_number(cases.MADE_AT, kept) == number
        assert next_version(kept) == 1


def test_linked_text(tmp_path: Path):
    said = text(cases.linked(tmp_path)).split("\r\n")
    contact = said[said.index("【小程序负责人】") :]
    assert contact[1] == "与主体负责人相同"
    assert contact[contact.index("姓名") + 1] == cases.FULL["principal.name"]
