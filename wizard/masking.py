"""Private values as lists, titles and sentences may show them: enough to recognise, not enough to use.

Lengths follow the display rules of GB/T 35273-2020 as they are commonly applied: a resident ID keeps 6 and 4
characters, a mobile number 3 and 4, a name its first character.
"""

import re

_STREET = re.compile(r"^.*?[路街道巷弄镇乡村]")
_RIC = r"[1-9]\d{5}(?:18|19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx]"
_MOBILE = r"1[3-9]\d{9}"
_WITHIN = re.compile(rf"(?<![0-9A-Za-z])(?:{_RIC}|{_MOBILE})(?![0-9A-Za-z])")


def masked(text: str) -> str:
    """A telephone number, a certificate number, an e-mail address or an address with what tells covered.

    13800005678 becomes 138****5678, a resident ID 110115********1234, a@b.cn a***@b.cn, an address ends
    after its street.
    """
    name, at, host = text.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    if not text.isascii():
        street = _STREET.match(text)
        return f"{street.group() if street else text[:2]}***" if len(text) > 2 else f"{text[:1]}*"
    plain = text.replace(" ", "")
    head, tail = {18: (6, 4), 15: (6, 3), 11: (3, 4)}.get(len(plain), (4, 2) if len(plain) < 10 else (3, 4))
    if len(plain) <= head + tail:
        return f"{plain[:1]}***" if plain else ""
    hidden = "".join("-" if char == "-" else "*" for char in plain[head:-tail])
    return f"{plain[:head]}{hidden}{plain[-tail:]}"


def masked_name(name: str) -> str:
    """A person's name but for its first character: 张三 becomes 张*."""
    return name[:1] + "*" * (len(name) - 1) if len(name) > 1 else name


def masked_within(text: str, names: tuple[str, ...] = ()) -> str:
    """A text with the resident IDs, the mobile numbers and the given persons' `names` in it covered."""
    for name in sorted(set(names), key=len, reverse=True):
        if len(name) > 1:
            text = text.replace(name, masked_name(name))
    return _WITHIN.sub(lambda found: masked(found.group()), text)
