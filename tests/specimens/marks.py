"""Purpose watermarks burnt into a picture: across the data, or where nothing stands."""

import math
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw

from tests.specimens.paper import OURS, face
from tests.specimens.shot import Quad, Shot

WORDS = ("仅供样本平台开店审核使用 他用无效", "仅用于小程序备案 他用无效", "仅限办理入驻使用 再次复印无效")
BOLD = str(OURS / "NotoSansSC-Bold.ttf")


def tile(words: str, size: int, degrees: float) -> np.ndarray:
    letters = face(BOLD, size)
    image = Image.new("L", (round(letters.getlength(words)) + size, size * 2), 0)
    ImageDraw.Draw(image).text((size / 2, size / 2), words, font=letters, fill=255)
    return np.array(image.rotate(degrees, expand=True, resample=Image.Resampling.BICUBIC))


def ink(shot: Shot, layer: np.ndarray, colour: tuple[int, int, int], opacity: float) -> None:
    part = layer.astype(np.float32)[..., None] / 255 * opacity
    shot.image = (shot.image * (1 - part) + np.array(colour, np.float32) * part).astype(np.uint8)


def watermark_over(shot: Shot, dice: Random) -> None:
    """Rows of slanting words over the whole picture, data and all."""
    height, width = shot.image.shape[:2]
    size = round(dice.uniform(32, 46) * shot.unit)
    words, degrees = dice.choice(WORDS), dice.uniform(18, 38)
    mark = tile(words, size, degrees)
    layer = np.zeros((height, width), np.uint8)
    across, down = (
        round(mark.shape[1] * dice.uniform(0.95, 1.1)),
        round(mark.shape[0] * dice.uniform(0.55, 0.8)),
    )
    for row, y in enumerate(range(-mark.shape[0], height, down)):
        for x in range(-mark.shape[1] + (row % 2) * across // 2, width, across):
            _add(layer, mark, x, y)
            row = _row((x + mark.shape[1] / 2, y + mark.shape[0] / 2), words, size, degrees)
            if (row >= 0).all() and (row <= (width, height)).all():
                shot.marks.append(row)
    colour = dice.choice(((120, 120, 120), (120, 120, 120), (90, 110, 160), (190, 80, 80)))
    ink(shot, layer, colour, dice.uniform(0.4, 0.65))
    shot.fault("watermark_over_data")


def _row(middle: tuple[float, float], words: str, size: int, degrees: float) -> Quad:
    """The corners of the words on a tile around `middle`, upper left first as one reads."""
    long, high, angle = face(BOLD, size).getlength(words), size * 1.2, -math.radians(degrees)
    flat = np.array([[-long, -high], [long, -high], [long, high], [-long, high]]) / 2
    spin = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    return flat @ spin.T + middle


def watermark_clear(shot: Shot, dice: Random) -> None:
    """One line of it where nothing is printed."""
    height, width = shot.image.shape[:2]
    grey = cv2.cvtColor(shot.image, cv2.COLOR_RGB2GRAY)
    printed = ((cv2.GaussianBlur(grey, (0, 0), 8).astype(np.int16) - grey) > 25).astype(np.uint8)
    total = cv2.integral(printed)
    for size in (38, 32, 26, 20):
        mark = tile(dice.choice(WORDS), round(size * shot.unit), dice.choice((0, 0, 15)))
        high, wide = mark.shape
        free = total[high:, wide:] - total[:-high, wide:] - total[high:, :-wide] + total[:-high, :-wide]
        places = np.argwhere(free <= 3) if min(free.shape) > 0 else []
        if len(places):
            y, x = places[dice.randrange(len(places))]
            layer = np.zeros((height, width), np.uint8)
            _add(layer, mark, int(x), int(y))
            ink(shot, layer, dice.choice(((130, 130, 130), (150, 90, 90))), dice.uniform(0.4, 0.6))
            return


def _add(layer: np.ndarray, mark: np.ndarray, x: int, y: int) -> None:
    height, width = layer.shape
    top, left, bottom, right = (
        max(0, y),
        max(0, x),
        min(height, y + mark.shape[0]),
        min(width, x + mark.shape[1]),
    )
    if top < bottom and left < right:
        part = mark[top - y : bottom - y, left - x : right - x]
        np.maximum(layer[top:bottom, left:right], part, out=layer[top:bottom, left:right])
