"""The specimen people and pictures: numbers well-formed, pictures drawn from the data beside them."""

from datetime import date
from typing import Any

import pytest
from PIL import Image

from tests.samples.draw import PICTURES, TOO_SMALL, Picture, data, pictures
from tests.samples.paper import LARGEST, fingerprint

ON = date(2026, 11, 23)
USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
KNOWN = data()
DRAWN = {picture.name: picture for picture in pictures()}


def resident_id_digit(body: str) -> str:
    """GB 11643: weights are powers of two modulo 11."""
    total = sum(int(sign) * pow(2, 17 - place, 11) for place, sign in enumerate(body))
    return "10X98765432"[total % 11]


def organisation_digit(body: str) -> str:
    """GB 11714: fixed weights, modulo 11; letters count from A = 10."""
    total = sum(int(sign, 36) * weight for sign, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return "0X987654321"[total % 11]


def uscc_digit(body: str) -> str:
    """GB 32100: weights are powers of three, modulo 31."""
    total = sum(USCC_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return USCC_SIGNS[-total % 31]


@pytest.mark.parametrize("person", KNOWN["people"].values(), ids=list(KNOWN["people"]))
def test_person_is_possible(person: dict[str, Any]):
    number, birth = person["id_number"], person["birth"]
    assert number[-1] == resident_id_digit(number[:-1])
    assert number[6:14] == f"{birth:%Y%m%d}"
    assert ("女", "男")[int(number[16]) % 2] == person["sex"]
    age = ON.year - birth.year - ((ON.month, ON.day) < (birth.month, birth.day))
    assert 28 <= age <= 45
    # Twenty years' validity is given from the age of 26.
    start, end = person["valid_from"], person["valid_to"]
    assert end == start.replace(year=start.year + 20)
    assert start >= birth.replace(year=birth.year + 26)
    assert end > ON


@pytest.mark.parametrize("subject", ["company", "individual_business"])
def test_code_is_well_formed(subject: str):
    code = KNOWN["subjects"][subject]["uscc"]
    assert code[16] == organisation_digit(code[8:16])
    assert code[17] == uscc_digit(code[:17])


def test_people_do_not_share_numbers():
    for field in ("id_number", "mobile", "email"):
        values = [person[field] for person in KNOWN["people"].values()]
        assert len(set(values)) == len(values)
    phones = [
        person[field] for person in KNOWN["people"].values() for field in ("mobile", "emergency_contact")
    ]
    assert len(set(phones)) == len(phones)


def test_subjects_know_their_people():
    for subject in KNOWN["subjects"].values():
        assert {subject["principal"], subject["contact"]} <= set(KNOWN["people"])
        assert subject["certificate_address"].endswith(subject["address"])
        assert not subject["address"].startswith(subject["province"])


def test_folder_holds_these_pictures_and_no_others():
    assert {file.name for file in PICTURES.glob("*.jpg")} == set(DRAWN)


@pytest.mark.parametrize("picture", DRAWN.values(), ids=list(DRAWN))
def test_picture_shows_the_data(picture: Picture):
    file = PICTURES / picture.name
    with Image.open(file) as image:
        assert image.format == "JPEG"
        assert image.info["comment"] == fingerprint(picture.sheet.texts), "run python -m tests.samples.draw"
        size = image.size
    if picture.size:
        assert size == TOO_SMALL
        return
    assert max(size) >= 1280
    assert min(size) >= 720
    assert 100_000 <= file.stat().st_size <= LARGEST
    assert file.stat().st_size <= 200 * 1024


def test_drawing_twice_gives_the_same_bytes(tmp_path):
    picture = next(iter(DRAWN.values()))
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        picture.sheet.save(tmp_path / name / picture.name)
    assert (tmp_path / "a" / picture.name).read_bytes() == (tmp_path / "b" / picture.name).read_bytes()
