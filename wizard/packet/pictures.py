"""Attached pictures made fit for print: upright, no more pixels than paper shows, nothing but the pixels."""

import hashlib
import io
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PIL import Image, ImageCms

from wizard.files import is_file, why
from wizard.packet import jpeg
from wizard.packet.press import Printed
from wizard.packet.purpose import Purpose, burn
from wizard.picture import orientation, upright, upright_size
from wizard.process.work import Cancelled

FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")
_CAMERA = ("JPEG", "MPO")  # MPO is a JPEG that a camera put a second one behind
LARGEST_FILE = 20 * 1024 * 1024
LARGEST_PASSED_ON = 2 * 1024 * 1024
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 16_000
DOTS_PER_INCH = 300
_HEAVY = 24_000_000
UNMARKED = "图上没有空白，未加用途水印"
_ENOUGH, _PLENTY = 0.8, 1.25  # from 240 to 375 dots an inch nothing is gained by resampling
_SMALL = 2_000_000
_POLL = 0.05
_one_heavy_at_a_time = threading.Lock()


Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Asked:
    """A picture wanted in the packet, the room it gets there in points, what is burnt into it, how fine."""

    file: Path
    width: float
    height: float
    mark: Purpose | None = None
    dots: int = DOTS_PER_INCH


@dataclass(frozen=True, slots=True)
class Picture:
    """An attached file as found: sides when upright, size, hash; `printed` unless `problem` says why not."""

    width: int = 0
    height: int = 0
    bytes: int = 0
    sha256: str = ""
    printed: Printed | None = None
    problem: str = ""
    note: str = ""

    @property
    def key(self) -> str:
        """The name of the picture inside the PDF: same picture, same name."""
        return f"picture-{self.sha256[:16]}-{self.printed.width if self.printed else 0}"


class Unfit(Exception):
    """Why a file cannot be shown, in a sentence."""


def prepare(
    asked: Sequence[Asked], done: Callable[[int], None], cancelled: Callable[[], bool]
) -> list[Picture]:
    """All pictures, two at a time; `done` is told how many are.

    Raises:
        Cancelled: `cancelled` said so; pictures at work come to their end unseen.
    """
    return two_at_a_time(_picture, asked, done, cancelled)


def two_at_a_time(
    work: Callable[[Given], Made],
    given: Sequence[Given],
    done: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> list[Made]:
    """What `work` makes of each, in their order, in two threads; `done` is told how many are.

    Raises:
        Cancelled: `cancelled` said so; what is at work comes to its end unseen.
    """
    pool = ThreadPoolExecutor(2, thread_name_prefix="packet-picture")
    with strict_about_bombs():
        try:
            futures: list[Future[Made]] = [pool.submit(work, each) for each in given]
            pending: set[Future[Made]] = set(futures)
            while pending:
                if cancelled():
                    raise Cancelled
                finished, pending = wait(pending, timeout=_POLL, return_when=FIRST_COMPLETED)
                for _ in finished:
                    done(len(given) - len(pending))
            return [future.result() for future in futures]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def strict_about_bombs() -> Iterator[None]:
    """Too many pixels are an error while this lasts; other warnings of decoders are nobody's business."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _picture(asked: Asked) -> Picture:
    data = b""
    try:
        data = _read(asked.file)
        return _printed(data, asked, hashlib.sha256(data).hexdigest())
    except Unfit as problem:
        return Picture(bytes=len(data), problem=str(problem))


def _read(file: Path) -> bytes:
    if not is_file(file):
        raise Unfit("找不到这个文件，重新添加")
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise Unfit("这个文件超过 20 MB，压缩后重新添加")
        return file.read_bytes()
    except OSError as error:
        raise Unfit(f"这张图片打不开：{why(error)}") from error


@contextmanager
def decoding() -> Iterator[None]:
    """Whatever a decoder raises at a broken file, said as `Unfit`."""
    try:
        yield
    except Unfit:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unfit("这张图片的像素太多，没有打开；缩小到 6400 万像素以内重新添加") from error
    except Exception as error:
        raise Unfit("这张图片打不开，可能已损坏或不是图片，重新拍照或扫描后添加") from error


def _printed(data: bytes, asked: Asked, digest: str) -> Picture:
    with decoding(), Image.open(io.BytesIO(data), formats=FORMATS) as image:
        at_most_readable(image)
        single(image)
        size = upright_size(image)
        target = _target(size, asked)
        if not asked.mark and orientation(image) == 1 and (passed := _passed_on(data, image, target)):
            return Picture(*size, len(data), digest, passed)
        heavy = image.width * image.height > _HEAVY and image.format not in _CAMERA
        with _one_heavy_at_a_time if heavy else nullcontext():
            printed, note = _packed(image, target, asked.mark)
        return Picture(*size, len(data), digest, printed, note=note)


def at_most_readable(image: Image.Image) -> None:
    """Refuse what would fill the memory.

    Raises:
        Unfit: it has too many pixels.
    """
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Unfit(f"这张图片有 {width}×{height} 像素，没有打开；缩小到 6400 万像素以内重新添加")


def single(image: Image.Image) -> None:
    """Refuse a file of several pages or frames.

    Raises:
        Unfit: more than one picture is in it.
    """
    if image.format in _CAMERA:
        return
    try:
        image.seek(1)
    except EOFError:
        image.seek(0)
        return
    raise Unfit("这个文件里不止一张图片，分开保存成一张一张的再添加")


def _target(size: tuple[int, int], asked: Asked) -> tuple[int, int]:
    """The pixels that print needs for a picture of `size` in the room it gets; never more than it has."""
    scale = min(asked.width / size[0], asked.height / size[1]) * asked.dots / 72
    return (
        (size[0], size[1]) if scale >= 1 else (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
    )


def _passed_on(data: bytes, image: Image.Image, target: tuple[int, int]) -> Printed | None:
    """The JPEG data of an upright picture as they are, where they can be printed so."""
    if image.format not in _CAMERA or image.width > target[0] * _PLENTY:
        return None
    found = jpeg.read(data)
    if found is None or not found.plain or len(found.data) > LARGEST_PASSED_ON:
        return None
    image.draft(None, (image.width // 8, image.height // 8))
    image.load()
    return Printed(found.data, found.width, found.height, found.grey)


def _packed(image: Image.Image, target: tuple[int, int], mark: Purpose | None = None) -> tuple[Printed, str]:
    """The picture packed anew: read at reduced size where that is quick, turned, on white, colours right.

    And what is to be said of it: that it had no room for the mark.
    """
    jpeg_scan = image.format in _CAMERA
    given = max(image.size)
    along = target if (target[0] > target[1]) == (image.width > image.height) else target[::-1]
    if jpeg_scan and image.mode in ("RGB", "L"):
        image.draft(image.mode, (round(along[0] * _ENOUGH), round(along[1] * _ENOUGH)))
    shown = pixels(image)
    if shown.width > target[0] * _PLENTY:
        shown = shown.resize(target, Image.Resampling.HAMMING, reducing_gap=2.0)
    marks = 1
    if mark:
        shown, marks = burn(shown, mark)
    out = io.BytesIO()
    fine = given == max(shown.size) and shown.width * shown.height <= _SMALL
    quality = (90 if fine else 82) if jpeg_scan else 92
    shown.save(out, "JPEG", quality=quality, subsampling=0 if fine or not jpeg_scan else 2)
    printed = Printed(out.getvalue(), shown.width, shown.height, shown.mode == "L")
    return printed, "" if marks else UNMARKED


def pixels(image: Image.Image) -> Image.Image:
    """A picture upright, RGB or grey, on white, and nothing but that: Pillow would save a comment with it."""
    plain = _flat(upright(image))
    plain.info = {}
    return plain


def _flat(image: Image.Image) -> Image.Image:
    """`image` as RGB or grey: CMYK by its own profile, 16 bits cut to 8, transparent parts white."""
    if image.mode in ("RGB", "L"):
        return image
    if image.mode.startswith("I") or image.mode == "F":
        return image.convert("F").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode == "CMYK" and (profile := image.info.get("icc_profile")):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, own, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError):
            pass
    if image.has_transparency_data:
        solid = image.convert("RGBA")
        paper = Image.new("RGB", solid.size, "white")
        paper.paste(solid, mask=solid.getchannel("A"))
        return paper
    return image.convert("L" if image.mode in ("1", "LA", "La") else "RGB")
