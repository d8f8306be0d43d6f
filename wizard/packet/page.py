"""A page as a list of marks, measured in points from its upper left corner, before it is printed."""

from dataclasses import dataclass, field

from wizard.packet.paper import Colour, Style


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: Colour
    thickness: float = 0.5
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled or outlined."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour | None = None
    line: Colour | None = None
    thickness: float = 0.5
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle around a point."""

    x: float
    y: float
    radius: float
    fill: Colour


@dataclass(frozen=True, slots=True)
class Check:
    """A box to be ticked, drawn: no font is asked for ☐ or ☑."""

    x: float
    y: float
    size: float
    ticked: bool


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, by its key, in a rectangle."""

    key: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Jump:
    """A rectangle that leads to the target of that name when clicked."""

    x: float
    y: float
    width: float
    height: float
    target: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A rectangle that shows the answer to a field, so that a preview can lead to it; it is not printed."""

    x: float
    y: float
    width: float
    height: float
    field: str


Mark = Text | Rule | Box | Disc | Check | Image | Jump | Zone


@dataclass(slots=True)
class Page:
    """What stands on one page, beside its header and footer. `part` is the name in its header."""

    part: str
    marks: list[Mark] = field(default_factory=list)
    targets: dict[str, float] = field(default_factory=dict)
    cover: bool = False

    @property
    def pictured(self) -> bool:
        """Whether a picture stands on it."""
        return any(isinstance(mark, Image) for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline and of the 目录: `level` 0 for a part, 1 for a paper in it."""

    title: str
    target: str
    level: int = 0
