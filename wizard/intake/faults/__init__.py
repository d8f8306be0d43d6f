"""Faults of a picture, named: what is wrong with it, and where. In the worker only (OpenCV)."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wizard.intake.faults import edges, focus, glare, grain, lie, light, overprint
from wizard.intake.faults.misplaced import misplaced
from wizard.intake.faults.size import too_large, too_small
from wizard.intake.faults.view import View, view
from wizard.intake.lines import Line
from wizard.intake.page import Page
from wizard.picture import PictureFacts
from wizard.scan import Fault

if TYPE_CHECKING:
    from wizard.intake.faults.view import Pixels

__all__ = ["UNREADABLE", "faults", "misplaced"]

UNREADABLE = frozenset({"blurred", "glare", "too_small", "cropped", "bottom_missing"})
"""With one of these, and no doubt about it, some of the paper cannot be read, whatever was made of it."""


def faults(
    image: "Pixels",
    page: Page,
    facts: PictureFacts,
    lines: Sequence[Line],
    steps: float = 0.0,
    kind: str = "",
) -> tuple[Fault, ...]:
    """All faults of a picture.

    `image` is the picture as given, RGB, with its EXIF turn applied; `page` and `lines` say what the reader
    found in it, `steps` how coarsely the file was compressed (`Decoded.steps`), `kind` which paper it is, if
    that is known. Corners of faults are in parts of `image`.
    """
    seen = view(image, page, lines)
    return tuple(_judged(seen, facts, steps, kind))


def _judged(seen: View, facts: PictureFacts, steps: float, kind: str) -> Iterator[Fault]:
    yield from too_large(facts)
    lights = list(light.judge(seen))
    yield from lights
    missing = list(edges.outside(seen))
    yield from missing
    blurred = list(focus.judge(seen))
    yield from blurred
    yield from lie.judge(seen, legible=not blurred)
    if small := too_small(seen):
        yield small
        if not (blurred or missing or lights):
            yield from glare.judge(seen)
        return
    grains = list(grain.judge(seen, steps))
    yield from grains
    if blurred:
        if not missing and edges.frame_cut(seen):
            yield Fault("cropped")
        return
    marks = list(overprint.judge(seen, grey=any(one.code == "grey_copy" for one in lights)))
    yield from marks
    if missing:
        return
    if not any(mark.doubtful for mark in marks):
        yield from edges.cropped(seen, kind)
    yield from glare.judge(seen, {one.code for one in (*lights, *grains, *marks)})
