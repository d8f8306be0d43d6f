"""Overwriting a key in memory once nobody needs it.

What is overwritten: the data key, its hexadecimal form in the PRAGMA, the keys that wrapped it. SQLCipher
clears what it held itself when a connection is closed. What is not: a passphrase or recovery key as it was
typed (Qt and Python copy texts as they like), the keys of backups made before a new data key, and what the
system wrote to a swap or hibernation file.
"""

import ctypes
import sys


def wipe(*held: bytes | str) -> None:
    """Overwrite these in place with zeros, texts of plain ASCII only. Nobody may use them afterwards.

    Python knows no such thing for what it calls immutable: this writes where CPython keeps the content, and
    does nothing under another Python. Never give it a literal, or anything that others hold too.
    """
    if sys.implementation.name != "cpython":
        return
    for one in held:
        if len(one) > 1 and (
            isinstance(one, bytes) or one.isascii()
        ):  # shorter ones are shared by all of Python
            ctypes.memset(id(one) + sys.getsizeof(one) - len(one) - 1, 0, len(one))


def copy_of(key: bytes) -> bytes:
    """The same key in memory of its own."""
    return bytes(bytearray(key))
