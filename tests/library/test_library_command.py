"""`main.py library …` as a script uses it: exit codes, JSON, sentences, and no secret in an argument."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.library.conftest import ID_NUMBER, MOBILE, PASSPHRASE, case
from wizard import draft as drafts
from wizard.command_line import program

Run = Any


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a task on the library in `home`; exit code, standard output, standard error."""
    monkeypatch.setenv("BEIAN_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("BEIAN_LIBRARY", str(home))

    def task(*words: object) -> tuple[int, str, str]:
        code = program.run(["library", *map(str, words)])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return task


def document(run: Run, *words: object, code: int = 0) -> dict[str, Any]:
    ended, out, err = run(*words, "--json")
    assert ended == code, err
    found = json.loads(out)
    assert (found["format"], found["version"]) == ("beian-library", 1)
    return dict(found)


@pytest.fixture
def old_drafts(tmp_path: Path) -> Path:
    """Drafts of before the library: files beside their attachments."""
    folder = tmp_path / "文档" / "备案助手"
    (folder / "甲.附件").mkdir(parents=True)
    (folder / "甲.附件" / "执照.jpg").write_bytes(b"picture")
    first = case("甲").with_attachments("subject.certificate_photo", ("甲.附件/执照.jpg", "甲.附件/没有.jpg"))
    drafts.save(first, folder / "甲.beian.json")
    drafts.save(case("乙"), folder / "乙.beian.json")
    (folder / "别的.json").write_text("{}", encoding="utf-8")
    return folder


def test_from_old_drafts_to_a_backup_and_back(run: Run, old_drafts: Path, tmp_path: Path, home: Path):
    made = document(run, "create")
    assert len(made["recovery_key"]) == 41
    taken = document(run, "import", old_drafts)["files"]
    assert [(one["new"], one["missing"]) for one in taken] == [(True, []), (True, ["甲.附件/没有.jpg"])]
    assert [one["new"] for one in document(run, "import", old_drafts)["files"]] == [False, False]
    rows = document(run, "list")["cases"]
    assert {row["program"] for row in rows} == {"甲", "乙"}
    assert document(run, "search", ID_NUMBER)["count"] == 2
    assert document(run, "search", "乙", "--state", "填写中")["count"] == 1
    (first,) = [row["id"] for row in rows if row["program"] == "甲"]
    out = tmp_path / "导出"
    document(run, "export", first, "-o", out)
    again = drafts.load(out / f"案件{first}" / "案件.beian.json")
    assert again.answers == drafts.load(old_drafts / "甲.beian.json").answers
    assert again.file("甲.附件/执照.jpg").read_bytes() == b"picture"
    document(run, "backup")
    assert [one["problem"] for one in document(run, "backups")["backups"]] == [""]
    receipt = document(run, "purge", first, "--yes")["receipt"]
    assert (receipt["cases"], receipt["files"]) == (1, 1)
    assert document(run, "verify") | {"cases": 1} == document(run, "verify")
    assert (home / "library.db").read_bytes().find("甲".encode()) == -1
    assert document(run, "restore")["cases"] == 1  # the purged one is not revived


def test_for_people(run: Run, old_drafts: Path, tmp_path: Path):
    for words, expected in (
        (("create",), "恢复密钥"),
        (("import", old_drafts), "新收 2 个"),
        (("list",), "共 2 个案件"),
        (("export", "--all", "-o", tmp_path / "导出"), "没有加密"),
        (("backup",), "已备份并核对："),
        (("backups",), "完好"),
        (("verify",), "完好，2 个案件"),
        (("purge", "--due"), "没有保存期限已到的案件"),
        (("purge", "1", "--yes", "--from-backups"), "备份里也没有副本"),
        (("restore",), "现在有 1 个案件"),
        (("audit",), "彻底删除"),
    ):
        code, out, err = run(*words)
        assert (code, expected in out) == (0, True), (words, out, err)
        assert not any(private in out + err for private in (ID_NUMBER, MOBILE, PASSPHRASE))


def test_what_cannot_be_done_is_said_in_one_line(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    bad = tmp_path / "坏.beian.json"
    bad.write_text("{", encoding="utf-8")
    assert "没有客户库" in run("list")[2]
    run("create")
    for words, expected in (
        (("create",), "已经有客户库"),
        (("purge",), "没有写要删除哪些"),
        (("purge", "--yes", "99"), "已经不在客户库里"),
        (("export", "-o", tmp_path / "x"), "没有写要导出哪些"),
        (("import", bad), "坏.beian.json"),
        (("import", tmp_path / "没有.json"), "找不到"),
        (("list", "--state", "没有的"), "没有“没有的”这个状态"),
        (("restore",), "没有备份"),
        (("list", "--passphrase-file", tmp_path / "没有"), "无法打开“没有”"),
    ):
        code, out, err = run(*words)
        assert (code, out, err.count("\n"), expected in err) == (2, "", 1, True), (words, err)
    monkeypatch.setenv("BEIAN_PASSPHRASE", "错的")
    assert "口令不正确" in run("list")[2]
    monkeypatch.delenv("BEIAN_PASSPHRASE")
    assert "没有给口令" in run("list")[2]
    (tmp_path / "口令").write_text(f"{PASSPHRASE}\n别的\n", encoding="utf-8")
    assert run("list", "--passphrase-file", tmp_path / "口令")[0] == 0
    monkeypatch.delenv("BEIAN_LIBRARY")
    assert "--library" in run("list", "--passphrase-file", tmp_path / "口令")[2]


def test_one_bad_file_leaves_the_library_as_it_was(run: Run, old_drafts: Path):
    run("create")
    (old_drafts / "坏.beian.json").write_text("{", encoding="utf-8")
    assert run("import", old_drafts)[0] == 2
    assert document(run, "list")["count"] == 0


def test_damage_is_exit_code_1_for_verify_and_a_way_out_is_named(run: Run, old_drafts: Path, home: Path):
    run("create")
    run("import", old_drafts)
    run("backup")
    data = bytearray((home / "library.db").read_bytes())
    data[len(data) // 2] ^= 1
    (home / "library.db").write_bytes(data)
    found = document(run, "verify", code=1)
    assert "用 library restore 恢复" in found["problem"]
    code, _, err = run("list")
    assert (code, "用 library restore 恢复" in err) == (2, True)
    assert document(run, "restore")["cases"] == 2
    assert document(run, "verify")["whole"]


def test_the_recovery_key_opens_and_an_export_spares_what_is_not_its_own(
    run: Run, tmp_path: Path, old_drafts: Path
):
    key = document(run, "create")["recovery_key"]
    (tmp_path / "key").write_text(key, encoding="utf-8")
    run("import", old_drafts)
    assert run("list", "--recovery-key-file", tmp_path / "key")[0] == 0
    mine = tmp_path / "out" / "案件1"
    mine.mkdir(parents=True)
    (mine / "我的.txt").write_text("x", encoding="utf-8")
    code, _, err = run("export", "1", "-o", tmp_path / "out")
    assert (code, "已经有别的内容" in err) == (2, True)
    (mine / "我的.txt").unlink()
    for _ in range(2):
        assert run("export", "1", "-o", tmp_path / "out")[0] == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["案件1"]


def test_one_person_is_taken_out_and_named_in_no_answer(run: Run, old_drafts: Path, tmp_path: Path):
    document(run, "new")
    other = case("丙", principal__name="赵六", principal__certificate_number="110101199003074476")
    drafts.save(other, old_drafts / "丙.beian.json")
    document(run, "import", old_drafts)
    paths = document(run, "person", ID_NUMBER, "-o", tmp_path / "本人")["paths"]
    told = json.loads(Path(paths[0]).read_text(encoding="utf-8"))
    assert [one["answers"]["principal.mobile"] for one in told["occurrences"]] == [MOBILE, MOBILE]
    code, _, err = run("person", ID_NUMBER, "-o", tmp_path / "本人")
    assert (code, ID_NUMBER in err) == (2, False)
    code, _, err = run("person", "没有这个人", "-o", tmp_path / "另一个")
    assert (code, "没有这个人或主体" in err) == (2, True)
    code, _, err = run("person", "赵", "-o", tmp_path / "另一个")
    assert (code, "有 2 个人" in err, (tmp_path / "另一个").exists()) == (2, True, False)
    assert "导出一个人的资料" in [one["action"] for one in document(run, "audit")["events"]]


def test_a_copy_elsewhere_opens_with_the_same_passphrase(
    run: Run, old_drafts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    document(run, "create")
    document(run, "import", old_drafts)
    assert document(run, "copy", "--into", tmp_path / "优盘")["cases"] == 2
    assert run("copy", "--into", tmp_path / "优盘")[0] == 2
    monkeypatch.setenv("BEIAN_LIBRARY", str(tmp_path / "优盘"))
    assert document(run, "list")["count"] == 2


def test_what_can_be_read_of_a_damaged_library_is_salvaged(
    run: Run, old_drafts: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
):
    key = document(run, "create")["recovery_key"]
    document(run, "import", old_drafts)
    data = bytearray((home / "library.db").read_bytes())
    data[-100] ^= 1
    (home / "library.db").write_bytes(data)
    for name, text in (("钥匙", key), ("新口令", "另一个 口令")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    code, _, err = run("salvage", "--recovery-key-file", tmp_path / "钥匙", "--into", tmp_path / "新")
    assert (code, "设一个口令" in err) == (2, True)
    words = ("--recovery-key-file", tmp_path / "钥匙", "--new-passphrase-file", tmp_path / "新口令")
    code, out, _ = run("salvage", *words, "--into", tmp_path / "新", "--json")
    found = json.loads(out)
    assert found["cases"] + found["cases_lost"] == 2
    assert code == int(bool(found["cases_lost"] or found["files_lost"]))
    assert (home / "library.db").read_bytes() == data
    monkeypatch.setenv("BEIAN_LIBRARY", str(tmp_path / "新"))
    assert document(run, "list", "--passphrase-file", tmp_path / "新口令")["count"] == found["cases"]
    assert (
        "恢复密钥" in run("salvage", "--passphrase-file", tmp_path / "新口令", "--into", tmp_path / "再")[1]
    )
