"""Free text and names: cleaned of what cannot be seen, then judged by length and characters."""

import re
import unicodedata

from wizard.problem import Problem, Verdict

_INVISIBLE = dict.fromkeys(
    (
        *(0xAD, 0x61C, 0x180E, 0xFE0E, 0xFE0F, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2064),
        *range(0x2066, 0x206A),
    )
)
_DOTS = "•・‧∙⋅●．.•･"
_NAME_MARKS = "·-'’ "
_PROGRAM_MARKS = " -+&."
_DOMAIN = re.compile(
    r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|top|vip|xyz|shop|cc|io|gov|edu|info|wang|club)",
    re.I,
)


def clean(text: str) -> str:
    """`text` on one line, without outer blanks and characters that cannot be seen."""
    return " ".join(text.translate(_INVISIBLE).split())


def clean_lines(text: str) -> str:
    """The same, with line breaks kept."""
    lines = (" ".join(line.split()) for line in text.translate(_INVISIBLE).splitlines())
    return "\n".join(lines).strip("\n")


def is_han(char: str) -> bool:
    """Whether `char` is a Chinese character of any plane, 〇 included."""
    point = ord(char)
    return (
        0x4E00 <= point <= 0x9FFF
        or 0x3400 <= point <= 0x4DBF
        or 0x20000 <= point <= 0x3FFFF
        or 0xF900 <= point <= 0xFAFF
        or char == "〇"
    )


def judge_text(text: str, least: int, most: int) -> tuple[Problem, ...]:
    """Whether `text` has `least` to `most` characters and none that cannot be printed."""
    for position, char in enumerate(text, 1) if not text.isprintable() else ():
        if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn"):
            return (Problem("BAD_CHAR", position),)
    if len(text) < least:
        return (Problem("TOO_SHORT", values={"least": least, "now": len(text)}),)
    if len(text) > most:
        return (Problem("TOO_LONG", values={"most": most, "now": len(text), "over": len(text) - most}),)
    return ()


def judge_organisation(text: str) -> Verdict:
    """A 主体名称: the whole name on the certificate, not a number or a domain (MIIT 填报要求)."""
    if problems := judge_text(text, 2, 100):
        return Verdict(text, problems)
    if not any(is_han(c) or c.isalpha() for c in text):
        return Verdict(text, (Problem("ONLY_DIGITS"),))
    if _DOMAIN.fullmatch(text):
        return Verdict(text, (Problem("IS_DOMAIN"),))
    return Verdict(text)


def judge_person(text: str) -> Verdict:
    """A person's name as on the certificate: Chinese or Latin letters, ·, blanks inside."""
    if problems := judge_text(text, 2, 60):
        return Verdict(text, problems)
    for position, char in enumerate(text, 1):
        if char in _DOTS:
            repaired = "".join("·" if c in _DOTS else c for c in text)
            if is_han(text[0]):
                return Verdict(text, doubts=(Problem("DOT", position, suggestion=repaired),))
        elif not (is_han(char) or char in _NAME_MARKS or unicodedata.category(char)[0] in "LM"):
            return Verdict(text, (Problem("BAD_NAME_CHAR", position, {"char": char}),))
    return Verdict(text)


def program_name_length(text: str) -> int:
    """The length of a 小程序名称 as the platform counts it: a Chinese character is 2, any other 1."""
    return sum(2 if ord(c) > 0xFF else 1 for c in text)


def judge_program(text: str) -> Verdict:
    """A 小程序名称: 4–30 units; Chinese, letters, digits, blank and - + & . (微信开放文档)."""
    if problems := judge_text(text, 1, 60):
        return Verdict(text, problems)
    length = program_name_length(text)
    if length < 4:
        return Verdict(text, (Problem("TOO_SHORT", values={"now": length}),))
    if length > 30:
        return Verdict(text, (Problem("TOO_LONG", values={"now": length, "over": length - 30}),))
    for position, char in enumerate(text, 1):
        if not (is_han(char) or char in _PROGRAM_MARKS or unicodedata.category(char)[0] in "LN"):
            problem = Problem("BAD_NAME_CHAR", position, {"char": char})
            symbol = unicodedata.category(char)[0] == "S"
            return Verdict(text, (problem,)) if symbol else Verdict(text, doubts=(problem,))
    return Verdict(text)
