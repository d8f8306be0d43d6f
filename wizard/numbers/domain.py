"""Domain names (RFC 1123, RFC 5890): labels of letters, digits and inner hyphens, Chinese ones as xn--….

Chinese labels are encoded by `idna` without its compatibility mapping, which would turn ① into 1. Whether the
ending is a public suffix is asked of the list bundled with `tldextract`, offline; an ending it does not know
is a doubt, since the list grows.
"""

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from wizard.numbers import slips
from wizard.numbers.cleaning import dashed
from wizard.problem import Problem, Verdict

if TYPE_CHECKING:
    from tldextract import TLDExtract

_WRONG = re.compile(r"[^0-9a-z-]")
_TOP = re.compile(r"[a-z]{2,63}|xn--[0-9a-z-]+")
_HOST = re.compile(r"(?:[a-z]+://)?(?:[^/@\s]*@)?([^/:?#\s]+)(?::[0-9]+)?(?:[/?#].*)?", re.I | re.A)
# endings so common that the list need not be loaded to know them
COMMON = frozenset(("com", "cn", "net", "org", "top", "vip", "xyz", "cc", "info", "shop", "club", "tech"))
_SECOND = frozenset(("com", "net", "org", "gov", "edu", "ac", "mil"))


@cache
def _suffixes() -> "TLDExtract":
    """The list of public suffixes.

    urllib3, under it, opens a socket while it is imported, to see if there is IPv6: it is told not to ask.
    """
    import socket

    there, socket.has_ipv6 = socket.has_ipv6, False
    try:
        from tldextract import TLDExtract
    finally:
        socket.has_ipv6 = there
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def _encoded(label: str) -> str | None:
    """A label in ASCII; None where it has characters that no domain name may have."""
    if not label.isascii():
        import idna

        try:
            return idna.encode(label).decode("ascii")
        except UnicodeError:
            return None
    if label.startswith("xn--"):
        import idna

        try:
            idna.decode(label)
        except UnicodeError:
            return None
    return label


def _cleaned(text: str) -> str:
    name = dashed(text).replace("\u3002", ".").replace("\uff61", ".").lower()
    return name[:-1] if name.endswith(".") and not name.endswith("..") and name != "." else name


def compact(text: str) -> str:
    """Lower case, in ASCII where the name can be encoded."""
    name = _cleaned(text)
    if name.isascii() or len(name) > 253:
        return name
    labels = [_encoded(label) if label else "" for label in name.split(".")]
    return ".".join(label for label in labels if label is not None) if None not in labels else name


def _wrong_character(name: str) -> Problem | None:
    position = 1
    for label in name.split("."):
        found = _WRONG.search(label)
        if found or (label and _encoded(label) is None):
            place = position + (found.start() if found else 0)
            host = _HOST.fullmatch(name) if len(name) <= 2000 else None
            suggestion = compact(host[1]) if host and host[1] != name else None
            if suggestion and problem_of(suggestion):
                suggestion = None
            values: dict[str, str | int] = {"char": slips.shown(name[place - 1]), "hint": slips.hint(name)}
            return Problem("BAD_CHAR", place, values, suggestion)
        position += len(label) + 1
    return None


def problem_of(name: str) -> Problem | None:
    """What is wrong with a name that `compact` has cleaned."""
    if not name:
        return Problem("EMPTY")
    if len(name) > 253:
        return Problem("BAD_LENGTH", values={"length": len(name)})
    if problem := _wrong_character(name):
        return problem
    position = 1
    labels = name.split(".")
    for label in labels:
        if not 1 <= len(label) <= 63:
            return Problem("LABEL_LENGTH", position, {"length": len(label)})
        if label.startswith("-") or label.endswith("-"):
            return Problem("HYPHEN", position if label[0] == "-" else position + len(label) - 1)
        position += len(label) + 1
    if len(labels) < 2 or not _TOP.fullmatch(labels[-1]):
        address = len(labels) == 4 and "".join(labels).isdigit()
        return Problem("NO_TLD", values={"hint": "，这是 IP 地址" if address else ""})
    return None


def doubts_of(name: str) -> tuple[Problem, ...]:
    """What is doubtful about the ending of a well-formed name."""
    labels = name.split(".")
    if labels[-1] in COMMON and labels[-2] not in _SECOND:
        return ()
    parts = _suffixes()(name)
    if not parts.suffix:
        return (Problem("TLD_UNKNOWN", values={"tld": labels[-1]}),)
    return () if parts.domain else (Problem("ONLY_SUFFIX", values={"suffix": parts.suffix}),)


def validate(text: str, on: date) -> Verdict:
    """Judge characters, hyphens, lengths and the ending."""
    name = compact(text)
    if problem := problem_of(name):
        return Verdict(name, (problem,))
    www = (Problem("WWW", 1, {}, name[4:]),) if name.startswith("www.") and name.count(".") > 1 else ()
    return Verdict(name, (), www + doubts_of(name))


def is_valid(text: str, on: date) -> bool:
    """Whether the name is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """As it is written, in one piece."""
    return compact(text)


def describe(text: str, on: date) -> dict[str, str | int]:
    """The part that is registered, the public suffix, and the name in Chinese."""
    name = compact(text)
    if not is_valid(name, on):
        return {}
    parts = _suffixes()(name)
    known: dict[str, str | int] = {"registered": parts.top_domain_under_public_suffix, "suffix": parts.suffix}
    if "xn--" in name:
        import idna

        known["unicode"] = idna.decode(name)
    return {key: value for key, value in known.items() if value}
