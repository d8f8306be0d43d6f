"""Where the camera stood: turned, skewed, seen from the side, laid on a desk, cut off, shown on a screen."""

import math
from collections.abc import Callable
from random import Random

import cv2
import numpy as np

from tests.specimens.shot import Shot

TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def turn(shot: Shot, degrees: int) -> None:
    """Turn the picture clockwise."""
    height, width = shot.image.shape[:2]
    to = {
        90: [[0, -1, height], [1, 0, 0], [0, 0, 1]],
        180: [[-1, 0, width], [0, -1, height], [0, 0, 1]],
        270: [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
    }[degrees]
    shot.moved(cv2.rotate(shot.image, TURNS[degrees]), np.array(to, np.float64))


def rotated(degrees: int) -> Callable[[Shot, Random], None]:
    def put(shot: Shot, dice: Random) -> None:
        turn(shot, degrees)
        shot.fault("rotated")

    return put


def exif(orientation: int) -> Callable[[Shot, Random], None]:
    """Stored turned, with a mark that says so: boxes stay those of the upright picture."""

    def put(shot: Shot, dice: Random) -> None:
        shot.exif = orientation
        shot.fault("exif_orientation")

    return put


def desk(dice: Random, width: int, height: int) -> np.ndarray:
    """Wood, cloth or stone to lay a paper on."""
    rough = np.random.default_rng(dice.randrange(2**32))
    grain = rough.normal(0, 1, (height, width)).astype(np.float32)
    along = dice.choice((1.0, 12.0, 40.0))
    grain = cv2.GaussianBlur(grain, (0, 0), sigmaX=along, sigmaY=dice.choice((0.8, 1.5)))
    grain *= dice.uniform(6, 14) / max(0.01, float(grain.std()))
    base = dice.choice(
        ((96, 66, 42), (58, 62, 70), (120, 124, 128), (40, 52, 44), (150, 120, 88), (30, 30, 34))
    )
    return np.clip(np.array(base, np.float32) + grain[..., None], 0, 255).astype(np.uint8)


def laid(shot: Shot, dice: Random, corners: np.ndarray, size: tuple[int, int]) -> None:
    """The picture warped to `corners` on a desk, with a soft shadow under it."""
    height, width = shot.image.shape[:2]
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    ground = desk(dice, *size).astype(np.float32)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size, flags=cv2.INTER_AREA)
    fallen = cv2.GaussianBlur(np.roll(mask, (8, 6), (0, 1)), (0, 0), 9).astype(np.float32) / 255
    ground *= 1 - 0.45 * fallen[..., None]
    warped = cv2.warpPerspective(
        shot.image, matrix, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
    )
    part = mask[..., None].astype(np.float32) / 255
    shot.moved((warped * part + ground * (1 - part)).astype(np.uint8), matrix)


def _tilted(shot: Shot, degrees: float, margin: float) -> tuple[np.ndarray, tuple[int, int]]:
    height, width = shot.image.shape[:2]
    angle = math.radians(degrees)
    spin = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64) @ spin.T
    room = margin * max(width, height)
    corners += room - corners.min(0)
    right, bottom = corners.max(0) + room
    return corners, (round(right), round(bottom))


def skew(shot: Shot, dice: Random) -> None:
    degrees = dice.choice((-1, 1)) * dice.uniform(3, 9)
    laid(shot, dice, *_tilted(shot, degrees, dice.uniform(0.02, 0.06)))
    shot.fault("skewed")


def on_desk(shot: Shot, dice: Random) -> None:
    """Photographed straight from above: nothing wrong with it."""
    laid(shot, dice, *_tilted(shot, dice.uniform(-0.8, 0.8), dice.uniform(0.03, 0.1)))


def perspective(shot: Shot, dice: Random) -> None:
    """One side further away than the other, a little turned."""
    corners, size = _tilted(shot, dice.uniform(-2, 2), dice.uniform(0.04, 0.08))
    height, width = shot.image.shape[:2]
    pull = dice.uniform(0.05, 0.1)
    far = dice.randrange(4)
    one, other = corners[far].copy(), corners[(far + 1) % 4].copy()
    corners[far] += (other - one) * pull * dice.uniform(0.7, 1.3)
    corners[(far + 1) % 4] += (one - other) * pull * dice.uniform(0.7, 1.3)
    corners += np.array(
        [[dice.uniform(-0.008, 0.008) * width, dice.uniform(-0.008, 0.008) * height] for _ in range(4)]
    )
    laid(shot, dice, corners, size)
    shot.fault("perspective")


def lowres(shot: Shot, dice: Random) -> None:
    height, width = shot.image.shape[:2]
    part = dice.uniform(560, 640) / max(width, height) / (1.6 if max(width, height) < 1150 * shot.unit else 1)
    small = cv2.resize(shot.image, (round(width * part), round(height * part)), interpolation=cv2.INTER_AREA)
    shot.moved(small, np.diag([part, part, 1.0]))
    shot.quality = 80
    shot.fault("too_small", legible=False)


def cropped(shot: Shot, dice: Random) -> None:
    """An edge cut off, and letters with it."""
    height, width = shot.image.shape[:2]
    part = dice.uniform(0.3, 0.5)
    left, top, right, bottom = 0, 0, width, height
    side = dice.choice(("left", "right", "top", "bottom"))
    if side == "left":
        left = round(width * part)
    elif side == "right":
        right = round(width * (1 - part))
    elif side == "top":
        top = round(height * part)
    else:
        bottom = round(height * (1 - part))
    shot.moved(
        shot.image[top:bottom, left:right].copy(), np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1.0]])
    )
    shot.fault("cropped", legible=False, hidden=_outside(shot, right - left, bottom - top))


def _outside(shot: Shot, width: int, height: int) -> list[str]:
    """The fields that do not lie whole within the picture."""
    lost = [
        name
        for name, box in shot.boxes.items()
        if not name.startswith("_") and ((box < -1).any() or (box > (width + 1, height + 1)).any())
    ]
    parts = {"term": ["term_from", "term_to"], "valid": ["valid_from", "valid_to"]}
    return [part for name in lost for part in parts.get(name, [name])]


def screenshot(shot: Shot, dice: Random) -> None:
    """A phone's screen that shows the picture: status bar, black or white bands, a row of buttons."""
    wide, high = dice.choice(((1080, 2340), (1170, 2532), (1080, 1920), (1284, 2778)))
    ground = dice.choice(((0, 0, 0), (0, 0, 0), (255, 255, 255), (237, 237, 237)))
    screen = np.full((high, wide, 3), ground, np.uint8)
    ink = 240 if ground[0] == 0 else 30
    cv2.putText(
        screen, f"{dice.randint(0, 23)}:{dice.randint(10, 59)}", (60, 74), 0, 1.3, (ink,) * 3, 3, cv2.LINE_AA
    )
    for x in (wide - 240, wide - 180, wide - 110):
        cv2.rectangle(screen, (x, 50), (x + 44, 74), (ink,) * 3, 3 if x < wide - 110 else -1)
    for number in range(4):
        cv2.circle(screen, (wide * (2 * number + 1) // 8, high - 90), 26, (ink,) * 3, 4, cv2.LINE_AA)
    height, width = shot.image.shape[:2]
    part = min(wide / width, high * 0.78 / height)
    size = (round(width * part), round(height * part))
    x, y = (wide - size[0]) // 2, (high - size[1]) // 2
    screen[y : y + size[1], x : x + size[0]] = cv2.resize(shot.image, size, interpolation=cv2.INTER_AREA)
    shot.moved(screen, np.array([[part, 0, x], [0, part, y], [0, 0, 1.0]]))
    shot.png = dice.random() < 0.6
    shot.fault("screenshot")
