"""What people mistype: letters that look like digits, and one kind of number put where another belongs."""

import re
from collections.abc import Callable, Collection

from wizard.numbers import check_digits
from wizard.problem import Problem

DIGIT_FOR = {"O": "0", "I": "1", "L": "1", "Z": "2", "S": "5"}
_TWINS = DIGIT_FOR | dict(
    zip("olizs×✕хХΧχ*АВСЕНКМОРТΑΒΕΗΚΜΟΡΤΥ", "01125XXXXXXXABCEHKM0PTABEHKM0PTY", strict=True)
)


def shown(char: str) -> str:
    """A character as it can stand in a sentence."""
    return char if char.isprintable() and not char.isspace() else f"U+{ord(char):04X}"


def wrong_character(
    text: str,
    bad: Collection[int],
    passes: Callable[[str], bool],
    letters: dict[str, str],
    length: int | None = None,
) -> Problem:
    """The problem of a text that has characters which cannot stand there, at the places `bad` (from 0).

    It is LOOKALIKE where all of them are in `letters`, each with what it looks like, and the text has its
    proper `length`; else BAD_CHAR. The repaired text is suggested if it passes.
    """
    first = min(bad)
    char = text[first]
    repaired = "".join(
        letters.get(one, _TWINS.get(one, one)) if n in bad else one for n, one in enumerate(text)
    )
    suggestion = repaired if len(bad) <= 8 and repaired != text and passes(repaired) else None
    if all(text[place] in letters for place in bad) and length in (None, len(text)):
        likely = letters[char]
        likely = f"数字 {likely}" if likely in "0123456789" else f"字母 {likely}"
        return Problem("LOOKALIKE", first + 1, {"char": char, "likely": likely}, suggestion)
    return Problem("BAD_CHAR", first + 1, {"char": shown(char), "hint": hint(text)}, suggestion)


_SHAPES: tuple[tuple[str, str], ...] = (
    ("原始 ID", r"gh_[0-9a-f]{12}"),
    ("AppID", r"wx[0-9a-f]{16}"),
    ("电子邮箱", r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}"),
    ("网址", r"https?://.+|www\..+"),
    ("ICP 备案号", r".ICP备[0-9]{6,10}号.*"),
    ("增值电信业务经营许可证号", r".[AB][12]-[0-9]{8}.*|.ICP证[0-9]+号?.*"),
    ("公安备案号", r".公网安备.*"),
    ("手机号码", r"(?:\+?86)?1[3-9][0-9]{9}"),
    ("400 电话", r"[48]00-?[0-9]{3}-?[0-9]{4}"),
    ("固定电话", r"0[0-9]{2,3}-?[2-9][0-9]{6,7}"),
    ("港澳居民来往内地通行证号", r"[HM][0-9]{8}(?:[0-9]{2})?"),
    ("外国人永久居留身份证号", r"[A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X]"),
    ("15 位的旧号码（旧注册号或旧身份证号）", r"[0-9]{15}"),
)
_COMPILED: list[tuple[str, re.Pattern[str]]] = []


def kind_of(text: str) -> str:
    """What sort of number `text` looks like, in Chinese; empty where it looks like none."""
    if len(text) > 60:
        return ""
    if re.fullmatch(r"[0-9]{17}[0-9X]", text) and text[17] == check_digits.resident(text[:17]):
        if text[:6] in ("810000", "820000", "830000"):
            return "港澳台居民居住证号"
        return "外国人永久居留身份证号" if text[0] == "9" else "居民身份证号"
    if re.fullmatch(r"[0-9A-HJ-NP-RTUWXY]{18}", text) and text[17] == check_digits.uscc(text[:17]):
        return "统一社会信用代码"
    if re.fullmatch(r"[0-9A-Z]{8}-?[0-9X]", text) and text[-1] == check_digits.organisation(text[:8]):
        return "组织机构代码"
    if not _COMPILED:
        _COMPILED.extend((label, re.compile(shape)) for label, shape in _SHAPES)
    return next((label for label, shape in _COMPILED if shape.fullmatch(text)), "")


def hint(text: str, but: str = "") -> str:
    """“，像是手机号码” to end a sentence with, or nothing; `but` is the kind that was asked for."""
    label = kind_of(text)
    if not label or label == but:
        return ""
    return f"，像是{' ' if label[0].isascii() else ''}{label}"


def digits_repaired(text: str, shape: re.Pattern[str], start: int = 0) -> str | None:
    """`text` with digits for the letters after `start` that look like them, if that has the shape."""
    if len(text) > 60:
        return None
    repaired = text[:start] + "".join(_TWINS.get(char, char) for char in text[start:])
    return repaired if repaired != text and shape.fullmatch(repaired) else None
