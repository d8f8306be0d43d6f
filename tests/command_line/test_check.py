"""`main.py check`, `rules` and `fields` as a script sees them: streams, exit codes, JSON, and no Qt."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wizard.finding import SEVERITIES
from wizard.resource_files import path
from wizard.sections import catalogue

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = path("samples")
DOCUMENT = {"format": "beian-draft", "version": 1, "answers": {}, "attachments": {}}


def main(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the program; what it writes is UTF-8 whatever the locale says."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTHON"))
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment | {"LANG": "C", "LC_ALL": "C"} | more,
        timeout=120,
    )


def findings(*arguments: object) -> dict:
    ran = main("check", *arguments, "--json")
    assert not ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize(
    ("name", "code"),
    [("company", 0), ("individual_business", 0), ("person", 0), ("company_faulty", 1), ("person_faulty", 1)],
)
def test_exit_code(name, code):
    ran = main("check", SAMPLES / f"{name}.json", "--on", "2026-11-23")
    assert ran.returncode == code
    assert not ran.stderr


def test_the_text_is_grouped_and_says_what_to_do():
    out = main("check", SAMPLES / "company_faulty.json", "--on", "2026-11-23").stdout
    lines = out.splitlines()
    assert "2026-11-23" in lines[0]
    assert "错误 5" in lines[1]
    order = [out.index(f"【{title}】") for title in ("主体", "主体负责人", "小程序", "小程序负责人")]
    assert order == sorted(order)
    assert "错误　通讯地址以“北京市大兴区”开头，省市区已单独选择" in out
    assert "怎么改：去掉开头的省市区，从路名或村名写起" in out
    assert "依据：申请小程序备案（applyIcpFiling），微信开放文档，查阅 2026-11-23；平台或法规原文" in out
    assert out.rstrip().endswith("初筛，不代表审核结果")


def test_no_rule_id_and_no_field_id_in_the_text():
    out = main("check", SAMPLES / "company_faulty.json").stdout
    ids = {one["rule"] for one in findings(SAMPLES / "company_faulty.json")["files"][0]["findings"]} | set(
        catalogue()
    )
    assert not [one for one in ids if one in out]


def test_the_json_document():
    document = findings(SAMPLES / "company_faulty.json", "--on", "2026-11-23")
    assert (document["format"], document["version"]) == ("beian-findings", 1)
    assert document["on"] == "2026-11-23"
    assert document["rules"]
    (file,) = document["files"]
    assert file["file"] == str(SAMPLES / "company_faulty.json")
    assert file["row"] is None
    counted = [sum(one["severity"] == severity for one in file["findings"]) for severity in SEVERITIES]
    assert counted == [file["errors"], file["warnings"], file["notes"]]
    for one in file["findings"]:
        assert set(one) >= {"rule", "severity", "fields", "message", "fix", "cite"}
        assert one["severity"] in SEVERITIES
        assert set(one["fields"]) <= set(catalogue())
        assert one["cite"] is None or set(one["cite"]) >= {"title", "issuer", "url", "checked"}


def test_the_day_decides():
    early = findings(SAMPLES / "company.json", "--on", "2038-04-01")["files"][0]
    assert [one["rule"] for one in early["findings"] if one["severity"] == "error"] == [
        "people.certificate-ends-soon"
    ]
    ran = main("check", SAMPLES / "company.json", "--on", "2026-13-45")
    assert ran.returncode == 2
    assert "2026-13-45" in ran.stderr


def test_several_files(tmp_path):
    gone = tmp_path / "没有.json"
    ran = main("check", SAMPLES / "company.json", gone, SAMPLES / "person_faulty.json", "--json")
    assert ran.returncode == 2
    assert [Path(one["file"]).stem for one in json.loads(ran.stdout)["files"]] == ["company", "person_faulty"]
    assert ran.stderr.count("\n") == 1
    assert "没有.json" in ran.stderr
    both = main("check", SAMPLES / "company.json", SAMPLES / "person.json")
    assert both.returncode == 0
    assert both.stdout.count("初筛，不代表审核结果") == 2


UNUSABLE = {
    "empty": b"",
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "huge number": b'{"version":' + b"9" * 100_000 + b"}",
    "no number": b'{"version":1,"score":NaN,"x":Infinity}',
    "twice the same key": '{"format":"beian-draft","name":"甲","name":"乙"}'.encode(),
    "half a character": b'{"name":"\\ud800"}',
    "newer version": json.dumps(DOCUMENT | {"version": 9999}).encode(),
    "cut": '{"format":"beian-draft","version":1,"answers":{"subject.name":"北京示'.encode()[:-1],
    "outside": json.dumps(
        DOCUMENT | {"attachments": {"subject.certificate_photo": ["../../x.png"]}}
    ).encode(),
    "another program's": b'{"schema_version":1,"cases":[]}',
    "picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path, name):
    file = tmp_path / "甲.json"
    file.write_bytes(UNUSABLE[name])
    ran = main("check", file)
    assert ran.returncode == 2
    assert not ran.stdout
    assert ran.stderr.count("\n") == 1
    assert "甲.json" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert file.read_bytes() == UNUSABLE[name]


@pytest.mark.parametrize("name", ["客户.xlsx", "客户.CSV"])
def test_a_workbook_that_is_cut_off_is_named(tmp_path, name):
    (tmp_path / name).write_bytes(b"PK\x03\x04")
    ran = main("check", tmp_path / name)
    assert ran.returncode == 2
    assert name in ran.stderr
    assert "不完整" in ran.stderr


def test_a_folder_is_no_draft(tmp_path):
    ran = main("check", tmp_path)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1


def test_a_byte_order_mark_is_no_fault(tmp_path):
    file = tmp_path / "甲.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(DOCUMENT).encode())
    ran = main("check", file)
    assert ran.returncode == 1
    assert not ran.stderr


def test_an_attachment_that_is_broken_is_found(tmp_path):
    (tmp_path / "front.jpg").write_bytes(b"<html>")
    document = DOCUMENT | {"attachments": {"principal.certificate_photo_front": ["front.jpg"]}}
    file = tmp_path / "甲.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    ran = main("check", file, "--json")
    assert "picture.unreadable" in [one["rule"] for one in json.loads(ran.stdout)["files"][0]["findings"]]


def test_rules_as_json():
    ran = main("rules", "--json")
    assert ran.returncode == 0
    document = json.loads(ran.stdout)
    assert (document["format"], document["version"]) == ("beian-rules", 1)
    rules = document["rules"]
    for rule in rules:
        assert set(rule) >= {"id", "severity", "fields", "message", "fix", "cite", "valid_from", "valid_to"}
    ids = {rule["id"] for rule in rules}
    assert {
        "people.mobile-differs",
        "uscc.check-digit",
        "required.fill-in",
        "program-remark.too-short",
    } <= ids
    (deadline,) = [rule for rule in rules if rule["id"] == "online.deadline"]
    assert (deadline["valid_from"], deadline["valid_to"]) == ("2023-08-09", "2024-03-31")
    doubtful = {rule["id"]: rule["severity"] for rule in rules}
    assert doubtful["ric.region-historic"] == "warning"
    assert doubtful["uscc.check-digit"] == "error"
    assert doubtful["unknown.field"] == "note"


def test_rules_as_text_and_verified():
    ran = main("rules")
    assert ran.returncode == 0
    assert "主体负责人和小程序负责人用了同一个手机号码" in ran.stdout
    assert "依据：" in ran.stdout
    verified = main("rules", "--verify")
    assert verified.returncode == 0
    assert "0 处与例子不符" in verified.stdout


def test_fields_as_json():
    ran = main("fields", "--json")
    assert ran.returncode == 0
    document = json.loads(ran.stdout)
    assert (document["format"], document["version"]) == ("beian-fields", 1)
    assert [field["id"] for field in document["fields"]] == list(catalogue())
    by_id = {field["id"]: field for field in document["fields"]}
    mobile = by_id["principal.mobile"]
    assert mobile["label"] == "手机号码"
    assert mobile["heading"] == "主体负责人·手机号码"
    assert mobile["required"] is True
    assert mobile["help"]
    assert by_id["subject.record_number"]["when"] == {
        "subject.filing_type": ["新增小程序(主体已备案)", "变更", "注销"]
    }
    assert "企业" in by_id["subject.type"]["choices"]


def test_fields_as_text():
    out = main("fields").stdout
    assert "【主体】" in out
    assert "手机号码　principal.mobile　必填" in out
    assert "什么时候填：" in out


HEAVY = {
    "PySide6",
    "shiboken6",
    "ui",
    "pydantic",
    "reportlab",
    "pikepdf",
    "PIL",
    "email_validator",
    "tldextract",
}


def test_a_check_loads_nothing_heavy():
    """What is loaded is most of what one check costs (pydantic alone would double it)."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from wizard.command_line import program; "
        "program.run(['check', sys.argv[2]]); print('loaded', *sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(ROOT), str(SAMPLES / "company.json")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    loaded = {name.split(".")[0] for name in ran.stdout.splitlines()[-1].split()[1:]}
    assert "wizard" in loaded, ran.stderr
    assert not loaded & HEAVY


def test_many_drafts_are_shared_out_and_come_back_in_order(tmp_path):
    names = [f"{number:03}.json" for number in range(70)]
    for name in names:
        sample = "company_faulty.json" if name.endswith("5.json") else "company.json"
        (tmp_path / name).write_bytes((SAMPLES / sample).read_bytes())
    (tmp_path / "033.json").write_text("{", encoding="utf-8")
    ran = main("check", *(tmp_path / name for name in names), "--json")
    assert ran.returncode == 2
    assert "033.json" in ran.stderr
    files = json.loads(ran.stdout)["files"]
    assert [Path(one["file"]).name for one in files] == [name for name in names if name != "033.json"]
    one, alone = files[5], json.loads(main("check", tmp_path / names[5], "--json").stdout)["files"][0]
    assert one == alone
