"""What of a draft can be found: the words that are indexed, and the numbers that only their hash finds."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from wizard.draft import Draft

NAMES: Final = (
    "subject.name",
    "subject.legal_person_name",
    "principal.name",
    "contact.name",
    "mini_program.name",
)
CODES: Final = (
    "subject.certificate_number",
    "subject.record_number",
    "mini_program.appid",
    "mini_program.original_id",
    "progress.subject_icp_number",
    "progress.service_icp_number",
)
PRIVATE: Final = (
    "subject.certificate_number",
    "subject.legal_person_certificate_number",
    *(
        f"{role}.{name}"
        for role in ("principal", "contact")
        for name in ("certificate_number", "mobile", "emergency_contact", "email")
    ),
)
"""Fields whose number is kept as a keyed hash, so that the whole number finds the case."""

END: Final = "\n\n"
"""After the last word: the index holds pieces of three characters, and one is to begin with each of ours."""

_PRIVATE_LOOK: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:[1-9][0-9]{16}[0-9Xx]|[1-9][0-9]{14}|1[3-9][0-9]{9})(?![0-9A-Za-z])"
)
_SEPARATORS = dict.fromkeys(map(ord, " -_.·—–\u3000\t()（）"))


def fold(text: str) -> str:
    """Text as it is compared: width, case and blanks at the ends do not count."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def indexed(draft: Draft) -> str:
    """The words by which a case is found: names and codes, and never an ID or phone number.

    A text that looks like one is left out wherever it was typed, a certificate number that is a person's too.
    """
    words = [_PRIVATE_LOOK.sub(" ", fold(draft.text(field))) for field in NAMES]
    words += [_code(draft.text(field)) for field in CODES]
    return "\n".join(dict.fromkeys(word for word in map(str.strip, words) if word)) + END


def _code(code: str) -> str:
    """A code as it is indexed: one that may be a person's number not at all, unless it is a credit code."""
    from wizard.library.clock import today
    from wizard.numbers import kind

    plain = compact(code)
    if kind("uscc").is_valid(plain, today()) and not kind("ric").is_valid(plain, today()):
        return plain.casefold()
    return _PRIVATE_LOOK.sub(" ", fold(code)).strip()


def compact(number: str) -> str:
    """A number as it is compared: without what only groups it."""
    return unicodedata.normalize("NFKC", number).translate(_SEPARATORS).upper()


def hash_of(number: str, key: bytes) -> bytes:
    """The keyed hash of a number, the same however it was grouped."""
    return hmac.new(key, compact(number).encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def numbers(draft: Draft, key: bytes) -> Iterator[tuple[bytes, str]]:
    """The hash of each private number of a draft, with its field."""
    for field in PRIVATE:
        if len(compact(draft.text(field))) >= 5:
            yield hash_of(draft.text(field), key), field


def mask(number: str) -> str:
    """A number as it may be shown: 110101********8891, 138****8000."""
    plain = compact(number)
    if len(plain) >= 15:
        return f"{plain[:6]}{'*' * (len(plain) - 10)}{plain[-4:]}"
    if len(plain) >= 7:
        return f"{plain[:3]}{'*' * (len(plain) - 7)}{plain[-4:]}"
    return "*" * len(plain)
