"""Whatever the window can show is in the fonts that come with it: on a bare machine nothing is a box."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QRawFont

from wizard.resource_files import RESOURCES, path

ROOT = RESOURCES.parent


@pytest.fixture(scope="module")
def fonts(qapp):
    return [QRawFont(str(path("fonts", f"{name}.ttf")), 14) for name in ("NotoSansSC-Regular", "HanaMinB")]


def literals(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def texts() -> Iterator[tuple[str, str]]:
    for file in (*ROOT.glob("ui/*.py"), *ROOT.glob("wizard/sections/*.py")):
        yield from ((file.name, text) for text in literals(file))
    for file in RESOURCES.rglob("*.toml"):
        yield file.name, str(tomllib.loads(file.read_text(encoding="utf-8")))
    yield "districts.csv", (RESOURCES / "districts.csv").read_text(encoding="utf-8")


def test_every_character_the_program_says_has_a_glyph(fonts):
    missing = {
        (char, f"U+{ord(char):04X}", source)
        for source, text in texts()
        for char in set(text)
        if char.isprintable() and not any(font.supportsCharacter(ord(char)) for font in fonts)
    }
    assert missing == set()
