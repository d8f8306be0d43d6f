"""How a file's weight is written, everywhere alike."""

import pytest

from wizard.picture import weight


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 KB"),
        (1024, "1 KB"),
        (1_500, "1 KB"),
        (1_600, "2 KB"),
        (999 * 1024, "999 KB"),
        (1000 * 1024, "1.0 MB"),
        (2 * 1024 * 1024, "2.0 MB"),
        (3_565_158, "3.4 MB"),
    ],
)
def test_it_is_said_in_whole_kilobytes_or_tenths_of_megabytes(count, said):
    assert weight(count) == said
