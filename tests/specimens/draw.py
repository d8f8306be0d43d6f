"""A set of invented specimen scans, each with its truth.

``python -m tests.specimens.draw OUT --count N --seed S`` writes one; more fonts are found in $SPECIMEN_FONTS.
"""

import argparse
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import cv2
import numpy as np
from PIL import Image

from tests.specimens import certificate, identity, invent, licence
from tests.specimens.degrade import FAULTLESS, FAULTY
from tests.specimens.paper import Paper, faces
from tests.specimens.shot import Shot, shot

LAYOUTS = (
    "landscape_2019", "landscape_2019", "portrait_old", "individual", "individual_old", "institution",
    "association", "private_unit", "office", "id_front", "id_front", "id_back", "a4_both_sides",
)  # fmt: skip
KINDS = {
    "landscape_2019": "business_licence", "portrait_old": "business_licence",
    "individual": "individual_licence", "individual_old": "individual_licence",
    "institution": "institution_certificate", "a4_both_sides": "id_both",
    "id_front": "id_front", "id_back": "id_back",
}  # fmt: skip
STORED = {1: None, 3: cv2.ROTATE_180, 6: cv2.ROTATE_90_COUNTERCLOCKWISE, 8: cv2.ROTATE_90_CLOCKWISE}


class Specimen(NamedTuple):
    """`data` is the file, `ending` its name's end, `image` the picture with its EXIF turn applied."""

    data: bytes
    ending: str
    image: np.ndarray
    truth: dict[str, Any]


def drawn(dice: Random, layout: str) -> tuple[Paper, dict[str, Any]]:
    """A sheet of that layout, and what it says."""
    font, unit = dice.choice(faces()), dice.uniform(0.92, 1.35)
    if layout.startswith(("id", "a4")):
        facts = invent.person(dice)
        draw = {"id_front": identity.front, "id_back": identity.back, "a4_both_sides": identity.both}[layout]
        keep = {"id_front": identity.FRONT, "id_back": identity.BACK}.get(
            layout, identity.FRONT + identity.BACK
        )
        if layout.startswith("a4"):
            unit *= 1.3
        return draw(dice, facts, unit, font), {name: facts[name] for name in keep}
    if layout in certificate.LOOKS:
        pair, called, authority = {
            "institution": ("12", ("第三人民医院", "实验小学", "文化馆"), "事业单位登记管理局"),
            "association": ("51", ("书画协会", "餐饮行业协会", "志愿者协会"), "民政局"),
            "private_unit": ("52", ("春苗幼儿园", "启明培训中心", "康宁养老院"), "民政局"),
            "office": ("11", ("财政局", "教育局", "民政局"), "机构编制委员会办公室"),
        }[layout]
        facts = certificate.trimmed(layout, invent.organisation(dice, pair, called, authority))
        return certificate.certificate(dice, layout, facts, unit, font), facts
    facts = invent.shop(dice) if layout.startswith("individual") else invent.company(dice)
    draw = licence.portrait if layout.endswith("old") else licence.landscape
    return draw(dice, facts, unit, font), facts


def specimen(seed: int, layout: str = "", degradations: tuple[str, ...] | None = None) -> Specimen:
    """The specimen of that seed; what is not given is thrown."""
    dice = Random(seed)
    layout = layout or dice.choice(LAYOUTS)
    sheet, facts = drawn(dice, layout)
    picture = shot(sheet)
    for name in _happenings(dice) if degradations is None else degradations:
        {**FAULTY, **FAULTLESS}[name](picture, dice)
        picture.done.append(name)
    data, ending = packed(picture)
    truth = {
        "specimen": True,
        "kind": KINDS.get(layout, "other_certificate"),
        "layout": layout,
        "font": Path(sheet.font).stem,
        "seed": seed,
        "fields": {name: _written(value) for name, value in facts.items()},
        "qr": licence.LINK + facts["uscc"] if "_qr" in sheet.boxes else None,
        "authority_only_in_seal": "authority" in facts,
        **picture.truth(),
    }
    return Specimen(data, ending, picture.image, truth)


def _happenings(dice: Random) -> tuple[str, ...]:
    if dice.random() < 0.35:
        return (dice.choice([*FAULTLESS]),)
    first = dice.choice([*FAULTY])
    if dice.random() < 0.12:
        then = dice.choice(("rot90", "rot270", "exif6", "jpeg"))
        return (first, then) if first in ("shadow", "noise", "grey_copy", "watermark_over") else (first,)
    return (first,)


def packed(picture: Shot) -> tuple[bytes, str]:
    """The file: stored turned where a mark says so, as a phone does it."""
    turn = STORED[picture.exif]
    image = Image.fromarray(picture.image if turn is None else cv2.rotate(picture.image, turn))
    out = io.BytesIO()
    if picture.png and picture.exif == 1:
        image.save(out, "PNG")
        return out.getvalue(), ".png"
    exif = Image.Exif()
    if picture.exif != 1:
        exif[0x0112] = picture.exif
    if "grey_copy" in picture.done:
        image = image.convert("L")
    image.save(out, "JPEG", quality=picture.quality, exif=exif)
    return out.getvalue(), ".jpg"


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def specimens(count: int, seed: int) -> Iterator[Specimen]:
    for number in range(count):
        yield specimen(seed * 100_000 + number)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(specimens(asked.count, asked.seed)):
        name = f"s{number:04}_{one.truth['layout']}_{'-'.join(one.truth['degradations'])}"
        (asked.out / f"{name}{one.ending}").write_bytes(one.data)
        told = json.dumps({"file": name + one.ending, **one.truth}, ensure_ascii=False, indent=1)
        (asked.out / f"{name}.json").write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
