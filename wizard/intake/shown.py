"""What the QR codes of a page say: a witness that no blur or glare over the print can change. Worker only."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wizard.intake.engine import Pixels

_LONGEST = 2000
"""Characters: more than a licence's link, which has some 60 to 200."""


def shown(pixels: "Pixels") -> list[str]:
    """The texts of all QR codes in the picture; none where the decoder is not installed."""
    try:
        import zxingcpp
    except ImportError:
        return []
    found = zxingcpp.read_barcodes(
        pixels, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode), try_invert=False
    )
    return [one.text[:_LONGEST] for one in found if one.valid]
