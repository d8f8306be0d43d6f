"""What was read from a scan: values with their place in the picture, and the picture's faults.

Plain values that the rooms hand to one another: `intake` makes them, the draft keeps them beside the
attachment, `check` compares them with what was typed, the window shows them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Corners = tuple[tuple[float, float], ...]
"""Four corners from the upper left, clockwise, in parts of the width and height (0 to 1); or none."""

CERTIFICATES: Final = (
    "business_licence",
    "individual_licence",
    "institution_certificate",
    "other_certificate",
)
"""The kinds of papers of organisations and businesses; see `wizard.intake.kinds` for what each is."""
CARDS: Final = ("id_front", "id_back", "id_both")
"""The kinds of pictures of a resident ID."""

SURE: Final = 0.9
"""From this confidence on a value may be offered as agreed: something beside the letters speaks for it."""


@dataclass(frozen=True, slots=True)
class Read:
    """One value a scan shows: as text (days as 2026-11-23, 长期 for no end), and its confidence, 0 to 1.

    `corners` say where it stands in the upright picture.
    """

    value: str
    confidence: float
    corners: Corners = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a picture: its code (``blurred``, ``glare`` …), and where, if in one place.

    `mended` says that the program puts it right by itself without loss; `doubtful` that a person has to look.
    """

    code: str
    mended: bool = False
    doubtful: bool = False
    corners: Corners = ()


@dataclass(frozen=True, slots=True)
class Scan:
    """What one picture says. `kind` is the document (``business_licence``, ``id_front`` …) or empty.

    `bytes` and `sha256` are those of the file that was read: a picture that was changed since has to be read
    again.
    """

    kind: str = ""
    fields: Mapping[str, Read] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    legible: bool = False
    bytes: int = 0
    sha256: str = ""

    def value(self, name: str, least: float = 0.0) -> str:
        """The value of one field, empty where it was not read or with less confidence than `least`."""
        read = self.fields.get(name)
        return read.value if read and read.confidence >= least else ""

    def document(self) -> dict[str, Any]:
        """The same as plain values for a JSON file."""
        return {
            "kind": self.kind,
            "fields": {name: _plain(read) for name, read in self.fields.items()},
            "faults": [_fault(fault) for fault in self.faults],
            "legible": self.legible,
            "bytes": self.bytes,
            "sha256": self.sha256,
        }


def scan_of(document: object) -> Scan | None:
    """The scan that `Scan.document` made; None where it is anything else: it can be read again."""
    if not isinstance(document, dict):
        return None
    try:
        return Scan(
            kind=str(document["kind"]),
            fields={
                str(name): Read(str(one["value"]), float(one["confidence"]), _corners(one.get("corners")))
                for name, one in dict(document["fields"]).items()
            },
            faults=tuple(
                Fault(
                    str(one["code"]),
                    one.get("mended") is True,
                    one.get("doubtful") is True,
                    _corners(one.get("corners")),
                )
                for one in document["faults"]
            ),
            legible=document["legible"] is True,
            bytes=int(document["bytes"]),
            sha256=str(document["sha256"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _plain(read: Read) -> dict[str, Any]:
    return {"value": read.value, "confidence": read.confidence, **_placed(read.corners)}


def _fault(fault: Fault) -> dict[str, Any]:
    marks = {name: True for name in ("mended", "doubtful") if getattr(fault, name)}
    return {"code": fault.code, **marks, **_placed(fault.corners)}


def _placed(corners: Corners) -> dict[str, Any]:
    return {"corners": [list(corner) for corner in corners]} if corners else {}


def _corners(raw: object) -> Corners:
    return tuple(_pairs(raw)) if isinstance(raw, list) and len(raw) == 4 else ()


def _pairs(raw: list[Any]) -> Iterator[tuple[float, float]]:
    for across, down in raw:
        yield float(across), float(down)
