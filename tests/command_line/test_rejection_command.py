"""`main.py rejection` as a script sees it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def main(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "rejection", *arguments],
        input=given,
        capture_output=True,
        env=os.environ | {"LC_ALL": "C"},
        timeout=60,
    )


def test_a_reason_is_told_with_field_change_and_paper():
    ran = main("小程序负责人非法定代表人，请上传授权书")
    out = ran.stdout.decode()
    assert ran.returncode == 0
    assert "小程序负责人·授权书" in out
    assert "怎么改：" in out
    assert "要补的材料：小程序负责人授权书" in out


def test_json_names_the_rules_and_fields():
    ran = main("-", "--json", given="通讯地址重复填写了省市区，请删除".encode())
    document = json.loads(ran.stdout)
    assert document["recognised"] is True
    (reason,) = document["reasons"]
    assert (reason["reason"], reason["sure"]) == ("R06", True)
    assert reason["rules"] == ["place.address-repeats-region"]
    assert reason["fields"][0] == {"id": "subject.address", "label": "主体·通讯地址"}


def test_what_is_not_recognised_is_said_so():
    ran = main("服务器未续费")
    assert ran.returncode == 1
    assert "没有认出" in ran.stdout.decode()


@pytest.mark.parametrize(("argument", "given"), [("", b""), ("-", b" \n"), ("-", "电话".encode("gbk"))])
def test_no_text_is_one_line(argument, given):
    ran = main(argument, given=given)
    assert ran.returncode == 2
    assert len(ran.stderr.decode().strip().splitlines()) == 1
    assert not ran.stdout
