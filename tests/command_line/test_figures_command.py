"""`main.py figures`: of files and of a library, as text, JSON, PDF and workbook."""

import json

import openpyxl
import pypdfium2

from tests.command_line.test_deadlines_command import main
from tests.tracking.cases import NUMBERS, a_draft, followed
from wizard.draft import save
from wizard.library import place


def granted():
    return followed(
        ("submitted", "2026-10-09"),
        ("sms_done", "2026-10-12 11:00"),
        ("number_granted", "2026-10-23", NUMBERS),
    )


def test_files_are_counted_and_written(tmp_path):
    save(granted(), tmp_path / "a.json")
    save(a_draft(), tmp_path / "b.json")
    done = main("figures", "a.json", "b.json", "--on", "2026-11-25", "-o", "统计.pdf", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "一次通过率 100%（1 个里 1 个）" in done.stdout
    assert "备案成功　1 个" in done.stdout
    assert len(pypdfium2.PdfDocument(tmp_path / "统计.pdf")) == 1
    done = main("figures", "a.json", "-o", "统计.xlsx", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["rate"] == 1.0
    assert "各状态的备案" in openpyxl.load_workbook(tmp_path / "统计.xlsx").sheetnames


def test_a_library_is_counted(tmp_path):
    library, _ = place.create(tmp_path / "客户库", "蓝鲸台灯")
    with library:
        library.cases.new(granted())
        library.cases.new(a_draft())
    (tmp_path / "口令").write_text("蓝鲸台灯\n", encoding="utf-8")
    done = main("figures", "--library", "客户库", "--passphrase-file", "口令", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["cases"] == 2
    assert document["decided"] == 1


def test_a_file_that_cannot_be_used_is_named_and_the_rest_counted(tmp_path):
    save(granted(), tmp_path / "a.json")
    done = main("figures", "a.json", "没有.json", cwd=tmp_path)
    assert done.returncode == 2
    assert "找不到“没有.json”" in done.stderr
    assert "1 个备案" in done.stdout


def test_another_ending_is_refused_in_a_sentence(tmp_path):
    save(granted(), tmp_path / "a.json")
    done = main("figures", "a.json", "-o", "统计.docx", cwd=tmp_path)
    assert done.returncode == 2
    assert "扩展名要是 .pdf 或 .xlsx" in done.stderr
