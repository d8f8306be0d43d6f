"""What is looked for: given as an argument, or by a line of standard input, where it leaves no trace."""

import sys


def typed(text: str) -> str:
    """The text of an argument; that of the next line of standard input where it is a single hyphen."""
    return sys.stdin.readline().strip() if text == "-" else text
