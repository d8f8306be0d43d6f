"""How hard a passphrase is to guess, in plain words: a rough count that flatters nobody."""

import math
import string
from typing import Final, NamedTuple

_COMMON: Final = (
    "password", "qwerty", "abc123", "123456", "111111", "888888", "666666", "admin", "iloveyou", "woaini",
    "beian", "备案", "weixin",
)  # fmt: skip
_CLASSES: Final = (
    (string.digits, 10),
    (string.ascii_lowercase, 26),
    (string.ascii_uppercase, 26),
    (string.punctuation + " ", 33),
)
_CHINESE: Final = 2500
WEAK, FAIR = 40.0, 60.0
"""Bits below which a passphrase is called weak, and fair."""


class Hint(NamedTuple):
    """`tone` is a key of `style.COLOURS`."""

    words: str
    tone: str


def bits(passphrase: str) -> float:
    """A rough count of the bits in a passphrase: repeated characters, runs and common words count little."""
    text = passphrase.casefold()
    for word in _COMMON:
        text = text.replace(word, word[:1])
    counted = sum(
        1.0 if number == 0 or abs(ord(char) - ord(text[number - 1])) > 1 else 0.25
        for number, char in enumerate(text)
    )
    alphabet = sum(size for chars, size in _CLASSES if set(chars) & set(passphrase))
    alphabet += _CHINESE if any(ord(char) > 127 for char in passphrase) else 0
    return counted * math.log2(max(alphabet, 2))


def hint(passphrase: str) -> Hint:
    """What to say under the passphrase as it stands."""
    if not passphrase:
        return Hint("几个不相干的词连起来，好记又难猜，例如四个词", "note")
    found = bits(passphrase)
    if found < WEAK:
        return Hint("太容易猜到：再加几个字，或换成几个不相干的词", "error")
    if found < FAIR:
        return Hint("还可以，再长一点更稳妥", "warning")
    return Hint("够强", "ok")
