"""Noise of a camera in the dark, and what coarse JPEG compression leaves behind."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wizard.scan import Fault

if TYPE_CHECKING:
    from wizard.intake.faults.view import Pixels, Values, View

# Deviation of brightness in the page's plainest third, working size: clean 0–0.8, a phone's grain 1–2,
# noisy 2.6–15.
NOISY = 2.4
# Share of the low coefficients below the first step of quality 50: clean and quality 70–90 from 0.08,
# quality 22–38 nothing (0).
COARSE = 0.04
# The file's own mean step: 58 at quality 50, 65 at 44; phones and messengers stay below 35.
ROUGH = 65.0
# From here on what is seen of compression is the file's own, quality 68, and not that of an earlier one.
OWN = 38.0
_LEAST = 60
_TAKEN = 1280
_FIRST, _STEP, _LAST = 3.0, 9.0, 40.0


def judge(view: "View", steps: float) -> Iterator[Fault]:
    """``noise`` and ``jpeg_artefacts``; `steps` are those of the file's own compression."""
    noisy = noise(view.grey) >= NOISY
    if noisy:
        yield Fault("noise", doubtful=True)
    if steps >= ROUGH or (steps < OWN and not noisy and compressed(view)):
        yield Fault("jpeg_artefacts", doubtful=True)


def compressed(view: "View") -> bool:
    """Whether the picture was coarsely compressed before it was saved as it is."""
    share = fine_share(view.image, view.page.exif)
    return share is not None and share <= COARSE


def noise(grey: "Pixels") -> float:
    """The deviation of noise: what a second difference both ways leaves, in the median tile (Immerkær)."""
    import cv2
    import numpy as np

    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6
    rest = np.abs(cv2.filter2D(grey.astype(np.float32), -1, kernel))
    height, width = (side // 16 for side in rest.shape)
    if not height or not width:
        return 0.0
    tiles = cv2.resize(rest[: height * 16, : width * 16], (width, height), interpolation=cv2.INTER_AREA)
    return float(np.percentile(tiles, 35)) * 1.2533


def fine_share(image: "Pixels", turned: bool = False) -> float | None:
    """Of the low coefficients of all 8 × 8 blocks that are not zero, the share below the first coarse step.

    Coarse compression rounds them to multiples of 11 and more, so that none are left below; None where there
    is too little to tell. Blocks start where they did in the file, unless a mark has `turned` the picture.
    """
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    top, left = max(0, (height - _TAKEN) // 2) // 8 * 8, max(0, (width - _TAKEN) // 2) // 8 * 8
    part = np.ascontiguousarray(image[top : top + _TAKEN, left : left + _TAKEN])
    grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)
    colours = cv2.inRange(part, np.array([1, 1, 1]), np.array([254, 254, 254]))
    whole = np.asarray(cv2.min(colours, cv2.inRange(grey, np.array([1]), np.array([253]))), np.uint8)
    values = grey.astype(np.float32)
    shares = [
        share
        for down in ({0, height % 8} if turned else {0})
        for across in ({0, width % 8} if turned else {0})
        if (share := _share(values[down:, across:], whole[down:, across:])) is not None
    ]
    return min(shares, default=None)


def _share(values: "Values", whole: "Pixels") -> float | None:
    import cv2
    import numpy as np

    eighth = (values.shape[1] // 8, values.shape[0] // 8)
    if min(eighth) < 1:
        return None
    kept = whole[: eighth[1] * 8, : eighth[0] * 8].astype(np.float32)
    means = cv2.resize(kept, eighth, interpolation=cv2.INTER_AREA)
    sizes = np.abs(_blocks(values)[means.ravel() > 254.5] @ _waves())
    fine = int(((sizes >= _FIRST) & (sizes < _STEP)).sum())
    coarse = int(((sizes >= _STEP) & (sizes < _LAST)).sum())
    return fine / (fine + coarse) if fine + coarse >= _LEAST else None


def _blocks(values: "Values") -> "Values":
    """The 8 × 8 blocks, one a row."""
    height, width = (side // 8 for side in values.shape)
    squares = values[: height * 8, : width * 8].reshape(height, 8, width, 8)
    return squares.transpose(0, 2, 1, 3).reshape(-1, 64)


def _waves() -> "Values":
    """The five lowest cosine waves of a block, one a column."""
    import numpy as np

    at = np.arange(8)
    rows = [np.cos((2 * at + 1) * k * np.pi / 16) * (np.sqrt(1 / 8) if k == 0 else 0.5) for k in range(3)]
    pairs = ((0, 1), (1, 0), (1, 1), (0, 2), (2, 0))
    return np.stack([np.outer(rows[a], rows[b]).ravel() for a, b in pairs], axis=1).astype(np.float32)
