"""What a long piece of work is given by whoever wants it: whom to tell how far it is, and whether to stop."""

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Told how much is done, of how much, and what is at work, in words for the person."""


class Cancelled(Exception):
    """The person stopped it; nothing was written."""


def silent(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""


def never() -> bool:
    """Nobody cancels."""
    return False
