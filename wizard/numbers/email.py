"""E-mail addresses (RFC 5321, RFC 5322): dot-atom, @, domain. Local parts that are not ASCII are refused.

The last word is `email_validator`'s, without asking the network.
"""

import re
from dataclasses import replace
from datetime import date

from wizard.numbers import domain, slips
from wizard.numbers.cleaning import bare
from wizard.problem import Problem, Verdict

_ATOM = r"[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
# a blank within a word may stand for a lost dot; one beside @ or . is only loose writing
_LONGEST = 254
_BLANK_INSIDE = re.compile(r"[0-9A-Za-z_-][^\S\r\n]+[0-9A-Za-z_-]")
_ALLOWED = re.compile(r"[^0-9A-Za-z!#$%&'*+/=?^_`{|}~.-]")


def compact(text: str) -> str:
    """Without blanks and unseen characters; the domain in lower case and ASCII where that is right."""
    address = bare(text)
    local, sign, host = address.rpartition("@")
    if not sign or "@" in local:
        return address
    encoded = domain.compact(host)
    return f"{local}@{encoded}" if domain.problem_of(encoded) is None else address


def _local_problem(local: str) -> Problem | None:
    if _LOCAL.fullmatch(local) and len(local) <= 64:
        return None
    if not local:
        fact = "是空的"
    elif len(local) > 64:
        fact = f"有 {len(local)} 个字符，最多 64 个"
    elif found := _ALLOWED.search(local):
        return Problem("BAD_LOCAL", found.start() + 1, {"fact": f"里有“{slips.shown(local[found.start()])}”"})
    else:
        fact = "里的点不在两个字符之间"
    return Problem("BAD_LOCAL", 1, {"fact": fact})


def _refused(address: str) -> bool:
    """Whether the library refuses what has passed here, such as names that are reserved for tests.

    It is not asked, and so not loaded (25 ms), about a plain host under a common ending: it takes them all.
    """
    host = address.partition("@")[2]
    if host.rpartition(".")[2] in domain.COMMON and "--" not in host and len(address) <= _LONGEST:
        return False
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return True
    return False


def validate(text: str, on: date) -> Verdict:
    """Judge the sign, the part before it and the domain."""
    address = compact(text)
    if not address:
        return Verdict(address, (Problem("EMPTY"),))
    if address.count("@") != 1:
        values: dict[str, str | int] = {"count": address.count("@"), "hint": slips.hint(address)}
        return Verdict(address, (Problem("AT_SIGN", values=values),))
    local, _, host = address.partition("@")
    problems = [problem] if (problem := _local_problem(local)) else []
    if wrong := domain.problem_of(domain.compact(host)):
        place = len(local) + 2
        problems += [Problem("BAD_DOMAIN", place, {"domain": host[:60]}), replace(wrong, suggestion=None)]
    if not problems and _refused(address):
        problems = [Problem("BAD_DOMAIN", len(local) + 2, {"domain": host[:60]})]
    doubts = [one for one in (() if problems else domain.doubts_of(host)) if one.code == "TLD_UNKNOWN"]
    if _BLANK_INSIDE.search(text):
        doubts.append(Problem("BLANK_REMOVED"))
    return Verdict(address, tuple(problems), tuple(doubts))


def is_valid(text: str, on: date) -> bool:
    """Whether the address is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """As it is written, in one piece."""
    return compact(text)


def describe(text: str, on: date) -> dict[str, str | int]:
    """The domain of the address."""
    address = compact(text)
    return {"domain": address.partition("@")[2]} if is_valid(address, on) else {}
