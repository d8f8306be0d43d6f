"""The main job: fill all pages, be killed, open again at the same place, export, read the packet back."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.flows.filing import ANSWERS, PICTURES
from ui import demo_hand as hand
from wizard.draft import load, parse
from wizard.intake.guard import measure

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """The place of a case whose window was killed after the last save."""
    place = tmp_path_factory.mktemp("案件") / "绿柠檬.beian.json"
    done = subprocess.run(
        [sys.executable, "-m", "tests.flows.filler", str(place)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "saved" in done.stdout, done.stderr[-2000:]
    assert done.returncode != 0
    return place


def squeezed(text):
    return "".join(text.split())


def test_everything_typed_is_there_after_a_kill(killed):
    draft = load(killed)
    for field_id, answer in ANSWERS.items():
        assert draft.answers[field_id] == answer, field_id
    for field_id, file in PICTURES.items():
        (kept,) = draft.attachments[field_id]
        now, given = measure(draft.file(kept)), measure(file)
        assert (now.width, now.height) == (given.width, given.height)
        originals = draft.file(kept).parent / "原件"
        assert (originals / file.name).read_bytes() == file.read_bytes()


def test_it_opens_again_and_exports_what_was_typed(killed, qtbot, tmp_path):
    from ui import style
    from ui.case import Case
    from ui.main_window import MainWindow
    from ui.store import FileStore

    style.apply(qtbot._request.getfixturevalue("qapp"))
    store = FileStore(killed.parent)
    window = MainWindow(Case(load(killed), killed, store, ON), store)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.case.report is not None)
    assert window.current == "contact"
    assert window.focusWidget() is window.page("contact").rows["contact.email"].editor.target
    assert [f.message for f in window.case.report.findings if f.severity == "error"] == []
    window.go("export")
    page = window.page("export")
    page.card.folder = tmp_path / "交付"
    hand.click(page.card.final)
    assert page.card.bar.isVisible()
    qtbot.waitUntil(lambda: page.card.written is not None, timeout=60_000)
    packets = sorted(page.card.written.glob("材料包_*.pdf"))
    assert len(packets) == 1
    assert_packet_holds_everything(packets[0])
    assert (page.card.written / "填报文本.txt").is_file()
    assert page.card.opener.isVisible()


def assert_packet_holds_everything(packet):
    pdf = pypdfium2.PdfDocument(packet)
    pages = [page.get_textpage().get_text_range() for page in pdf]
    text = squeezed("".join(pages))
    for field_id, answer in ANSWERS.items():
        if field_id == "contact.same_as_principal":
            continue
        for part in (
            [answer] if isinstance(answer, str) else [p if isinstance(p, str) else p["type"] for p in answer]
        ):
            written = part.replace(".", "-") if field_id.endswith(("_start", "_end")) else part
            assert squeezed(part) in text or squeezed(written) in text, field_id
    assert f"第1页/共{len(pdf)}页" in text
    assert "草稿" not in squeezed("".join(pages[1:]))
    titles = [item.get_title() for item in pdf.get_toc()]
    for part in ("封面", "目录", "材料清单", "待办", "备注文本", "证件影像", "流程与时间"):
        assert any(part in title for title in titles), (part, titles)
    pdf.close()


def test_a_draft_is_always_exported_and_says_so_on_every_page(qtbot, tmp_path):
    from ui.case import Case
    from ui.main_window import MainWindow
    from ui.store import FileStore
    from wizard.draft import Draft

    store = FileStore(tmp_path)
    window = MainWindow(Case(Draft(folder=tmp_path), tmp_path / "空.beian.json", store, ON), store)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.case.report is not None)
    window.go("export")
    page = window.page("export")
    page.card.folder = tmp_path / "草稿包"
    hand.click(page.card.final)
    assert window.current == "check"
    assert not page.card.folder.exists()
    window.go("export")
    hand.click(page.card.draft)
    qtbot.waitUntil(lambda: page.card.written is not None, timeout=60_000)
    pdf = pypdfium2.PdfDocument(next(page.card.written.glob("材料包_*.pdf")))
    assert all("草稿" in squeezed(each.get_textpage().get_text_range()) for each in pdf)
    pdf.close()


def test_an_export_can_be_cancelled_and_leaves_nothing(qtbot, tmp_path, killed):
    from ui.case import Case
    from ui.main_window import MainWindow
    from ui.store import FileStore

    store = FileStore(killed.parent)
    window = MainWindow(Case(load(killed), killed, store, ON), store)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.case.report is not None)
    window.go("export")
    page = window.page("export")
    page.card.folder = tmp_path / "不要了"
    hand.click(page.card.final)
    hand.click(page.card.cancel)
    qtbot.waitUntil(lambda: "已取消" in page.card.told.text(), timeout=20_000)
    assert not page.card.folder.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_written_is_told(qtbot, tmp_path, killed):
    from ui.case import Case
    from ui.main_window import MainWindow
    from ui.store import FileStore

    (tmp_path / "文件").write_bytes(b"")
    store = FileStore(killed.parent)
    window = MainWindow(Case(load(killed), killed, store, ON), store)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.case.report is not None)
    before = killed.read_bytes()
    window.go("export")
    page = window.page("export")
    page.card.folder = tmp_path / "文件" / "材料包"
    hand.click(page.card.final)
    qtbot.waitUntil(lambda: page.card.final.isVisible() and "无法" in page.card.told.text(), timeout=20_000)
    window.close()
    assert load(killed).answers == parse(before).answers
