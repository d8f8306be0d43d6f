"""Too heavy for the platform, or too few pixels to read."""

from collections.abc import Iterator

from wizard.intake.faults.view import View
from wizard.picture import PictureFacts
from wizard.scan import Fault

# The platform's 2 MB (rule `picture.too-heavy`, a test compares).
HEAVIEST = 2048 * 1024
# Height of body print in the picture's own pixels: papers at 720 × 1280 from 18, illegible ones up to 15.
SMALL_LETTERS = 15.5
# A longer side below this shows no certificate legibly, but a part of a card in large letters (39 and more).
# The platform's own limit is a rule of the self-check.
SHORTEST, LARGE_LETTERS = 800, 34.0
_FEW = 3


def too_large(facts: PictureFacts) -> Iterator[Fault]:
    """``too_large``: the upload set makes it fit without a visible loss."""
    if facts.format != "PDF" and facts.bytes > HEAVIEST:
        yield Fault("too_large", mended=True)


def too_small(view: View) -> Fault | None:
    """``too_small``: letters too low to read."""
    letters = view.letter / view.scale if len(view.strips) >= _FEW else 0.0
    short = max(view.image.shape[:2]) < SHORTEST
    small = letters < (LARGE_LETTERS if short else SMALL_LETTERS) and (short or letters > 0)
    return Fault("too_small") if small else None
