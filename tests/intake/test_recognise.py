"""A few drawn papers through the real engine, as people photograph them; figures are measured elsewhere."""

import io

import pytest
from PIL import Image

from tests.specimens.draw import specimen
from wizard.intake.reader import Reader
from wizard.scan import SURE

PAGES = (
    (21, "landscape_2019", ("rot180",)),
    (22, "portrait_old", ("perspective",)),
    (23, "individual", ("exif6",)),
    (24, "association", ("desk",)),
    (25, "id_front", ("rot90",)),
    (26, "a4_both_sides", ("clean",)),
    (27, "id_front", ("watermark_over",)),
)


@pytest.fixture(scope="module")
def reader():
    made = Reader()
    yield made
    made.close()


@pytest.mark.parametrize(("seed", "layout", "happened"), PAGES)
def test_a_paper_is_read_whole(reader, tmp_path, seed, layout, happened):
    one = specimen(seed, layout, happened)
    file = tmp_path / f"证件{one.ending}"
    file.write_bytes(one.data)
    reading = reader.read(file)
    scan, truth = reading.scan, one.truth
    said = {name: read.value for name, read in scan.fields.items() if name in truth["fields"]}
    assert scan.kind == truth["kind"]
    assert said == truth["fields"]
    assert scan.legible
    for name in ("uscc", "id_number"):
        assert name not in truth["fields"] or scan.fields[name].confidence >= SURE
    assert Image.open(io.BytesIO(reading.picture)).size == reading.size
    for read in scan.fields.values():
        assert all(0 <= part <= 1 for corner in read.corners for part in corner)
    assert scan.bytes == len(one.data)


@pytest.mark.parametrize("seed", [9012500209, 9012500292, 9012500173])
def test_a_watermark_longer_than_the_print_does_not_turn_the_page(reader, tmp_path, seed):
    one = specimen(seed)
    assert one.truth["degradations"] == ["watermark_over"]
    (tmp_path / "水印.jpg").write_bytes(one.data)
    scan = reader.read(tmp_path / "水印.jpg").scan
    assert scan.legible
    assert {fault.code for fault in scan.faults} == {"watermark_over_data"}
    number = "uscc" if "uscc" in one.truth["fields"] else "id_number"
    assert scan.value(number, SURE) == one.truth["fields"][number]


def test_what_cannot_be_read_is_not_guessed(reader, tmp_path):
    one = specimen(28, "landscape_2019", ("blur_strong",))
    (tmp_path / "模糊.jpg").write_bytes(one.data)
    scan = reader.read(tmp_path / "模糊.jpg").scan
    assert not scan.legible
    wrong = [
        name
        for name, read in scan.fields.items()
        if read.confidence >= SURE and read.value != one.truth["fields"].get(name)
    ]
    assert not wrong
