"""The packet as it will be, built for looking at before it is written.

The window has this done by a process of its own: see `workshop`.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import pypdfium2

from wizard.packet.build import packet
from wizard.packet.draw import PDFIUM
from wizard.packet.options import PLAIN, Options
from wizard.packet.pages import Line, Preview, Spot
from wizard.packet.pictures import Asked, Picture, prepare
from wizard.packet.snapshot import Snapshot
from wizard.process.work import Progress, never, silent


class Previewer:
    """Builds previews one after the other; pictures that stayed as they were are not read again."""

    def __init__(self) -> None:
        self._pictures: dict[tuple[Asked, int, int], Picture] = {}

    def build(
        self,
        snapshot: Snapshot,
        progress: Progress = silent,
        cancelled: Callable[[], bool] = never,
        options: Options = PLAIN,
        fine: bool = False,
    ) -> Preview:
        """The packet of `snapshot` as it will be, its pictures as a screen needs them, or `fine` for paper.

        Raises:
            Cancelled: `cancelled` said so.
        """
        wished = replace(options, preview=not fine, password="", with_case=False)
        pdf = packet(snapshot, progress, cancelled, wished, prepared=self._prepared)
        spots = tuple(Spot(z.field, page, z.x, z.y, z.width, z.height) for page, z in pdf.zones)
        with PDFIUM, pypdfium2.PdfDocument(pdf.data) as document:
            outline = tuple(
                Line(mark.get_title(), target.get_index() + 1, mark.level)
                for mark in document.get_toc()
                if (target := mark.get_dest())
            )
            key = hashlib.sha256(pdf.data).hexdigest()
            return Preview(pdf.data, key, spots, pdf.unprintable, outline, len(document))

    def _prepared(
        self, asked: Sequence[Asked], done: Callable[[int], None], cancelled: Callable[[], bool]
    ) -> list[Picture]:
        keys = [_key(each) for each in asked]
        new = [(key, each) for key, each in zip(keys, asked, strict=True) if key not in self._pictures]
        made = prepare([each for _, each in new], done, cancelled)
        known = self._pictures | dict(zip((key for key, _ in new), made, strict=True))
        self._pictures = {key: known[key] for key in keys}
        return [known[key] for key in keys]


def _key(asked: Asked) -> tuple[Asked, int, int]:
    """What tells a picture from what it was before: it is read again when its file changed."""
    try:
        found = asked.file.stat()
    except (OSError, ValueError):
        return asked, 0, 0
    return asked, found.st_mtime_ns, found.st_size
