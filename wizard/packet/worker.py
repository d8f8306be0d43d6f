"""The packet's own process: builds packets, and draws their pages, where that holds up no window.

What comes in was frozen and packed by this program; what goes out are plain values.
"""

from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from wizard.process.child import Answer, Do, Line, serve

if TYPE_CHECKING:
    import pypdfium2

    from wizard.packet.preview import Previewer

MOST_MEMORY = 2_000_000_000
"""Bytes it may hold: eight photographs of 12 megapixels take 0.2 GB, one of 64 megapixels 0.6 GB."""
MOST_ADDRESSES = 8_000_000_000
_MOST_OPEN = 2
"""Documents kept open for drawing: that of the preview, and the one being printed."""


def main() -> NoReturn:
    """Serve errands until the program that started this ends."""
    serve(_ERRANDS, MOST_MEMORY, MOST_ADDRESSES)


def _warm(errand: dict[str, Any], body: bytes, line: Line) -> Answer:
    from wizard.packet import output, preview  # noqa: F401 - that it is loaded is all that is wanted

    return {}, b""


def _export(errand: dict[str, Any], body: bytes, line: Line) -> Answer:
    from wizard.packet.output import export
    from wizard.packet.parcel import unpack

    snapshot, options = unpack(body)
    made = export(snapshot, Path(errand["target"]), line.tell, line.cancelled, options, line.past)
    head = {
        "paths": [str(path) for path in made.paths],
        "unprintable": made.unprintable,
        "notes": made.notes,
        "record": dict(made.record),
    }
    return head, b""


_previewers: "list[Previewer]" = []


def _preview(errand: dict[str, Any], body: bytes, line: Line) -> Answer:
    """Build it; pictures are kept from one time to the next, but not for paper, which needs them finer."""
    from wizard.packet.parcel import unpack
    from wizard.packet.preview import Previewer

    snapshot, options = unpack(body)
    if not _previewers:
        _previewers.append(Previewer())
    previewer = Previewer() if errand["fine"] else _previewers[0]
    made = previewer.build(snapshot, line.tell, line.cancelled, options, fine=errand["fine"])
    head = {
        "key": made.key,
        "spots": made.spots,
        "unprintable": made.unprintable,
        "outline": made.outline,
        "count": made.count,
    }
    return head, made.data


_open: "OrderedDict[str, pypdfium2.PdfDocument]" = OrderedDict()


def _show(errand: dict[str, Any], body: bytes, line: Line) -> Answer:
    """Open a document for drawing, and close the one that nobody asked for the longest."""
    import pypdfium2

    if errand["key"] not in _open:
        _open[errand["key"]] = pypdfium2.PdfDocument(body)
    while len(_open) > _MOST_OPEN:
        _open.popitem(last=False)[1].close()
    return {}, b""


def _draw(errand: dict[str, Any], body: bytes, line: Line) -> Answer:
    """Draw a page of an open document, or say that it is not open."""
    document = _open.get(errand["key"])
    if document is None:
        return {"closed": True}, b""
    from wizard.packet.draw import drawn

    _open.move_to_end(errand["key"])
    raster = drawn(document, errand["page"], errand["width"])
    return {"width": raster.width, "height": raster.height, "stride": raster.stride}, raster.data


_ERRANDS: dict[str, Do] = {
    "warm": _warm,
    "export": _export,
    "preview": _preview,
    "show": _show,
    "draw": _draw,
}

if __name__ == "__main__":
    main()
