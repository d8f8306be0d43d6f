"""Which cases of the library a command is about: the list, their states, tags and deadline, a text."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wizard.command_line.program import day
from wizard.files import FileProblem

if TYPE_CHECKING:
    from wizard.library.records import Query


def add_filters(parser: argparse.ArgumentParser, lists: Sequence[str]) -> None:
    """Declare the filters; `lists` are those that may be looked at."""
    parser.add_argument("--where", choices=lists, default="open", help="哪个列表")
    parser.add_argument("--state", action="append", default=[], metavar="状态", help="办理状态，可以写几次")
    parser.add_argument("--tag", action="append", default=[], metavar="标签", help="标签，写几次就要都有")
    parser.add_argument("--due-by", type=day, metavar="日期", help="期限在这一天以前的")


def query_of(args: argparse.Namespace, text: str) -> "Query":
    """The cases that the filters let through, and in which `text` occurs.

    Raises:
        FileProblem: a state is none.
    """
    from wizard.library.records import STATES, Query

    words = {word: state for state, word in STATES.items()}
    states = tuple(words.get(state, state) for state in args.state)
    if unknown := [state for state in states if state not in STATES]:
        raise FileProblem(f"没有“{unknown[0][:20]}”这个状态，可用的有：{'、'.join(STATES.values())}")
    return Query(text, where=args.where, states=states, tags=tuple(args.tag), due_by=args.due_by)
