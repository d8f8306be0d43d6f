"""The check characters of the national codes. All take digits and letters already known to be allowed."""

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_VALUES = {char: value for value, char in enumerate(USCC_ALPHABET)}
_USCC_WEIGHTS = tuple(3**place % 31 for place in range(17))
_ORG_VALUES = {char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS = {char: value for value, char in enumerate("0123456789")}


def uscc(body: str) -> str:
    """The 18th character of a 统一社会信用代码 (GB 32100-2015: weights 3^i, modulus 31)."""
    values = _USCC_VALUES
    total = sum([values[char] * weight for char, weight in zip(body, _USCC_WEIGHTS, strict=False)])
    return USCC_ALPHABET[-total % 31]


def organisation(body: str) -> str:
    """The 9th character of an 组织机构代码 (GB 11714-1997: modulus 11; 10 is X)."""
    values = _ORG_VALUES
    total = sum([values[char] * weight for char, weight in zip(body, _ORG_WEIGHTS, strict=False)])
    return "0123456789X"[-total % 11]


def resident(body: str) -> str:
    """The 18th character of a 公民身份号码 (GB 11643-1999, ISO 7064 MOD 11-2)."""
    values = _DIGITS
    total = sum([values[char] * weight for char, weight in zip(body, _ID_WEIGHTS, strict=False)])
    return "10X98765432"[total % 11]


def licence(body: str) -> str:
    """The 15th digit of an old 工商注册号 (GS 15-2006, ISO 7064 MOD 11,10)."""
    product = 10
    for char in body:
        product = ((product + _DIGITS[char]) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)
