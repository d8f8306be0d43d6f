"""What the engine takes for traditional characters, as the mainland's papers print it. In the worker only."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from wizard.resource_files import toml

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Signs = npt.NDArray[np.int64]


@cache
def pairs() -> dict[str, str]:
    """Traditional forms with their simplified ones, as far as mainland papers never print the former."""
    joined = "".join(toml("traditional.toml")["pairs"])
    return dict(zip(joined[::2], joined[1::2], strict=True))


def printed(letters: Sequence[str]) -> "Signs":
    """For each of the engine's signs the one that is meant; `letters` are the characters it can say."""
    import numpy as np

    places = {letter: place for place, letter in enumerate(letters)}
    meant = np.arange(len(letters))
    for traditional, simplified in pairs().items():
        if traditional in places and simplified in places:
            meant[places[traditional]] = places[simplified]
    return meant
