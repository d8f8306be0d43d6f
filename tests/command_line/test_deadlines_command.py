"""`main.py deadlines`, `follow` and `changes`: what they print, write and refuse."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests.tracking.cases import a_draft, followed
from tests.tracking.ics_reader import read
from wizard.draft import load, save

ROOT = Path(__file__).resolve().parents[2]


def main(*arguments: str, cwd: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env=os.environ | {"XDG_CONFIG_HOME": str(cwd / "settings")},
    )


def test_the_dates_of_several_cases_the_next_one_first(tmp_path):
    save(followed(("submitted", "2026-11-23"), ("sms_done", "2026-11-24")), tmp_path / "a.json")
    later = a_draft(mini_program__name="第二个")
    save(followed(("submitted", "2026-11-24"), draft=later), tmp_path / "b.json")
    done = main("deadlines", "a.json", "b.json", "--on", "2026-11-25", "--ics", "out.ics", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "2026-11-26　平台初审出结果　11 月 25 日–11 月 26 日"
    assert lines[1].strip().startswith("第二个（平台初审）：")
    assert lines[2] == "2026-12-22　通管局审核出结果　11 月 25 日–12 月 22 日"
    assert len(read((tmp_path / "out.ics").read_bytes()).standing) == 2
    assert (tmp_path / "out.ics").stat().st_mode & 0o777 == 0o600 or os.name == "nt"


def test_the_dates_of_the_whole_library(tmp_path):
    (tmp_path / "口令").write_text("蓝鲸台灯", encoding="utf-8")
    secret = ("--library", "库", "--passphrase-file", "口令")
    assert main("library", "create", *secret, cwd=tmp_path).returncode == 0
    for number in range(3):
        draft = followed(
            ("submitted", f"2026-11-2{number}"), draft=a_draft(mini_program__name=f"第{number}个")
        )
        save(draft, tmp_path / f"{number}.json")
    save(a_draft(), tmp_path / "3.json")
    assert main("library", "import", *secret, *(f"{n}.json" for n in range(4)), cwd=tmp_path).returncode == 0
    listed = json.loads(main("library", "list", *secret, "--json", cwd=tmp_path).stdout)
    states = {case["program"]: (case["state"], case["deadline"]) for case in listed["cases"]}
    assert states["第1个"] == ("preliminary_review", "2026-11-24")
    assert states["绿柠檬便民工具"] == ("filling", None)
    done = main("deadlines", *secret, "--on", "2026-11-25", "--ics", "all.ics", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [line[:10] for line in done.stdout.splitlines()[0:6:2]] == [
        "2026-11-24",
        "2026-11-24",
        "2026-11-24",
    ]
    assert len(read((tmp_path / "all.ics").read_bytes()).standing) == 3


def test_json_and_a_file_that_cannot_be_used(tmp_path):
    save(followed(("submitted", "2026-12-24")), tmp_path / "a.json")
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    done = main("deadlines", "b.json", "a.json", "--on", "2026-12-24", "--json", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    document = json.loads(done.stdout)
    assert (document["format"], document["on"]) == ("beian-deadlines", "2026-12-24")
    (file,) = document["files"]
    assert (file["state"], file["deadlines"][0]["latest"]) == ("preliminary_review", "2026-12-28")
    assert file["deadlines"][0]["certain"] is True


def test_following_a_draft_from_a_script(tmp_path):
    save(a_draft(), tmp_path / "a.json")
    assert (
        main("follow", "a.json", "--event", "submitted", "--at", "2026-11-20 10:00", cwd=tmp_path).returncode
        == 0
    )
    noted = ("--event", "sms_received", "--at", "2026-11-23T11:02", "--phone", "both")
    done = main("follow", "a.json", *noted, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["state"] == "sms_verification"
    assert [event["kind"] for event in document["events"]] == ["submitted", "sms_received"]
    assert document["events"][0]["frozen"] is True
    assert "sms_done" in document["can_follow"]
    assert load(tmp_path / "a.json").text("progress.submitted_on") == "2026-11-20"
    shown = main("follow", "a.json", cwd=tmp_path).stdout
    assert "现在：短信核验" in shown
    assert "2026-11-23 11:02　收到 12381 短信" in shown


def test_following_a_case_of_the_library_from_a_script(tmp_path):
    (tmp_path / "口令").write_text("蓝鲸台灯", encoding="utf-8")
    (tmp_path / "执照.jpg").write_bytes(b"a picture")
    secret = ("--library", "库", "--passphrase-file", "口令")
    assert main("library", "create", *secret, cwd=tmp_path).returncode == 0
    save(replace(a_draft(), attachments={"subject.certificate_photo": ("执照.jpg",)}), tmp_path / "a.json")
    assert main("library", "import", *secret, "a.json", cwd=tmp_path).returncode == 0
    (case,) = json.loads(main("library", "list", *secret, "--json", cwd=tmp_path).stdout)["cases"]
    number = ("--case", str(case["id"]), *secret)
    noted = ("--event", "submitted", "--at", "2026-11-20T10:00")
    document = json.loads(main("follow", *number, *noted, "--json", cwd=tmp_path).stdout)
    assert (document["state"], document["events"][0]["frozen"]) == ("preliminary_review", True)
    assert "2026-11-20 10:00　提交" in main("follow", *number, cwd=tmp_path).stdout
    (case,) = json.loads(main("library", "list", *secret, "--json", cwd=tmp_path).stdout)["cases"]
    assert (case["state"], case["deadline"]) == ("preliminary_review", "2026-11-24")
    refused = main("follow", *number, "--event", "submitted", cwd=tmp_path)
    assert (refused.returncode, "什么也没有记" in refused.stderr) == (2, True)
    for wrong in ((), ("a.json", "--case", "1"), ("--case", "77", *secret)):
        done = main("follow", *wrong, cwd=tmp_path)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_what_cannot_be_noted_leaves_the_file_alone(tmp_path):
    save(a_draft(), tmp_path / "a.json")
    before = (tmp_path / "a.json").read_bytes()
    for event, said in (("sms_done", "填写中"), ("danced", "没有“danced”这种事件")):
        done = main("follow", "a.json", "--event", event, cwd=tmp_path)
        assert done.returncode == 2
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    done = main("follow", "a.json", "--event", "submitted", "--at", "gestern", cwd=tmp_path)
    assert (done.returncode, "不是时间" in done.stderr) == (2, True)
    assert (tmp_path / "a.json").read_bytes() == before


def test_what_may_change(tmp_path):
    done = main("changes", "subject.name", "--province", "北京", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    (change,) = document["changes"]
    assert (change["id"], change["how"]) == ("subject-name", "change")
    assert "要上传更名函" in change["in_province"]
    assert len(document["cancellations"]) == 3
    assert "取消接入" in main("changes", cwd=tmp_path).stdout
    for wrong in (["nothing"], ["--province", "南极"]):
        assert main("changes", *wrong, cwd=tmp_path).returncode == 2
