"""The recovery key: 140 random bits, printed as seven groups of five with a check character in each.

No 0, 1, I or O. The check character of a group is a weighted sum, so that a miscopied character, or groups
that changed places, are told with the number of the group.
"""

import secrets
from typing import Final

from wizard.library.problems import WrongRecoveryKey

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS: Final = 7
_WEIGHTS = (1, 3, 5, 7)
_FULL_WIDTH = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)}


def new_recovery_key() -> str:
    """A new key, such as ``ABCDE-FGHJK-…``."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in _WEIGHTS) for _ in range(GROUPS))
    return "-".join(group + _check(group, number) for number, group in enumerate(groups))


def read_recovery_key(text: str) -> bytes:
    """The secret behind a key as somebody typed it: blanks, dashes, width and case do not count.

    Raises:
        WrongRecoveryKey: it has another length, or a group is miscopied; the text says which.
    """
    plain = "".join(char for char in text.translate(_FULL_WIDTH).upper() if char.isalnum())
    if len(plain) != GROUPS * 5:
        raise WrongRecoveryKey(
            f"恢复密钥有 {GROUPS} 组、每组 5 位，现在是 {len(plain)} 位，对照打印的那张纸补齐"
        )
    for number in range(GROUPS):
        group = plain[number * 5 : number * 5 + 5]
        if set(group) - set(ALPHABET) or _check(group[:4], number) != group[4]:
            raise WrongRecoveryKey(f"恢复密钥第 {number + 1} 组抄错了，对照打印的那张纸改这一组")
    return plain.encode()


def _check(group: str, number: int) -> str:
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(group, _WEIGHTS, strict=True))
    return ALPHABET[(total + 11 * number) % len(ALPHABET)]
