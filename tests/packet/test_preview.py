"""The preview: the same pages as the file, which field is where, pixels in the right order."""

import io
import os
import threading
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.packet import cases
from tests.packet.test_build import Read
from wizard.draft import Draft
from wizard.packet.a4 import PAGE_HEIGHT, PAGE_WIDTH
from wizard.packet.build import Cancelled, build_packet
from wizard.packet.draw import PDFIUM, render
from wizard.packet.options import Options
from wizard.packet.pages import Preview, Spot
from wizard.packet.preview import Previewer
from wizard.packet.snapshot import Snapshot
from wizard.sections import catalogue
from wizard.types import Papers


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return cases.full(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="module")
def preview(snapshot: Snapshot) -> Preview:
    return Previewer().build(snapshot)


def inside(preview: Preview, spot: Spot) -> str:
    """The text that stands in a spot."""
    with pypdfium2.PdfDocument(preview.data) as document:
        page = document[spot.page - 1].get_textpage()
        top = PAGE_HEIGHT - spot.y
        return page.get_text_bounded(spot.x, top - spot.height, spot.x + spot.width, top)


def test_the_pages_are_those_of_the_file(preview: Preview, snapshot: Snapshot):
    made = Read(build_packet(snapshot))
    assert Read(preview.data).pages == made.pages
    assert [(line.level, line.title, line.page) for line in preview.outline] == made.outline
    assert preview.count == len(made.pages)


def test_every_field_asked_has_its_spot(preview: Preview, snapshot: Snapshot):
    wanted = {name for name in snapshot.reading.asked if name.split(".")[0] not in ("materials", "progress")}
    assert wanted <= {spot.field for spot in preview.spots}
    first = {spot.field: spot for spot in reversed(preview.spots)}
    for name in wanted:
        assert catalogue()[name].label in inside(preview, first[name])
        assert preview.page_of(name) == first[name].page


def test_a_click_finds_the_field(preview: Preview):
    for spot in preview.spots:
        x, y = (spot.x + spot.width / 2) / PAGE_WIDTH, (spot.y + spot.height / 2) / PAGE_HEIGHT
        assert preview.field_at(spot.page, x, y) == spot.field
    assert preview.field_at(1, 0.5, 0.5) == ""
    assert preview.field_at(preview.spots[0].page, 0.01, 0.01) == ""
    assert preview.page_of("no.such") == 0


def test_a_picture_leads_to_its_field(preview: Preview, snapshot: Snapshot):
    pictured = {line.page for line in preview.outline if line.title in ("主体证件照片", "主体负责人证件")}
    shown = {spot.field for spot in preview.spots if spot.page in pictured}
    assert shown >= {"subject.certificate_photo", "principal.certificate_photo_front"}
    papers = [spot for spot in preview.spots if isinstance(catalogue()[spot.field].kind, Papers)]
    assert len({spot.page for spot in papers if spot.field == "principal.certificate_photo_back"}) == 3


def test_an_answer_over_two_pages_has_a_spot_on_both(snapshot: Snapshot):
    draft = snapshot.draft.with_answer("subject.business_scope", "技术开发、技术转让；" * 400)
    long = Previewer().build(cases.frozen(draft))
    pages = [spot.page for spot in long.spots if spot.field == "subject.business_scope"]
    assert len(pages) >= 2
    assert pages == list(range(pages[0], pages[0] + len(pages)))
    assert all(
        "技术开发" in inside(long, spot) for spot in long.spots if spot.field == "subject.business_scope"
    )


@pytest.mark.parametrize("width", [90, 611, 1200])
def test_pixels(preview: Preview, width: int):
    page = max(spot.page for spot in preview.spots if spot.field == "subject.certificate_photo")
    raster = render(preview, page, width)
    assert raster.width == pytest.approx(width, abs=1)
    assert raster.height == pytest.approx(width * 297 / 210, abs=2)
    assert raster.stride >= 3 * raster.width
    assert len(raster.data) == raster.stride * raster.height
    spot = next(spot for spot in preview.spots if spot.page == page)
    x = round((spot.x + 12) / PAGE_WIDTH * raster.width)
    y = round((spot.y + 12) / PAGE_HEIGHT * raster.height)
    red, green, blue = raster.data[y * raster.stride + 3 * x :][:3]
    assert (red, green, blue) == pytest.approx((0xA5, 0x1D, 0x2D), abs=6)
    with Image.open(io.BytesIO(raster.png())) as image:
        assert image.size == (raster.width, raster.height)
        assert image.getpixel((x, y)) == (red, green, blue)


def test_what_a_file_may_carry_a_preview_does_not(snapshot: Snapshot):
    locked = Previewer().build(snapshot, options=Options(password="x", with_case=True, receiver="甲"))
    with pypdfium2.PdfDocument(locked.data) as document:
        assert document.count_attachments() == 0


def test_pictures_are_read_again_when_they_changed_only(tmp_path: Path):
    snapshot = cases.full(tmp_path)
    previewer = Previewer()
    first = previewer.build(snapshot)
    assert previewer.build(snapshot).data == first.data
    licence = tmp_path / "licence.jpg"
    before = licence.stat()
    licence.write_bytes(b"?" * before.st_size)
    os.utime(licence, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert previewer.build(snapshot).data == first.data, "nobody looked at the file again"
    os.utime(licence, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert "打不开" in Read(previewer.build(snapshot).data).text
    licence.unlink()
    assert "找不到这个文件" in Read(previewer.build(snapshot).data).text


def test_an_edit_shows(snapshot: Snapshot):
    previewer = Previewer()
    previewer.build(snapshot)
    edited = replace(snapshot, draft=snapshot.draft.with_answer("mini_program.name", "青柠记账"))
    assert "青柠记账" in Read(previewer.build(edited).data).text


def test_cancelled_and_built_again(tmp_path: Path):
    snapshot = cases.full(tmp_path)
    previewer = Previewer()
    for after in (0, 3, 12):
        asked: list[int] = []

        def cancelled(asked: list[int] = asked, after: int = after) -> bool:
            asked.append(1)
            return len(asked) > after

        with pytest.raises(Cancelled):
            previewer.build(snapshot, cancelled=cancelled)
    assert previewer.build(snapshot).count == len(Read(build_packet(snapshot)).pages)


def test_several_threads_may_look(preview: Preview):
    expected = [render(preview, page, 200) for page in range(1, preview.count + 1)]
    seen: list[bool] = []

    def look() -> None:
        seen.append([render(preview, page, 200) for page in range(1, preview.count + 1)] == expected)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 3


def test_pixels_are_let_go_of_while_pdfium_is_held(preview: Preview, monkeypatch: pytest.MonkeyPatch):
    held: list[bool] = []
    close = pypdfium2.PdfBitmap.close

    def closed(bitmap: pypdfium2.PdfBitmap) -> None:
        other = threading.Thread(target=lambda: held.append(not PDFIUM.acquire(blocking=False)))
        other.start()
        other.join()
        close(bitmap)

    monkeypatch.setattr(pypdfium2.PdfBitmap, "close", closed)
    raster = render(preview, 1, 200)
    assert held == [True]
    assert len(bytes(raster.data)) == raster.stride * raster.height


def test_a_nearly_empty_case_can_be_looked_at():
    preview = Previewer().build(cases.frozen(Draft({})))
    assert preview.count == len(Read(preview.data).pages)
    assert render(preview, 1, 300).width == pytest.approx(300, abs=1)
