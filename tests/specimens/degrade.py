"""What happens to pictures of paper in the hand of people: each with its seed, and what it costs."""

import math
from collections.abc import Callable
from random import Random

import cv2
import numpy as np

from tests.specimens.geometry import (
    cropped,
    exif,
    lowres,
    on_desk,
    perspective,
    rotated,
    screenshot,
    skew,
)
from tests.specimens.marks import watermark_clear, watermark_over
from tests.specimens.shot import Shot


def blur_light(shot: Shot, dice: Random) -> None:
    shot.image = cv2.GaussianBlur(shot.image, (0, 0), dice.uniform(0.9, 1.4) * shot.unit)


def blur_strong(shot: Shot, dice: Random) -> None:
    shot.image = cv2.GaussianBlur(shot.image, (0, 0), dice.uniform(4.2, 7.5) * shot.unit)
    shot.fault("blurred", legible=False)


def motion(shot: Shot, dice: Random) -> None:
    """A shaken hand: smeared along one direction."""
    length = dice.uniform(16, 32) * shot.unit
    angle, side = dice.uniform(0, math.pi), int(length) * 2 + 3
    kernel = np.zeros((side, side), np.float32)
    across = np.array([math.cos(angle), math.sin(angle)]) * length / 2
    ends = [tuple(int(part) for part in (side / 2 + sign * across).round()) for sign in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0, 1, cv2.LINE_AA)
    shot.image = cv2.filter2D(shot.image, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT)
    shot.fault("blurred", legible=False)


def _spot(shot: Shot, x: float, y: float, rx: float, ry: float, strength: float) -> None:
    """A bright spot with a soft rim, burnt out in the middle."""
    height, width = shot.image.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    far = np.sqrt(((xs - x) / rx) ** 2 + ((ys - y) / ry) ** 2)
    light = np.clip(strength * (1.25 - far), 0, 1)[..., None]
    shot.image = (shot.image * (1 - light) + 255 * light).astype(np.uint8)


def glare(shot: Shot, dice: Random) -> None:
    """A lamp's reflection over most of one important value."""
    field = next(name for name in ("uscc", "id_number", "valid", "name") if name in shot.boxes)
    if dice.random() < 0.3 and "name" in shot.boxes:
        field = "name"
    (left, top), (right, bottom) = shot.boxes[field].min(0), shot.boxes[field].max(0)
    wide, high = right - left, bottom - top
    x = left + wide * dice.uniform(0.35, 0.65)
    _spot(shot, x, (top + bottom) / 2, wide * dice.uniform(0.36, 0.55), high * dice.uniform(1.2, 2.2), 3.0)
    names = {"valid": ["valid_from", "valid_to"]}.get(field, [field])
    shot.fault("glare", legible=False, hidden=names)


def shadow(shot: Shot, dice: Random) -> None:
    """A hand's or a phone's shadow over one side."""
    height, width = shot.image.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = dice.uniform(0, math.tau)
    along = (xs / width - 0.5) * math.cos(angle) + (ys / height - 0.5) * math.sin(angle)
    soft = dice.uniform(0.12, 0.45)
    dark = 1 / (1 + np.exp(-(along - dice.uniform(-0.1, 0.2)) / (soft / 4)))
    shot.image = (shot.image * (1 - dice.uniform(0.5, 0.68) * dark[..., None])).astype(np.uint8)
    shot.fault("shadow")


def shadow_light(shot: Shot, dice: Random) -> None:
    """Light that falls off over the page, as in any room: nothing wrong with it."""
    width = shot.image.shape[1]
    fall = np.linspace(1.0, dice.uniform(0.84, 0.93), width, dtype=np.float32)
    shot.image = (shot.image * (fall if dice.random() < 0.5 else fall[::-1])[None, :, None]).astype(np.uint8)


def noise(shot: Shot, dice: Random) -> None:
    _grain(shot, dice, dice.uniform(16, 26))
    shot.fault("noise")


def noise_light(shot: Shot, dice: Random) -> None:
    """The grain of any phone's camera: nothing wrong with it."""
    _grain(shot, dice, dice.uniform(2, 4))


def _grain(shot: Shot, dice: Random, sigma: float) -> None:
    rough = np.random.default_rng(dice.randrange(2**32))
    grain = rough.normal(0, sigma, shot.image.shape).astype(np.float32)
    shot.image = np.clip(shot.image + grain, 0, 255).astype(np.uint8)


def jpeg(shot: Shot, dice: Random) -> None:
    shot.quality = dice.randint(22, 38)
    shot.fault("jpeg_artefacts")


def jpeg_fair(shot: Shot, dice: Random) -> None:
    """What a messenger sends: nothing wrong with it."""
    shot.quality = dice.randint(70, 80)


def grey_copy(shot: Shot, dice: Random) -> None:
    """Out of a copier: no colour, more contrast, specks of dust."""
    grey = cv2.cvtColor(shot.image, cv2.COLOR_RGB2GRAY).astype(np.float32)
    grey = np.clip((grey - 128) * dice.uniform(1.15, 1.45) + 140, 0, 255)
    height, width = grey.shape
    for _ in range(dice.randint(50, 300)):
        y, x, r = dice.randrange(height), dice.randrange(width), dice.choice((0, 1, 1, 2))
        grey[y : y + r + 1, x : x + r + 1] = dice.randint(90, 200)
    shot.image = np.repeat(grey[..., None], 3, 2).astype(np.uint8)
    shot.fault("grey_copy")


def dark(shot: Shot, dice: Random) -> None:
    shot.image = (shot.image * dice.uniform(0.16, 0.32)).astype(np.uint8)
    _grain(shot, dice, 2)
    shot.fault("dark")


def bottom_missing(shot: Shot, dice: Random) -> None:
    """An upload or a download that broke off: the lower part is one flat colour."""
    height = shot.image.shape[0]
    start = round(height * dice.uniform(0.45, 0.72)) // 8 * 8
    shot.image[start:] = dice.choice((128, 128, 0, 255))
    lost = [name for name, box in shot.boxes.items() if box[:, 1].max() > start and not name.startswith("_")]
    shot.fault(
        "bottom_missing", legible=False, hidden=[name for name in lost if name not in ("term", "valid")]
    )


def clean(shot: Shot, dice: Random) -> None:
    shot.png = dice.random() < 0.15


def glare_beside(shot: Shot, dice: Random) -> None:
    """A reflection on empty paper: nothing is lost by it."""
    where = empty_place(shot)
    if where:
        x, y, room = where
        _spot(shot, x, y, room * 0.34, room * 0.34, 2.4)


def empty_place(shot: Shot) -> tuple[float, float, float] | None:
    """The middle of the largest place without print, and how far the next print is."""
    grey = cv2.cvtColor(shot.image, cv2.COLOR_RGB2GRAY)
    print_ = (cv2.GaussianBlur(grey, (0, 0), 8).astype(np.int16) - grey) > 40
    free = cv2.distanceTransform((~print_).astype(np.uint8), cv2.DIST_L2, 3)
    edge = round(0.06 * min(grey.shape))
    free[:edge] = free[-edge:] = 0
    free[:, :edge] = free[:, -edge:] = 0
    _, most, _, (x, y) = cv2.minMaxLoc(free)
    return (x, y, most) if most > 40 * shot.unit else None


FAULTY: dict[str, Callable[[Shot, Random], None]] = {
    "rot90": rotated(90), "rot180": rotated(180), "rot270": rotated(270),
    "exif3": exif(3), "exif6": exif(6), "exif8": exif(8),
    "skew": skew, "perspective": perspective, "blur_strong": blur_strong, "motion": motion, "glare": glare,
    "lowres": lowres, "watermark_over": watermark_over, "shadow": shadow, "noise": noise, "jpeg": jpeg,
    "grey_copy": grey_copy, "cropped": cropped, "dark": dark, "bottom_missing": bottom_missing,
    "screenshot": screenshot,
}  # fmt: skip
FAULTLESS: dict[str, Callable[[Shot, Random], None]] = {
    "clean": clean, "blur_light": blur_light, "watermark_clear": watermark_clear, "desk": on_desk,
    "noise_light": noise_light, "shadow_light": shadow_light, "jpeg_fair": jpeg_fair,
    "glare_beside": glare_beside,
}  # fmt: skip
