"""The reading engine (RapidOCR, PP-OCRv6 small): where writing stands, and what it says. In the worker only.

Its models come in its wheel; nothing is downloaded. Its own direction model is left out: it changed nothing.
"""

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.files import FileProblem
from wizard.intake import simplified

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]
    Box = npt.NDArray[np.float32]

THREADS = 2
_HEIGHT = 48
"""Pixels: the height the model was trained with."""
_NARROW, _WIDE = 64, 3200
_BATCH_WIDTH = 2400
"""Pixels of writing read at once: memory grows with it, speed hardly."""


_WEAK, _DOUBTFUL = 0.8, 0.9
"""A letter's score below which it may be another that looks alike, and the best such a line can have."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one strip says: text, mean score, and each character's place (part of the strip) and score."""

    text: str
    score: float
    stops: tuple[float, ...]
    scores: tuple[float, ...]

    @property
    def sure(self) -> float:
        """The score of the line, but no good one where a single letter is doubtful.

        Of 8 wrong values in lines that were well read on the whole 3 had such a letter, of 660 right ones 7.
        """
        letters = (score for letter, score in zip(self.text, self.scores, strict=True) if letter.isalnum())
        return min(self.score, _DOUBTFUL) if min(letters, default=1.0) < _WEAK else self.score


@cache
def load() -> Any:
    """The engine with its models.

    Raises:
        FileProblem: it is not installed.
    """
    try:
        import rapidocr

        engine = rapidocr.RapidOCR(params={"Global.log_level": "critical"})
        engine.cfg._set_flag(["allow_objects"], [True])
        models = Path(rapidocr.__file__).parent / "models"
        engine.cfg.Det.session = _session(models / "PP-OCRv6_det_small.onnx")
        engine.cfg.Rec.session = _session(models / "PP-OCRv6_rec_small.onnx")
    except ImportError as error:
        raise FileProblem("这台电脑没有装识别部件，其他功能照常，证件内容手工填写") from error
    engine._load_det_model()
    engine._load_rec_model()
    return engine


def _session(model: Path) -> Any:
    """A model ready to run: in two threads that sleep while they wait, for others use this computer too.

    With spinning threads a page cost 1.6 times the processor's time, and twice as long where it was busy. The
    sessions are made here, and not by RapidOCR, which would download a model that is missing.
    """
    import onnxruntime

    if not model.is_file():
        raise ImportError(model.name)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False
    options.intra_op_num_threads = min(THREADS, os.cpu_count() or 1)
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def find(pixels: "Pixels", long_side: int) -> "Box":
    """All lines of writing, looked for at `long_side`: n × 4 corners × (x, y), in pixels of `pixels`."""
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    scale = min(1.0, long_side / max(height, width))
    seen = (
        pixels if scale == 1 else cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    )
    detector = load().text_det
    detector.limit_type, detector.limit_side_len = "max", long_side
    found = detector(np.ascontiguousarray(seen[:, :, ::-1]))
    if found.boxes is None:
        return np.zeros((0, 4, 2), np.float32)
    return np.asarray(found.boxes * [width / seen.shape[1], height / seen.shape[0]], np.float32)


def strip(pixels: "Pixels", box: "Box") -> "Pixels":
    """One line cut out: `box` is 4 × (x, y) from its upper left corner clockwise."""
    import cv2
    import numpy as np

    width = max(math.dist(box[0], box[1]), math.dist(box[2], box[3]))
    height = max(math.dist(box[0], box[3]), math.dist(box[1], box[2]))
    size = (max(1, int(width)), max(1, int(height)))
    flat = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    by = cv2.getPerspectiveTransform(np.asarray(box, np.float32), flat)
    cut = cv2.warpPerspective(pixels, by, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8)


def say(strips: Sequence["Pixels"]) -> list[Said]:
    """What each strip (RGB, one line of writing) says, in their order."""
    widths = [max(1, math.ceil(_HEIGHT * strip.shape[1] / strip.shape[0])) for strip in strips]
    order = sorted(range(len(strips)), key=widths.__getitem__)
    said: dict[int, Said] = {}
    while order:
        batch = [order.pop()]
        widest = min(max(widths[batch[0]], _NARROW), _WIDE)
        while order and (len(batch) + 1) * widest <= _BATCH_WIDTH and widths[order[-1]] * 1.5 > widest:
            batch.append(order.pop())
        said |= zip(batch, _say([strips[i] for i in batch], widest), strict=True)
    return [said[place] for place in range(len(strips))]


def _say(strips: list["Pixels"], width: int) -> list[Said]:
    import cv2
    import numpy as np

    sheet = np.zeros((len(strips), 3, _HEIGHT, width), np.float32)
    used = []
    for place, strip in enumerate(strips):
        own = min(width, max(1, math.ceil(_HEIGHT * strip.shape[1] / strip.shape[0])))
        small = cv2.resize(strip, (own, _HEIGHT))[:, :, ::-1]
        sheet[place, :, :, :own] = small.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1
        used.append(own / width)
    recogniser = load().text_rec
    chances = recogniser.session(sheet)
    letters = recogniser.postprocess_op.character
    return [_spelled(one, letters, part) for one, part in zip(chances, used, strict=True)]


@cache
def _meant() -> Any:
    """For each sign of the recogniser the one that papers print."""
    return simplified.printed(load().text_rec.postprocess_op.character)


def _spelled(chances: Any, letters: list[str], part: float) -> Said:
    """CTC: the likeliest sign of each step, repeats and blanks (sign 0) dropped.

    Two forms of one character share its chances.
    """
    likeliest, sure = chances.argmax(axis=1), chances.max(axis=1)
    best = _meant()[likeliest]
    other = best != likeliest
    sure[other] += chances[other, best[other]]
    text, stops, scores = [], [], []
    for step, sign in enumerate(best):
        if sign and (step == 0 or sign != best[step - 1]):
            text.append(letters[sign])
            stops.append(min(1.0, (step + 0.5) / (len(best) * part)))
            scores.append(float(sure[step]))
    return Said("".join(text), _mean(text, scores), tuple(stops), tuple(scores))


def _mean(text: Sequence[str], scores: Sequence[float]) -> float:
    """Of the letters and figures; blanks and brackets score low and do no harm."""
    counted = [score for letter, score in zip(text, scores, strict=True) if letter.isalnum()] or scores
    return sum(counted) / len(counted) if counted else 0.0
