"""Names of exported files: such as every system takes, whatever the case and its attachments are called."""

import re
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packet import cases
from wizard.draft import Draft, load
from wizard.packet.names import LONGEST, extension, file_name, piece
from wizard.packet.output import export

WINDOWS = set('<>:"/\\|?*') | {chr(number) for number in range(32)}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "office").mkdir()
    return tmp_path / "office"


@pytest.mark.parametrize("name", ["out", "out.pdf"])
def test_hostile_names(tmp_path: Path, place: Path, name: str):
    for number, hostile in enumerate(cases.HOSTILE if name == "out" else cases.HOSTILE[::5]):
        exported = export(cases.hostile(tmp_path, hostile), place / f"{number}{name}")
        for path in exported.folder.rglob("*"):
            assert place in path.parents
            assert not WINDOWS & set(path.name)
            assert len(path.name) <= LONGEST
        if name == "out":
            load(exported.paths[3])


NAMES = [
    *("CON.jpg", "con", "NUL.txt", "COM1.png", "LPT9", "CLOCK$", "desktop.ini", ".gitignore", "-rf", "~"),
    *("a:b", "a:$DATA", "a*b?", "a<b>|c", 'a"b', "trailing. ", "trailing.", " lead", "a\nb", "\u202egnp.exe"),
    *(
        "长" * 86 + ".pdf",
        "长" * 300,
        "a" * 260,
        "😀" * 70,
        "e\u0301.jpg",
        "%2e%2e%2f",
        "ａ／ｂ",
        "．．",
        "a\0b",
    ),
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_hostile_file_names(tmp_path: Path, place: Path, name: str):
    """What is attached under such a name is exported under a tame one, as far as there can be such a file."""
    with suppress(OSError, ValueError):
        (tmp_path / name).write_bytes(cases.jpeg((900, 640), "#a51d2d"))
    composed = unicodedata.normalize("NFC", name)
    paths = {"subject.certificate_photo": (name,), "subject.residence_permit": (name, composed.upper())}
    answers = {**cases.FULL, "subject.name": name, "mini_program.name": name}
    exported = export(cases.frozen(Draft(answers, paths, folder=tmp_path)), place / "out")
    for folder in (place / "out", *(path for path in exported.folder.rglob("*") if path.is_dir())):
        names = [path.name for path in folder.iterdir()]
        assert len({unicodedata.normalize("NFC", each).casefold() for each in names}) == len(names)
        for each in names:
            assert not WINDOWS & set(each)
            assert len(each) <= LONGEST
            assert each == each.strip(" .") == unicodedata.normalize("NFC", each)
            assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9]|clock\$)(\..*)?", each)


@given(st.lists(st.text(), min_size=1, max_size=4), st.sampled_from([".pdf", ".jpg", ""]))
def test_file_names(texts: list[str], ending: str):
    name = file_name(["材料包", *(piece(text) for text in texts)], ending)
    assert 0 < len(name) <= LONGEST
    assert len(name.encode("utf-8")) <= 255
    assert not WINDOWS & set(name)
    assert name.endswith(ending)
    assert name == name.strip(" .")
    assert "未命名" in name or any(piece(text) != "未命名" for text in texts)


def test_pieces_of_names():
    assert piece("北京绿柠檬<科技>有限公司") == "北京绿柠檬_科技_有限公司"
    assert piece("../../etc/passwd") == "etc_passwd"
    assert piece(" . ") == "未命名"
    assert piece("\u202egpj.exe\ud83d") == "gpj.exe"
    assert extension("a.JPG") == ".jpg"
    assert extension("a.b/c?") == ""
