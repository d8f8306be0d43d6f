"""Draw the specimen pictures from people.toml: `python -m tests.samples.draw [FOLDER]`."""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.samples.identity_card import back, front
from tests.samples.letter import letter
from tests.samples.licence import licence
from tests.samples.paper import Sheet

PICTURES = Path(__file__).resolve().parents[2] / "resources" / "samples" / "pictures"
TOO_SMALL = (600, 378)


class Picture(NamedTuple):
    """A picture to be saved under `name`, shrunk to `size` where one is given."""

    name: str
    sheet: Sheet
    size: tuple[int, int] | None = None


def data() -> dict[str, Any]:
    return tomllib.loads((PICTURES / "people.toml").read_text(encoding="utf-8"))


def pictures() -> Iterator[Picture]:
    """Every picture that people.toml names."""
    known = data()
    people = known["people"]
    for person in people.values():
        yield Picture(person["front"], front(person))
        yield Picture(person["back"], back(person))
        if "front_too_small" in person:
            yield Picture(person["front_too_small"], front(person), TOO_SMALL)
    for subject in known["subjects"].values():
        principal, contact = people[subject["principal"]], people[subject["contact"]]
        if "licence" in subject:
            yield Picture(subject["licence"], licence(subject, principal))
        if "letter" in subject:
            yield Picture(subject["letter"], letter(subject, principal, contact))


def main(folder: Path = PICTURES) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for picture in pictures():
        picture.sheet.save(folder / picture.name, picture.size)
        print(f"{picture.name}  {(folder / picture.name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
