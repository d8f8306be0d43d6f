"""What a person opens a library with, and the data keys that it gives."""

from dataclasses import dataclass
from typing import Literal

from wizard.library import key_store
from wizard.library.key import Kind, secret_of
from wizard.library.key_file import KeyFile
from wizard.library.problems import NoKeyStore, WrongPassphrase, WrongRecoveryKey
from wizard.library.recovery_key import read_recovery_key


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """One of three: a passphrase, a recovery key, or the system's key store. Never shown by `repr`."""

    kind: Kind
    text: str = ""

    def keys(self, header: KeyFile) -> list[bytes]:
        """The data keys that it opens in a key file; none where it is wrong.

        Raises:
            NoKeyStore: the store does not hold it.
            WrongRecoveryKey: the recovery key is miscopied.
        """
        if self.kind == "passphrase":
            return header.keys("passphrase", secret_of(self.text))
        if self.kind == "recovery":
            return header.keys("recovery", read_recovery_key(self.text))
        entries = {
            entry_of(header, one.salt) for slot in header.slots for one in slot if one.kind == "key_store"
        }
        found: list[bytes] = []
        for entry in entries:
            found += header.keys("key_store", key_store.fetch(entry))
        return found

    def wrong(self, wait: int = 0) -> WrongPassphrase | WrongRecoveryKey | NoKeyStore:
        """The problem to raise where it opened nothing."""
        after = f"，{wait} 秒后再试" if wait else ""
        if self.kind == "passphrase":
            return WrongPassphrase(f"口令不正确{after}；忘了口令可以用打印的恢复密钥", wait)
        if self.kind == "recovery":
            return WrongRecoveryKey(f"这张恢复密钥不是这个客户库的{after}，检查是不是拿错了纸", wait)
        return NoKeyStore("系统钥匙串里的钥匙打不开这个客户库，用口令或恢复密钥打开；打开后可以重新记住")


def entry_of(header: KeyFile, salt: str) -> str:
    """The name under which the key store keeps a secret: another for each secret of a library."""
    return f"{header.library}-{salt[:8]}"


def given(
    passphrase: str | None = None, recovery_key: str | None = None, from_key_store: bool = False
) -> Secret:
    """The one of the three that was given.

    Raises:
        ValueError: none, or more than one.
    """
    ways: list[tuple[bool, Literal["passphrase", "recovery", "key_store"], str]] = [
        (passphrase is not None, "passphrase", passphrase or ""),
        (recovery_key is not None, "recovery", recovery_key or ""),
        (from_key_store, "key_store", ""),
    ]
    chosen = [Secret(kind, text) for wanted, kind, text in ways if wanted]
    if len(chosen) != 1:
        raise ValueError("give one of passphrase, recovery_key, from_key_store")
    return chosen[0]
