"""From a file to its pixels: guards first, one page, turned as its EXIF mark says, white behind.

Runs in the worker only: decoders have had holes before, and a broken file may cost time and memory.
"""

import struct
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.files import FileProblem, why
from wizard.intake import png_check, tiff_pages
from wizard.intake.guard import MOST_PIXELS, measure
from wizard.picture import PictureFacts, orientation, upright

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from PIL.Image import Image

    Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Decoded:
    """`pixels` (height × width × 3, RGB, upright by EXIF), of the page `page` of `pages`.

    `exif` says that the mark turned it; `facts` are those of the file; `steps` is how coarsely a JPEG was
    compressed: the mean step of its brightness, 58 at quality 50, 0 for other files.
    """

    pixels: "Pixels"
    facts: PictureFacts
    page: int = 1
    pages: int = 1
    exif: bool = False
    steps: float = 0.0


def decode(path: Path, page: int = 1, long_side: int | None = None) -> Decoded:
    """The pixels of one page of `path`; a JPEG much longer than `long_side` comes at a half or a quarter.

    Raises:
        FileProblem: it is no picture that can be used.
    """
    import numpy as np

    facts = measure(path)
    try:
        picture, pages, exif, steps = _opened(path, page, facts, long_side)
        pixels = np.ascontiguousarray(np.asarray(picture, np.uint8))
    except OSError as error:
        raise FileProblem(f"无法打开“{path.name}”：{why(error)}" if error.errno else _broken(path)) from error
    except MemoryError as error:
        raise FileProblem(f"“{path.name}”展开后太大，缩小后再添加") from error
    except (ValueError, SyntaxError, IndexError, struct.error, zlib.error, ArithmeticError) as error:
        raise FileProblem(_broken(path)) from error
    return Decoded(pixels, facts, page, pages, exif, steps)


def _broken(path: Path) -> str:
    return f"“{path.name}”不完整或已损坏，重新拍摄、扫描或下载一份"


def _opened(
    path: Path, page: int, facts: PictureFacts, long_side: int | None
) -> tuple["Image", int, bool, float]:
    if facts.format == "PDF":
        from wizard.intake import pdf_page

        picture, pages = pdf_page.draw(path, page)
        return picture, pages, False, 0.0
    pages = _look_through(path, page, facts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow would warn of was looked at already
        with _open(path, facts) as picture:
            _refuse_moving(picture, facts, path.name)
            if page > 1:
                picture.seek(page - 1)
            if picture.width * picture.height > MOST_PIXELS:
                raise ValueError("larger than its header said")
            if long_side:
                part = long_side / max(picture.size)
                picture.draft("RGB", (round(picture.width * part), round(picture.height * part)))
            turned, steps = orientation(picture) != 1, _steps(picture)
            return _flat(upright(picture)), pages, turned, steps


def _steps(picture: "Image") -> float:
    table = getattr(picture, "quantization", {}).get(0, ())
    return sum(table) / len(table) if table else 0.0


def _look_through(path: Path, page: int, facts: PictureFacts) -> int:
    """What has to be known before the decoder may have it; how many pages there are."""
    pages = 1
    if facts.format == "PNG":
        with path.open("rb") as file:
            png_check.check(file)
    elif facts.format == "TIFF":
        with path.open("rb") as file:
            pages = tiff_pages.count(file)
        if pages > tiff_pages.MOST:
            raise FileProblem(
                f"“{path.name}”有 {pages} 页，超过 {tiff_pages.MOST} 页，把要用的那页另存出来再添加"
            )
    if not 1 <= page <= pages:
        raise FileProblem(f"“{path.name}”共 {pages} 页，没有第 {page} 页")
    return pages


def _open(path: Path, facts: PictureFacts) -> "Image":
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    if facts.format == "HEIC":
        _heif(path.name)()
    return Image.open(path, formats=["HEIF" if facts.format == "HEIC" else facts.format])


def _refuse_moving(picture: "Image", facts: PictureFacts, name: str) -> None:
    if facts.format in ("GIF", "WEBP", "AVIF") and getattr(picture, "n_frames", 1) > 1:
        raise FileProblem(f"“{name}”是动画，截取要用的那一幅再添加")


def _heif(name: str) -> Callable[[], None]:
    try:
        from pi_heif import register_heif_opener
    except ImportError as error:
        raise FileProblem(f"这台电脑没有装打开 HEIC 的部件，把“{name}”另存为 JPG 再添加") from error
    opener: Callable[[], None] = register_heif_opener
    return opener


def _flat(picture: "Image") -> "Image":
    """RGB on white, whatever the colours were."""
    import numpy as np
    from PIL import Image

    if picture.mode.startswith(("I", "F")):
        values = np.asarray(picture, np.float64)
        most = 65535.0 if picture.mode.startswith("I") and values.max(initial=0) > 255 else 255.0
        return Image.fromarray((values.clip(0, most) * (255 / most)).astype(np.uint8)).convert("RGB")
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        above = picture.convert("RGBA")
        ground = Image.new("RGBA", above.size, "white")
        ground.alpha_composite(above)
        return ground.convert("RGB")
    return picture.convert("RGB")
