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
