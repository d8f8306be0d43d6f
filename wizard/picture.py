"""What is known of an attached picture without decoding it, and which way up it stands."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

ORIENTATION = 0x0112
"""The EXIF mark of how the camera was held (CIPA DC-008, 4.6.4): 1 upright, 5 to 8 by 90°."""
SIDEWAYS = (5, 6, 7, 8)
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
"""The mark to Pillow's `Transpose`: mirrored, by 180°, upside down …"""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """`format` is the type by content (``JPEG``, ``PNG``, ``PDF`` …); sides in pixels as stored.

    `sideways` says that the picture carries a mark (EXIF orientation 5–8) to be turned by 90°.
    """

    format: str
    width: int
    height: int
    bytes: int
    sideways: bool = False

    @property
    def long_side(self) -> int:
        """The longer side in pixels."""
        return max(self.width, self.height)

    @property
    def short_side(self) -> int:
        """The shorter side in pixels."""
        return min(self.width, self.height)


def weight(count: int) -> str:
    """So many bytes as a person reads them: whole KB up to a thousand, then tenths of MB."""
    if count < 1000 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1_048_576:.1f} MB"


def orientation(image: "Image") -> int:
    """The mark of an opened picture, 1 to 8; one that is broken or unknown is none, that is 1."""
    try:
        mark = image.getexif().get(ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - Pillow raises what it comes upon, SyntaxError for one
        return 1
    return mark if mark in _TURNS else 1


def upright_size(image: "Image") -> tuple[int, int]:
    """Width and height once it stands upright; Pillow gives a TIFF's so as soon as it is opened."""
    width, height = image.size
    return (height, width) if orientation(image) in SIDEWAYS and image.format != "TIFF" else (width, height)


def upright(image: "Image") -> "Image":
    """The picture turned as its mark says; itself where it stands upright.

    Not `ImageOps.exif_transpose`: that copies what is upright, and gives up at a broken mark. Pillow turns a
    TIFF by itself as it loads it: it would be turned twice.
    """
    from PIL.Image import Transpose

    mark = orientation(image)
    image.load()
    return image if mark == 1 or image.format == "TIFF" else image.transpose(Transpose(_TURNS[mark]))
