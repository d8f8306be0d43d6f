"""The finished PDF read back by another program: answers, pictures, outline, links, fonts, the 草稿 mark."""

import ctypes
import io
import itertools
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import ImageChops

from tests.packet import cases
from wizard.draft import Draft, load
from wizard.packet.build import Cancelled, build_packet, build_report, packet
from wizard.packet.fonts import MISSING
from wizard.packet.options import Options
from wizard.packet.snapshot import Snapshot

ROOT = Path(__file__).resolve().parents[2]


class Read:
    """A PDF as other programs see it."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        with pypdfium2.PdfDocument(data) as document:
            self.pages = [page.get_textpage().get_text_bounded() for page in document]
            self.sizes = [page.get_size() for page in document]
            self.info = document.get_metadata_dict()
            self.labels = [_label(document, number) for number in range(len(document))]
            self.outline = [
                (mark.level, mark.get_title(), mark.get_dest().get_index() + 1) for mark in document.get_toc()
            ]

    @property
    def text(self) -> str:
        return "\n".join(self.pages)

    @property
    def plain(self) -> str:
        """All text without line breaks and blanks."""
        return "".join(self.text.split())


def _label(document: pypdfium2.PdfDocument, number: int) -> str:
    buffer = ctypes.create_string_buffer(40)
    length = pdfium.FPDF_GetPageLabel(document.raw, number, buffer, 40)
    return buffer.raw[: length - 2].decode("utf-16-le")


def plain(text: str) -> str:
    return "".join(text.split())


def answers(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from answers(part)
    else:
        for part in value:  # type: ignore[attr-defined]
            yield from answers(part)


@pytest.fixture(scope="module")
def final(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return cases.full(tmp_path_factory.mktemp("final"))


@pytest.fixture(scope="module")
def read(final: Snapshot) -> Read:
    return Read(build_packet(final))


@pytest.mark.parametrize("field", cases.FULL)
def test_every_answer_can_be_searched_and_copied(read: Read, field: str):
    for text in answers(cases.FULL[field]):
        assert plain(text) in read.plain, field


@pytest.mark.parametrize(
    "name", [f"欧阳{cases.RARE}", f"司马{cases.RAREST}", "91110115MA01QFMA2Y", "13800138000"]
)
def test_short_answers_stay_on_one_line(read: Read, name: str):
    assert name in read.text


def test_long_numbers_are_grouped_beside_the_plain_value(read: Read):
    assert "9111 0115 MA01 QFMA 2Y" in read.text
    assert "138 0013 8000" in read.text


def test_what_was_typed_otherwise_is_told(read: Read):
    assert "2019-06-06" in read.text
    assert "录入时写作 2019.06.06" in read.text


@pytest.mark.parametrize(
    "path", sorted((ROOT / "resources" / "samples").glob("*.json")), ids=lambda path: path.stem
)
def test_every_answer_of_every_sample(path: Path):
    snapshot = cases.frozen(load(path))
    found = Read(build_packet(snapshot)).plain
    for field, answer in snapshot.draft.answers.items():
        if field in snapshot.reading.asked:
            for text in answers(answer):
                assert plain(text) in found, field


def test_parts_stand_in_their_order(read: Read):
    parts = [title for level, title, _ in read.outline if level == 0]
    front = ["封面", "目录", "材料清单", "待办", "信息表", "前置审批与省份要求", "备注文本"]
    assert parts == [*front, "声明与授权", "证件影像", "流程与时间", "送审记录"]


def test_the_outline_leads_to_the_page_that_says_so(read: Read):
    assert len(read.outline) > 14
    for _, title, page in read.outline:
        assert title.removesuffix("证件") in read.pages[page - 1] or page == 1, title


def test_contents_tell_the_same_pages_as_the_outline(read: Read):
    contents = read.pages[1]
    listed = re.findall(r"^(.+?)\s+(\d+)\s*$", contents, re.MULTILINE)
    by_title = {title.strip(): int(page) for title, page in listed}
    for _, title, page in read.outline:
        if title != "目录":
            assert by_title[title] == page, title


def test_page_numbers_are_those_of_the_file(read: Read):
    total = len(read.pages)
    for number, (text, label) in enumerate(zip(read.pages, read.labels, strict=True), 1):
        assert f"第 {number} 页 / 共 {total} 页" in text
        assert label == str(number)
    assert f"共 {total} 页" in read.pages[0]


def test_every_page_is_a4_and_says_whose_it_is(read: Read, final: Snapshot):
    for (width, height), text in zip(read.sizes, read.pages, strict=True):
        assert (round(width), round(height)) == (595, 842)
        assert f"{final.number} v2" in text
        assert "北京绿柠檬科技有限公司" in text


def test_properties(read: Read):
    assert "北京绿柠檬科技有限公司" in read.info["Title"]
    assert read.info["Author"] == "北京绿柠檬科技有限公司"
    assert read.info["Subject"] == "微信小程序备案"
    assert read.info["CreationDate"] == "D:20261123093000+08'00'"
    with pikepdf.open(io.BytesIO(read.data)) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.PageMode == "/UseOutlines"


def test_fonts_are_embedded(read: Read):
    with pikepdf.open(io.BytesIO(read.data)) as pdf:
        names = set()
        for page in pdf.pages:
            for _, font in page.Resources.Font.items():
                names.add(str(font.BaseFont).split("+")[-1])
                assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
    assert names == {"NotoSansSC-Regular", "NotoSansSC-Bold", "HanaMinB"}


def links(data: bytes) -> list[Any]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [note for page in pdf.pages for note in page.get("/Annots", [])]
        return [(str(note.Subtype), "/A" in note, "/Dest" in note) for note in found]


def test_links_lead_inside_the_file_only(read: Read):
    found = links(read.data)
    assert len(found) > 20
    assert set(found) == {("/Link", False, True)}


def images(data: bytes) -> dict[str, bytes]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {
            name: image.read_raw_bytes()
            for page in pdf.pages
            for name, image in page.Resources.get("/XObject", {}).items()
            if image.Subtype == "/Image"
        }


def test_pictures_are_in_it_to_the_bit(final: Snapshot):
    stored = set(images(build_packet(final, options=Options(purpose=False))).values())
    given = {
        final.draft.file(name).read_bytes() for names in final.draft.attachments.values() for name in names
    }
    assert len(given) == 6
    assert stored == given


def placed(data: bytes) -> list[tuple[int, float, float]]:
    """Page, width and height in millimetres of every picture."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document, 1):
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = item.get_bounds()
                found.append((number, (right - left) * 25.4 / 72, (top - bottom) * 25.4 / 72))
    return found


def test_cards_are_printed_in_their_true_size_and_enlarged(read: Read):
    by_page = {
        page: [size for _, *size in group]
        for page, group in itertools.groupby(placed(read.data), key=lambda item: item[0])
    }
    assert [len(sizes) for sizes in by_page.values()] == [1, 2, 2, 2, 2, 1]
    licence, card, large, *_ = by_page.values()
    assert licence[0][0] == pytest.approx(169, abs=0.5), "a licence is as wide as the margins allow"
    for width, height in card:
        assert (width, height) == (pytest.approx(85.6, abs=0.2), pytest.approx(54, abs=0.2))
    for width, _ in large:
        assert width == pytest.approx(1.8 * 85.6, abs=0.5)


def test_captions(read: Read):
    text = read.pages[placed(read.data)[0][0] - 1]
    for words in ("1600 × 1130 像素", "KB", "SHA-256", "有效期至 2049-06-05", "与原件一致："):
        assert words in text


def test_a_letter_says_when_it_was_signed(read: Read):
    text = read.pages[placed(read.data)[-1][0] - 1]
    assert "签署于 2026-11-20" in text


@pytest.mark.parametrize("final", [True, False])
def test_the_file_is_sound(tmp_path: Path, final: bool):
    """As qpdf and pdftotext see it, where they are installed; as pikepdf does in any case."""
    snapshot = cases.full(tmp_path, final=final)
    file = tmp_path / "packet.pdf"
    file.write_bytes(build_packet(snapshot, options=Options(with_report=True)))
    with pikepdf.open(file) as pdf:
        assert not pdf.check_pdf_syntax()
    if qpdf := shutil.which("qpdf"):
        ran = subprocess.run([qpdf, "--check", str(file)], capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr
    if pdftotext := shutil.which("pdftotext"):
        ran = subprocess.run([pdftotext, "-enc", "UTF-8", str(file), "-"], capture_output=True, check=True)
        said = plain(ran.stdout.decode("utf-8"))
        for field in ("principal.name", "contact.name", "subject.certificate_number", "principal.email"):
            assert plain(str(cases.FULL[field])) in said, field


def test_remark_with_its_length(read: Read):
    page = next(text for text in read.pages if "原样填入平台的备注栏" in text)
    assert f"共 {len(cases.REMARK)} 字（平台要求 20–200 字）" in page
    assert plain(cases.REMARK) in plain(page)


def test_stages_and_dates_of_the_case(read: Read):
    page = next(text for text in read.pages if "五个环节" in text)
    stages = ["备案信息填写", "平台初审", "短信核验", "通管局审核", "备案成功"]
    places = [page.index(f"{number} {stage}") for number, stage in enumerate(stages, 1)]
    assert places == sorted(places)
    times = ["1–2 个工作日", "收到 12381 短信后 24 小时内", "1–20 个工作日"]
    for words in (*times, "已于 2026-11-20 提交平台", "11 月 23 日–11 月 24 日"):
        assert words in page


def test_a_final_packet_bears_no_draft_mark(read: Read):
    assert "草稿" not in read.text
    assert "正式" in read.pages[0]
    assert not any(marked(read.data))


def test_a_draft_is_marked_on_every_page(final: Snapshot):
    draft = replace(final, final=False)
    for data in (build_packet(draft), build_report(draft)):
        read = Read(data)
        assert all("草稿" in text for text in read.pages)
        assert all(marked(data))


def marked(data: bytes) -> Iterator[bool]:
    """For each page whether something stands across it that is larger than any letter."""
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            forms = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_FORM])
            bounds = [item.get_bounds() for item in forms]
            yield any(top - bottom > 250 and right - left > 200 for left, bottom, right, top in bounds)


def test_the_mark_is_seen_on_pages_and_pictures(final: Snapshot):
    """Rendered, a draft is darker than the final packet where the mark runs, by a little only."""
    files = [build_packet(replace(final, final=kind)) for kind in (False, True)]
    texts = Read(files[1]).pages
    pictured = [number for number, text in enumerate(texts) if "与原件一致" in text]
    for number in (2, 5, *pictured[:2]):
        seen = []
        for data in files:
            with pypdfium2.PdfDocument(data) as document:
                seen.append(document[number].render(scale=0.5).to_pil().convert("L"))
        changed = ImageChops.difference(*seen).histogram()
        assert sum(changed[8:]) > 3000, f"page {number + 1} shows no mark"
        assert sum(changed[60:]) < 900, f"the mark on page {number + 1} is heavy"


def test_the_mark_hides_nothing(final: Snapshot):
    draft = Read(build_packet(replace(final, final=False)))
    for field, answer in cases.FULL.items():
        for text in answers(answer):
            assert plain(text) in draft.plain, field


def test_the_report(final: Snapshot):
    read = Read(build_report(final))
    found = cases.FINDING
    for words in (
        found.message,
        found.fix,
        "微信开放文档",
        "小程序备案常见问题",
        "查阅 2026-11-23",
        "2026.11",
    ):
        assert plain(words) in read.plain
    assert "自检是初筛，不代表审核结果" in read.text
    assert "错误" in read.text
    assert found.message not in Read(build_packet(final)).pages[0]


def test_an_empty_filing_lists_what_is_missing():
    read = Read(build_packet(cases.empty()))
    assert "未填写" in read.text
    assert "缺" in read.text
    assert "谁来办" in read.text
    assert "主体名称未填写" in read.pages[0]


@pytest.mark.parametrize("text", cases.HOSTILE, ids=range(len(cases.HOSTILE)))
def test_hostile_text_is_text(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    opened: list[str] = []
    watching = [True]

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if watching[0] and event == "open" and isinstance(arguments[0], str) and "passwd" in arguments[0]:
            opened.append(arguments[0])

    sys.addaudithook(watch)
    snapshot = cases.hostile(tmp_path, text)
    made = packet(snapshot, lambda *told: None, lambda: False)
    watching[0] = False
    read = Read(made.data)
    assert not opened
    assert not (tmp_path / "CANARY").exists()
    assert set(links(made.data)) <= {("/Link", False, True)}
    assert len(images(made.data)) == 6
    assert not list(active(made.data))
    seen = "".join(char for char in plain(text) if char.isprintable())[:300]
    common = "".join(char for char in seen if char not in made.unprintable)
    if common == seen and seen and "\u0301" not in seen and "０" not in seen:
        assert seen in read.plain
    build_report(snapshot)


def active(data: bytes) -> Iterator[str]:
    """Whatever in the file could do something."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary):
                yield from {"/JS", "/A", "/AA", "/EF", "/URI"} & set(item.keys())
        yield from {"/Names", "/AcroForm"} & set(pdf.Root.keys())


def test_a_picture_that_cannot_be_opened_is_told_and_breaks_nothing(final: Snapshot, tmp_path: Path):
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing")
    attachments = cases.pictures(tmp_path) | {"subject.certificate_photo": ("broken.jpg",)}
    snapshot = cases.frozen(Draft(cases.FULL, attachments, folder=tmp_path))
    read = Read(build_packet(snapshot))
    assert "这张图片打不开" in read.text
    todo = next(text for text in read.pages if "谁来办" in text)
    assert "主体证件照片：这张图片打不开" in todo
    listing = next(text for text in read.pages if "按这次填写的内容算出" in text)
    assert "打不开" in listing
    assert len(images(read.data)) == 5


def test_characters_without_a_glyph_are_told(tmp_path: Path):
    made = packet(cases.full(tmp_path, mini_program__name="灯🏮会"), lambda *told: None, lambda: False)
    assert made.unprintable == ("🏮",)
    assert "灯🏮会" in Read(made.data).text
    assert MISSING not in Read(made.data).text


def test_same_snapshot_same_bytes(tmp_path: Path):
    """In two programs with other seeds for their hashes, too."""
    code = (
        "import sys, hashlib; from pathlib import Path; from tests.packet import cases;"
        "from wizard.packet.build import build_packet, build_report; s = cases.full(Path(sys.argv[1]));"
        "print(hashlib.sha256(build_packet(s)).hexdigest(), hashlib.sha256(build_report(s)).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("77", "Asia/Shanghai"))
    }
    assert len(sums) == 1


def test_another_time_gives_other_bytes(final: Snapshot):
    later = replace(final, made_at=datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC))
    info = Read(build_packet(later)).info
    assert info["CreationDate"].startswith("D:20270102030405+00'00'")


def test_progress_goes_from_nothing_to_all(final: Snapshot):
    told: list[tuple[int, int, str]] = []
    build_packet(final, lambda *step: told.append(step))
    totals = {total for _, total, _ in told}
    assert len(totals) == 1
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]
    assert [done for done, *_ in told] == sorted(done for done, *_ in told)
    assert any("图片" in what for *_, what in told)
    assert any("页" in what for *_, what in told)


@pytest.mark.parametrize("when", [1, 3, 8, 15])
def test_cancelled(final: Snapshot, when: int):
    asked = itertools.count(1)
    with pytest.raises(Cancelled):
        build_packet(final, cancelled=lambda: next(asked) >= when)
    with pytest.raises(Cancelled):
        build_report(final, cancelled=lambda: True)


def test_twenty_packets_leave_nothing_behind(final: Snapshot):
    from reportlab.pdfbase import pdfmetrics

    build_packet(final)
    fonts = len(pdfmetrics._fonts)
    for _ in range(3):
        build_packet(final)
    assert len(pdfmetrics._fonts) == fonts
