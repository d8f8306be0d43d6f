"""`main.py read`: what it prints, its exit codes, and that it needs no network and no display."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.specimens.draw import specimen
from wizard.command_line import read
from wizard.scan import Fault, Scan
from wizard.scan import Read as Value

ROOT = Path(__file__).resolve().parents[2]


def main(*arguments: str, cwd: Path, before: tuple[str, ...] = (), **env: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*before, sys.executable, str(ROOT / "main.py"), "read", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        env=os.environ | env,
    )


def unshared() -> tuple[str, ...]:
    """A prefix that takes the network away, where this machine can."""
    prefix = ("unshare", "-rn")
    able = shutil.which("unshare") and subprocess.run([*prefix, "true"], capture_output=True).returncode == 0
    return prefix if able else ()


def test_a_card_read_without_any_network(tmp_path):
    card = specimen(7, "id_front", ("clean",))
    (tmp_path / f"身份证{card.ending}").write_bytes(card.data)
    ran = main(f"身份证{card.ending}", "--as", "identity_card", "--json", cwd=tmp_path, before=unshared())
    said = json.loads(ran.stdout)
    assert ran.returncode == 0, ran.stderr
    assert said["kind"] == "id_front"
    assert said["legible"] is True
    assert {name: one["value"] for name, one in said["fields"].items()} == card.truth["fields"]
    assert all(0 < one["confidence"] <= 1 for one in said["fields"].values())
    assert said["faults"] == []


def test_nothing_on_it(tmp_path):
    Image.new("RGB", (1200, 800), "white").save(tmp_path / "白纸.png")
    ran = main("白纸.png", cwd=tmp_path)
    assert ran.returncode == 1
    assert "认不出是什么证件" in ran.stdout
    assert "看不全" in ran.stdout


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("没有.jpg", None, "“没有.jpg”：找不到"),
        ("网页.png", b"<html>", "“网页.png”的内容不是图片"),
        ("半张.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "“半张.jpg”不完整"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path, name, data, said):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    ran = main(name, "--json", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


def test_the_engine_is_not_installed(tmp_path):
    """The rest of the program works; this command says so in one line."""
    (tmp_path / "lib" / "rapidocr").mkdir(parents=True)
    (tmp_path / "lib" / "rapidocr" / "__init__.py").write_text("raise ImportError('no wheel')\n")
    Image.new("RGB", (1200, 800), "white").save(tmp_path / "白纸.png")
    ran = main("白纸.png", cwd=tmp_path, PYTHONPATH=str(tmp_path / "lib"))
    assert ran.returncode == 2
    assert "没有装识别部件" in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


def test_words_for_people():
    scan = Scan(
        "id_front",
        {"name": Value("周子墨", 0.85), "id_number": Value("1", 0.98)},
        (Fault("rotated", mended=True), Fault("glare"), Fault("shadow", doubtful=True)),
    )
    lines = list(read._lines(scan))
    assert lines[0] == "居民身份证（人像面）"
    assert "  名称（姓名）：周子墨　（对照图片核对）" in lines
    assert "  公民身份号码：1　（相互印证）" in lines
    assert [line[:2] for line in lines[3:6]] == ["说明", "提醒", "提醒"]
    assert not any(char in "".join(lines) for char in "！!")


@pytest.mark.parametrize(
    ("scan", "wrong"),
    [
        (Scan("id_front", legible=True), False),
        (Scan("id_front", faults=(Fault("rotated", mended=True), Fault("glare")), legible=True), False),
        (Scan("id_front", faults=(Fault("shadow", doubtful=True),), legible=True), False),
        (Scan("id_front", faults=(Fault("wrong_document"),), legible=True), True),
        (Scan("id_front"), True),
    ],
)
def test_the_exit_code_is_1_where_an_error_is_printed(scan: Scan, wrong: bool):
    assert read.wrong(scan) is wrong
    assert any(line.startswith("错误") for line in read._lines(scan)) is wrong
