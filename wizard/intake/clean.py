"""A picture made anew from its pixels: nothing but the pixels comes along. In the worker only."""

import io
from pathlib import Path
from typing import Any

from wizard.intake.decode import decode

QUALITY = 92
"""JPEG quality of a picture that was photographed: its second saving must not be seen."""
_LOSSLESS = ("PNG", "BMP", "GIF")


def clean(path: Path, page: int = 1) -> tuple[dict[str, Any], bytes]:
    """The answer to the errand ``clean``: format, size and pages, and the new file.

    Raises:
        FileProblem: it is no picture that can be used.
    """
    from PIL import Image

    decoded = decode(path, page)
    height, width = decoded.pixels.shape[:2]
    format_ = "PNG" if decoded.facts.format in _LOSSLESS else "JPEG"
    out = io.BytesIO()
    settings = _settings(path, decoded.facts.format) if format_ == "JPEG" else {}
    Image.fromarray(decoded.pixels).save(out, format_, **settings)
    return {"format": format_, "size": [width, height], "pages": decoded.pages}, out.getvalue()


def _settings(path: Path, format_: str) -> dict[str, Any]:
    """How finely to save: as finely as the file given, where it is a JPEG, so that it grows by nothing."""
    from PIL import Image, JpegImagePlugin

    usual = {"quality": QUALITY, "subsampling": 0}
    if format_ != "JPEG":
        return usual
    with Image.open(path, formats=["JPEG"]) as given:
        tables, sampling = getattr(given, "quantization", {}), JpegImagePlugin.get_sampling(given)
    fit = len(tables) in (1, 2) and all(len(table) == 64 for table in tables.values())
    return {"qtables": tables, "subsampling": max(sampling, 0), "optimize": True} if fit else usual
