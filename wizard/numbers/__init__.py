"""The identifiers of a filing, one module per kind, all of one shape.

Nothing heavy is imported here: a kind's module is loaded when it is first asked for, its lists when it
first judges.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from wizard.problem import Verdict

KINDS: tuple[str, ...] = (
    "uscc",
    "org_code",
    "licence15",
    "ric",
    "ric15",
    "hmt_residence",
    "foreign_pr",
    "hm_permit",
    "tw_permit",
    "passport",
    "officer",
    "mobile",
    "landline",
    "service400",
    "email",
    "domain",
    "appid",
    "original_id",
    "icp",
    "division",
    "postcode",
)


class Kind(Protocol):
    """What every module of this package offers."""

    def compact(self, text: str) -> str:
        """The text cleaned of what does not count; cleaning twice changes nothing more."""

    def validate(self, text: str, on: date) -> Verdict:
        """The verdict as of the day `on`. Any text may be given; nothing is raised."""

    def is_valid(self, text: str, on: date) -> bool:
        """Whether the text is well-formed (格式正确)."""

    def format(self, text: str) -> str:
        """The number grouped for the eye; compacting it gives the plain one back."""

    def describe(self, text: str, on: date) -> Mapping[str, str | int]:
        """What a well-formed number says by itself, in Chinese; empty for one that is not."""


@cache
def kind(name: str) -> Kind:
    """The module of that kind.

    Raises:
        KeyError: there is no such kind.
    """
    if name not in KINDS:
        raise KeyError(name)
    return cast(Kind, import_module(f"wizard.numbers.{name}"))
