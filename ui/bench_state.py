"""The steps made on the bench: each can be undone and made again."""

from wizard.intake.bench.shape import WHOLE, Box, Shape
from wizard.scan import Corners

WHOLE_CORNERS: Corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


class Steps:
    """What is done to the picture now (`shape`), what was before, and what was taken back."""

    def __init__(self) -> None:
        self._past, self._future = [Shape()], []  # type: list[Shape], list[Shape]

    @property
    def shape(self) -> Shape:
        """What is done to the picture now."""
        return self._past[-1]

    @property
    def begun(self) -> bool:
        """Whether there is a step to take back."""
        return len(self._past) > 1

    @property
    def taken_back(self) -> bool:
        """Whether there is a step to make again."""
        return bool(self._future)

    def do(self, shape: Shape) -> None:
        """Another step, unless it changes nothing."""
        if shape != self.shape:
            self._past.append(shape)
            self._future.clear()

    def undo(self) -> None:
        """Take the last step back."""
        if self.begun:
            self._future.append(self._past.pop())

    def redo(self) -> None:
        """Make the step again that was taken back last."""
        if self._future:
            self._past.append(self._future.pop())


def corners_of(box: Box) -> Corners:
    """A box by its corners, from the upper left clockwise."""
    left, top, right, bottom = box
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def box_of(corners: Corners) -> Box:
    """The box that upright corners stand for."""
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


def straightened(corners: Corners) -> Corners:
    """Corners to put straight at: none where they are those of the whole picture."""
    return () if corners == WHOLE_CORNERS else corners


__all__ = ["WHOLE", "WHOLE_CORNERS", "Steps", "box_of", "corners_of", "straightened"]
