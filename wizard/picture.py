"""What is known of an attached picture without decoding it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """`format` is the type by content (``JPEG``, ``PNG``, ``PDF`` …); sides in pixels as stored.

    `sideways` says that the picture carries a mark (EXIF orientation 5–8) to be turned by 90°.
    """

    format: str
    width: int
    height: int
    bytes: int
    sideways: bool = False

    @property
    def long_side(self) -> int:
        """The longer side in pixels."""
        return max(self.width, self.height)

    @property
    def short_side(self) -> int:
        """The shorter side in pixels."""
        return min(self.width, self.height)


def weight(count: int) -> str:
    """So many bytes as a person reads them: whole KB up to a thousand, then tenths of MB."""
    if count < 1000 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1_048_576:.1f} MB"
