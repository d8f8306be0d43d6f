"""`main.py export`: what it refuses, what it writes, what it says to a person and to a program."""

import io
import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.packet import cases
from wizard.check.run import Report
from wizard.command_line import program
from wizard.draft import Draft, save
from wizard.reading import Reading, understand


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    (tmp_path / "案件").mkdir()
    path = tmp_path / "案件" / "draft.json"
    save(Draft(cases.FULL, cases.pictures(path.parent)), path)
    return path


@pytest.fixture
def flawless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A self-check that has nothing to say; what the rules are is not tried here."""

    def check(checked: Draft, on: Any, pictures: Any = None) -> Report:
        reading = understand(checked, on)
        return Report(Reading(reading.filing, (), reading.asked, reading.choices), (), on, "2026.11")

    monkeypatch.setattr("wizard.check.run.self_check", check)


def faulty(path: Path) -> Path:
    save(Draft({"subject.type": "企业"}), path)
    return path


def pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.usefixtures("flawless")
def test_final_packet(draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    out = tmp_path / "packet.pdf"
    assert program.run(["export", str(draft), "-o", str(out)]) == 0
    assert f"已导出 {out}" in capsys.readouterr().out
    assert not any("草稿" in text for text in pages(out))


def test_an_error_refuses_and_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    out = tmp_path / "packet.pdf"
    out.write_bytes(b"older")
    assert program.run(["export", str(faulty(tmp_path / "d.json")), "-o", str(out)]) == 1
    said = capsys.readouterr()
    assert "错误　主体·主体名称：填写主体名称" in said.out
    assert "加 --draft" in said.out
    assert not said.err
    assert out.read_bytes() == b"older"


def test_a_draft_is_written_all_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    out = tmp_path / "packet.pdf"
    assert program.run(["export", str(faulty(tmp_path / "d.json")), "-o", str(out), "--draft"]) == 0
    assert "已导出" in capsys.readouterr().out
    assert all("草稿" in text for text in pages(out))


@pytest.mark.usefixtures("flawless")
def test_a_folder_and_json(draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    out = tmp_path / "出包"
    assert program.run(["export", str(draft), "-o", str(out), "--json", "--on", "2026-11-23"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["state"], told["on"], told["errors"]) == ("final", "2026-11-23", 0)
    assert len(told["paths"]) == 7
    assert all(Path(path).exists() for path in told["paths"])
    assert any("流程与时间" in text for text in pages(Path(told["paths"][0])))


def test_json_of_a_refusal(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    arguments = ["export", str(faulty(tmp_path / "d.json")), "-o", str(tmp_path / "p.pdf"), "--json"]
    assert program.run(arguments) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["state"] == "refused"
    assert told["paths"] == []
    assert told["errors"] == len([one for one in told["findings"] if one["severity"] == "error"]) > 10


@pytest.mark.usefixtures("flawless")
def test_on_a_given_day_the_same_draft_gives_the_same_file(draft: Path, tmp_path: Path):
    made = []
    for name in ("a.pdf", "b.pdf"):
        program.run(["export", str(draft), "-o", str(tmp_path / name), "--on", "2026-11-23"])
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


@pytest.mark.usefixtures("flawless")
def test_an_exported_case_goes_on_with_its_number(draft: Path, tmp_path: Path):
    program.run(["export", str(draft), "-o", str(tmp_path / "first"), "--on", "2026-11-23"])
    case = next((tmp_path / "first").glob("案件_*.json"))
    program.run(["export", str(case), "-o", str(tmp_path / "second"), "--on", "2026-12-01"])
    first, second = (
        json.loads(next((tmp_path / name).glob("案件_*")).read_bytes()) for name in ("first", "second")
    )
    assert first["packet"]["number"] == second["packet"]["number"]
    assert (first["packet"]["version"], second["packet"]["version"]) == (1, 2)
    assert first["answers"] == second["answers"]


def locked(path: Path, password: str) -> bool:
    """Whether the file opens with `password` and not without."""
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(path)
    with pypdfium2.PdfDocument(path, password=password) as document:
        return len(document) > 0


@pytest.mark.usefixtures("flawless")
@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\nsecond line"])
def test_a_password_from_a_file(draft: Path, tmp_path: Path, ending: str):
    (tmp_path / "secret").write_bytes(f"\ufeff密码 1{ending}".encode())
    out = tmp_path / "p.pdf"
    arguments = ["export", str(draft), "-o", str(out), "--password-file", str(tmp_path / "secret")]
    assert program.run(arguments) == 0
    assert locked(out, "密码 1")


@pytest.mark.usefixtures("flawless")
def test_a_password_from_standard_input(draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("秘密\n".encode()), "utf-8"))
    out = tmp_path / "p.pdf"
    assert program.run(["export", str(draft), "-o", str(out), "--password-file", "-"]) == 0
    assert locked(out, "秘密")


@pytest.mark.usefixtures("flawless")
def test_a_password_asked_for_twice(
    draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    typed = iter(["秘密", "秘密", "one", "other", ""])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed, ""))
    out = tmp_path / "p.pdf"
    arguments = ["export", str(draft), "-o", str(out), "--password-prompt"]
    assert program.run(arguments) == 0
    assert locked(out, "秘密")
    before = out.read_bytes()
    assert program.run(arguments) == program.run(arguments) == 2
    assert "两遍密码不一样" in capsys.readouterr().err
    assert out.read_bytes() == before


@pytest.mark.usefixtures("flawless")
def test_the_archive_format_and_the_case(draft: Path, tmp_path: Path):
    out = tmp_path / "p.pdf"
    program.run(["export", str(draft), "-o", str(out), "--pdf-a"])
    assert b"<pdfaid:part>1</pdfaid:part>" in out.read_bytes()
    program.run(["export", str(draft), "-o", str(out), "--attach-case"])
    with pypdfium2.PdfDocument(out) as document:
        assert document.count_attachments() == 7


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (["--pdf-a", "--attach-case"], "不能带附件"),
        (["--password-file", "gone"], "无法读取密码文件"),
        (["--password-file", "draft.json", "--pdf-a"], "不能加密码"),
        (["--password-file", "empty"], "第一行是空的"),
        (["--password-file", "latin"], "不是 UTF-8"),
    ],
)
def test_choices_that_cannot_be(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    choice: list[str],
    said: str,
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").write_bytes(b"\nx")
    (tmp_path / "latin").write_bytes(b"\xe9\xff")
    faulty(tmp_path / "draft.json")
    assert program.run(["export", "draft.json", "-o", "p.pdf", "--draft", *choice]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "p.pdf").exists()


@pytest.mark.parametrize(
    ("name", "content", "target"),
    [
        ("none.json", None, "p.pdf"),
        ("bad.json", b"{", "p.pdf"),
        ("new.json", b'{"format": "beian-draft", "version": 99}', "p.pdf"),
        ("good.json", b'{"format": "beian-draft", "version": 1}', "gone/p.pdf"),
        ("good.json", b'{"format": "beian-draft", "version": 1}', "good.json/out"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, target: str
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert program.run(["export", str(tmp_path / name), "-o", str(tmp_path / target), "--draft"]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert len(said.err.splitlines()) == 1
    assert not said.err.isascii()
    assert "Traceback" not in said.err


@pytest.mark.usefixtures("flawless")
def test_the_next_version_since_a_case_file(draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    program.run(["export", str(draft), "-o", str(tmp_path / "first"), "--on", "2026-11-23"])
    (case,) = (tmp_path / "first").glob("案件_*.json")
    changed = json.loads(draft.read_text(encoding="utf-8"))
    changed["answers"]["subject.comment"] = "换过的备注"
    draft.write_text(json.dumps(changed), encoding="utf-8")
    arguments = ["export", str(draft), "-o", str(tmp_path / "second.pdf"), "--since", str(case)]
    assert program.run([*arguments, "--with-report"]) == 0
    read = pages(tmp_path / "second.pdf")
    assert "第 2 版" in read[0]
    assert "与第 1 版相比，有 1 处不同" in read[0]
    assert any("改过的栏目在信息表左边" in text and "换过的备注" in text for text in read)
    assert "自检报告" in read[-1]
    capsys.readouterr()
    assert program.run([*arguments[:-1], str(draft)]) == 2
    assert "没有记下材料包的内容" in capsys.readouterr().err
