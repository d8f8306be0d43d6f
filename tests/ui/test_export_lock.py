"""The library locks while an export or a print is under way: what was begun comes to its end, whole."""

from dataclasses import replace

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from tests.ui.test_library_room import PASSPHRASE, make
from ui import demo_hand as hand
from ui import questions
from wizard.draft import load
from wizard.files import FileProblem
from wizard.packet.draw import PDFIUM
from wizard.resource_files import path


@pytest.fixture(autouse=True)
def _own_settings(own_settings, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(questions, "whether_to_take_in", lambda *_: True)
    monkeypatch.setattr(questions, "whether_to_delete", lambda *_: False)


@pytest.fixture
def window(open_window, tmp_path):
    """A case with its papers in a library."""
    sample = load(path("samples", "company.json"))
    window = open_window(replace(sample, place={}), tmp_path / "案件.beian.json")
    make(window)
    window.go("export")
    return window


def lock_when(signal, window, text):
    """Lock as soon as the work says that it is at `text`; the moments at which it was done."""
    done = []

    def look(*said):
        if not done and said[-1].startswith(text):
            done.append(said[-1])
            window.lock.lock()

    signal.connect(look)
    return done


def unlock(window):
    hand.type_text(window.lock.curtains[0].form.secret, PASSPHRASE)
    hand.click(window.lock.curtains[0].form.unlock)
    assert hand.wait(lambda: not window.lock.on)


def contents(folder):
    """The files of an export by their names; those that tell version and moment are not compared."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.suffix != ".pdf")
    return {file.name: file.read_bytes() for file in files if file.parent != folder}


def left_on_the_desk(window):
    names = window.case.place.parent.parent.rglob("*")
    return [one for one in names if one.name != ".lock" and (one.is_symlink() or one.is_file())]


@pytest.mark.parametrize("moment", ["正在处理图片", "正在排版", "正在整理上传图片"])
def test_an_export_under_way_comes_to_its_end(window, tmp_path, moment):
    card = window.page("export").card
    card.folder = tmp_path / "锁"
    hand.click(card.final)
    done = lock_when(card.job.progress, window, moment)
    assert hand.wait(lambda: card.written is not None, 60), card.told.text()
    assert done
    assert window.lock.on
    assert window.room.session.library is None
    assert not left_on_the_desk(window)
    unlock(window)
    assert "已导出到" in card.told.text()
    assert window.case.draft.rest["packet"]["version"] == 1
    assert hand.wait(lambda: not window.case.unsaved)
    card.folder, card.written = tmp_path / "不锁", None
    hand.click(card.final)
    assert hand.wait(lambda: card.written is not None, 60)
    assert window.case.draft.rest["packet"]["version"] == 2
    locked, open_ = contents(tmp_path / "锁"), contents(tmp_path / "不锁")
    assert len(locked) >= 3
    assert locked == open_


def test_a_print_under_way_comes_to_its_end(window, tmp_path):
    window.beside.show_preview()
    assert hand.wait(lambda: window.beside.preview and window.beside.preview.preview, 60)
    preview = window.beside.preview
    count, ended = preview.preview.count, []
    preview.printing.ended.connect(ended.append)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(72)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "纸.pdf"))
    done = lock_when(preview.printing.told, window, "正在处理图片")
    preview.printing.begin(printer)
    assert hand.wait(lambda: ended, 60)
    assert done
    assert ended == [f"{count} 张已交给打印机"]
    assert not left_on_the_desk(window)
    with PDFIUM, pypdfium2.PdfDocument(tmp_path / "纸.pdf") as printed:
        assert len(printed) == count


def test_nothing_is_built_behind_the_lock_and_the_preview_comes_back_whole(window):
    window.beside.show_preview()
    assert hand.wait(lambda: window.beside.preview and window.beside.preview.preview, 60)
    preview = window.beside.preview
    before = preview.preview
    window.case.answer("mini_program.name", "青柠记账")
    window.lock.lock()
    assert not hand.wait(lambda: preview.preview is not before, 1.5)
    workshop, drawer = window.beside.packets.workshop, window.beside.packets.drawer
    assert hand.wait(lambda: not (workshop._errand.alive or drawer._errand.alive), 10)
    unlock(window)
    assert hand.wait(lambda: preview.preview is not before and not preview._updating, 60)
    assert preview.preview.count == before.count


def test_what_is_begun_once_the_papers_are_put_away_says_so(window):
    store, draft = window.case.store, window.case.draft
    window.lock.lock()
    with pytest.raises(FileProblem, match="客户库已锁定"), store.held(draft):
        pytest.fail("nothing can be held")
    assert not left_on_the_desk(window)
