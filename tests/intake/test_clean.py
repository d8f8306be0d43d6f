"""A picture made anew is as fine and as heavy as the one that was given."""

import pytest
from PIL import Image, JpegImagePlugin

from wizard.intake.clean import clean
from wizard.resource_files import path

LICENCE = path("samples", "pictures", "licence-company.jpg")


def test_a_photo_grows_by_nothing_when_it_is_made_anew():
    _, data = clean(LICENCE)
    assert len(data) <= LICENCE.stat().st_size * 1.02


@pytest.mark.parametrize("quality", [35, 92])
def test_it_is_saved_as_finely_as_it_was_given(tmp_path, quality):
    file, again = tmp_path / "甲.jpg", tmp_path / "乙.jpg"
    with Image.open(LICENCE) as picture:
        picture.save(file, quality=quality)
    again.write_bytes(clean(file)[1])
    with Image.open(file) as one, Image.open(again) as other:
        assert one.quantization == other.quantization
        assert JpegImagePlugin.get_sampling(one) == JpegImagePlugin.get_sampling(other)
