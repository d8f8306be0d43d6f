"""The keys: a random data key, wrapped by a passphrase, a recovery key, or what the system's store holds.

Argon2id (64 MiB, 3 rounds, 4 lanes; RFC 9106) makes a key of a passphrase; what is random already goes
through HKDF-SHA256. AES-256-GCM wraps the data key, bound to the library and to the way it was wrapped.
"""

import json
import os
import unicodedata
from dataclasses import asdict, dataclass
from typing import Final, Literal

from wizard.library.wipe import wipe

Kind = Literal["passphrase", "recovery", "key_store"]
_COST: Final = {"memory_kib": 65536, "rounds": 3, "lanes": 4}
_BOUNDS: Final = {"memory_kib": (8192, 1 << 20), "rounds": (1, 10), "lanes": (1, 8)}


@dataclass(frozen=True, slots=True)
class Wrap:
    """The data key as one secret can open it; bytes are hexadecimal."""

    kind: Kind
    salt: str
    nonce: str
    sealed: str
    memory_kib: int = 0
    rounds: int = 0
    lanes: int = 0


def new_key() -> bytes:
    """A random 256-bit key."""
    return os.urandom(32)


def wrap(kind: Kind, secret: bytes, key: bytes, library: str, salt: str = "") -> Wrap:
    """`key` wrapped so that `secret` opens it, for the library of that id; `salt` is 16 random bytes."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    empty = Wrap(kind, salt or os.urandom(16).hex(), os.urandom(12).hex(), "", **_cost(kind))
    lock = _lock(empty, secret)
    sealed = AESGCM(lock).encrypt(bytes.fromhex(empty.nonce), key, _bound(empty, library))
    wipe(lock)
    return Wrap(**{**asdict(empty), "sealed": sealed.hex()})


def unwrap(wrapped: Wrap, secret: bytes, library: str) -> bytes | None:
    """The data key; None where the secret is another."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    lock = _lock(wrapped, secret)
    try:
        return AESGCM(lock).decrypt(
            bytes.fromhex(wrapped.nonce), bytes.fromhex(wrapped.sealed), _bound(wrapped, library)
        )
    except InvalidTag:
        return None
    finally:
        wipe(lock)


def secret_of(passphrase: str) -> bytes:
    """A passphrase as bytes: full width and half width are the same, as an input method may give either."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def sound(wrapped: Wrap) -> bool:
    """Whether the settings are such that opening it cannot be made to eat all memory."""
    if wrapped.kind not in ("passphrase", "recovery", "key_store"):
        return False
    if wrapped.kind != "passphrase":
        return True
    return all(low <= getattr(wrapped, name) <= high for name, (low, high) in _BOUNDS.items())


def _cost(kind: Kind) -> dict[str, int]:
    return dict(_COST) if kind == "passphrase" else {}


def _lock(wrapped: Wrap, secret: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    salt = bytes.fromhex(wrapped.salt)
    if wrapped.kind == "passphrase":
        return Argon2id(
            salt=salt,
            length=32,
            iterations=wrapped.rounds,
            lanes=wrapped.lanes,
            memory_cost=wrapped.memory_kib,
        ).derive(secret)
    info = f"beian-library {wrapped.kind}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(secret)


def _bound(wrapped: Wrap, library: str) -> bytes:
    fixed = {**asdict(wrapped), "sealed": "", "library": library}
    return json.dumps(fixed, sort_keys=True).encode()
