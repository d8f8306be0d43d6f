"""How long a packet takes and how much memory, as ratios to the least that any program would need.

Run with `make benchmark`; nothing here asserts a time.
"""

import io
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.packet import cases
from wizard.draft import Draft
from wizard.packet.build import Cancelled, build_packet, build_report
from wizard.packet.draw import render
from wizard.packet.options import Options
from wizard.packet.preview import Previewer
from wizard.packet.snapshot import Snapshot

pytestmark = pytest.mark.benchmark
ROOT = Path(__file__).resolve().parents[2]
PHOTOS = 8


def median(do: Callable[[], object], times: int = 7) -> float:
    """Milliseconds, the middle of `times`."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        do()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def photo(seed: int) -> bytes:
    """12 megapixels as a telephone takes them, about 3 MB."""
    layers = [Image.effect_noise((1300, 975), 26 + seed + shade).resize((4000, 3000)) for shade in range(3)]
    out = io.BytesIO()
    Image.merge("RGB", layers).save(out, "JPEG", quality=86)
    return out.getvalue()


def text_only() -> Snapshot:
    return cases.frozen(Draft(cases.FULL), findings=[cases.FINDING])


def with_photos(folder: Path) -> Snapshot:
    names = [f"photo{number}.jpg" for number in range(PHOTOS)]
    for number, name in enumerate(names):
        (folder / name).write_bytes(photo(number))
    fields = [*cases.PLACES, "materials.commitment_letter", "materials.holding_certificate_photo"]
    attachments = {field: (name,) for field, name in zip(fields, names, strict=True)}
    return cases.frozen(Draft(cases.FULL, attachments, folder=folder), final=True)


def passed_through(snapshot: Snapshot) -> bytes:
    """The floor: the same photographs put into a PDF as they are, one on a page, with nothing else."""
    pdf = pikepdf.new()
    for names in snapshot.draft.attachments.values():
        image = pikepdf.Stream(pdf, snapshot.draft.file(names[0]).read_bytes())
        image.Type, image.Subtype, image.Filter = (
            pikepdf.Name.XObject,
            pikepdf.Name.Image,
            pikepdf.Name.DCTDecode,
        )
        image.Width, image.Height, image.BitsPerComponent = 4000, 3000, 8
        image.ColorSpace = pikepdf.Name.DeviceRGB
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=image))
        page.Contents = pikepdf.Stream(pdf, b"q 480 0 0 360 70 240 cm /P Do Q")
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def decoded(snapshot: Snapshot) -> None:
    """Another floor: the photographs read at half size, one after the other, and packed again."""
    for names in snapshot.draft.attachments.values():
        with Image.open(snapshot.draft.file(names[0])) as image:
            image.draft("RGB", (2000, 1500))
            image.save(io.BytesIO(), "JPEG", quality=85)


def test_text_only(capsys: pytest.CaptureFixture[str]):
    snapshot = text_only()
    build_packet(snapshot)
    packet, report = median(lambda: build_packet(snapshot)), median(lambda: build_report(snapshot))
    with capsys.disabled():
        print(f"\n  text-only packet {packet:.0f} ms warm (wanted ≤ 500), report {report:.0f} ms")


def test_eight_photographs(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    snapshot = with_photos(tmp_path)
    data = build_packet(snapshot)
    packet = median(lambda: build_packet(snapshot), 5)
    unmarked = median(lambda: build_packet(snapshot, options=Options(purpose=False)), 5)
    floor, reading = median(lambda: passed_through(snapshot), 5), median(lambda: decoded(snapshot), 5)
    given = sum((tmp_path / f"photo{number}.jpg").stat().st_size for number in range(PHOTOS))
    with capsys.disabled():
        print(f"\n  {PHOTOS} photographs of 12 MP, {given / 1e6:.1f} MB:")
        print(f"  packet {packet:.0f} ms, {len(data) / 1e6:.1f} MB (wanted ≤ 10); {unmarked:.0f} ms unmarked")
        print(f"  reading them at half size {reading:.0f} ms: {packet / reading:.2f}x")
        print(f"  passing them through raw {floor:.0f} ms, {given / 1e6:.1f} MB: {packet / floor:.2f}x")


def test_preview(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    snapshot, previewer = with_photos(tmp_path), Previewer()
    start = time.perf_counter()
    made = previewer.build(snapshot)
    first = (time.perf_counter() - start) * 1000
    again = median(lambda: previewer.build(snapshot))
    text, pictured = (median(lambda page=page: render(made, page, 900)) for page in (5, made.count - 1))
    with capsys.disabled():
        print(f"\n  preview {first:.0f} ms, after an edit {again:.0f} ms: {again / first:.2f}x")
        print(f"  a page of text {text:.0f} ms, of pictures {pictured:.0f} ms")


MEMORY = """
import json, sys
from pathlib import Path
from tests.benchmarks.test_packet_speed import build_packet, cases, text_only
from wizard.draft import Draft

folder = Path(sys.argv[1])
names = sorted(path.name for path in folder.glob("*.jpg"))
fields = [*cases.PLACES, "materials.commitment_letter", "materials.holding_certificate_photo"]
attachments = {field: (name,) for field, name in zip(fields, names)}
snapshot = cases.frozen(Draft(cases.FULL, attachments, folder=folder), final=True)
status = Path("/proc/self/status")
now = lambda: int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
build_packet(text_only())
idle = now()
build_packet(snapshot)
once = now()
marks = []
for number in range(20):
    build_packet(snapshot)
    marks.append(now())
print(json.dumps([idle, once, marks[9], marks[19]]))
"""


def test_memory(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with_photos(tmp_path)
    command = [sys.executable, "-c", MEMORY, str(tmp_path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    idle, once, ten, twenty = json.loads(ran.stdout)
    with capsys.disabled():
        print(f"\n  {PHOTOS} photographs: {once - idle:.0f} MB more than text only at most (wanted ≤ 250)")
        print(f"  after ten more {ten - once:+.0f} MB, after twenty {twenty - once:+.0f} MB")


def test_cancel(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    snapshot = with_photos(tmp_path)
    waits = []
    for after in (0.0, 0.05, 0.15, 0.3, 0.45):
        start = time.perf_counter()
        try:
            build_packet(
                snapshot, cancelled=lambda start=start, after=after: time.perf_counter() - start > after
            )
        except Cancelled:
            waits.append((time.perf_counter() - start - after) * 1000)
    with capsys.disabled():
        print(f"\n  cancelled within {max(waits):.0f} ms of being asked (wanted ≤ 500), {len(waits)} tries")
