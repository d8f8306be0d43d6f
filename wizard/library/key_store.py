"""The key store of the system (凭据管理器, 钥匙串, Secret Service), holding a secret that opens a library."""

import os
from typing import Any, Final

from wizard.library.problems import NoKeyStore

SERVICE: Final = "beian-assistant"
_PLAIN = ("keyrings.alt", "keyring.backends.fail", "keyring.backends.null")
_WHY = "这台电脑的系统钥匙串用不了，改用口令打开；没有口令就用打印的恢复密钥"


def available() -> bool:
    """Whether the system has a key store that keeps secrets as secrets."""
    try:
        _store()
    except NoKeyStore:
        return False
    return True


def keep(entry: str) -> bytes:
    """Put a new random secret under the name `entry` into the store, and give it back.

    Raises:
        NoKeyStore: there is none, or it refused.
    """
    secret = os.urandom(32)
    _ask("set_password", entry, secret.hex())
    if fetch(entry) != secret:
        raise NoKeyStore(_WHY)
    return secret


def fetch(entry: str) -> bytes:
    """The secret kept under that name.

    Raises:
        NoKeyStore: there is no store, or it holds nothing of that name.
    """
    text = _ask("get_password", entry)
    try:
        return bytes.fromhex(text or "-")
    except ValueError as error:
        raise NoKeyStore(
            "系统钥匙串里没有这个客户库的钥匙，用口令或恢复密钥打开；打开后可以重新记住"
        ) from error


def forget(entry: str) -> None:
    """Take the secret of that name out of the store, if it is there."""
    try:
        _ask("delete_password", entry)
    except NoKeyStore:
        return


def _ask(call: str, *values: str) -> Any:
    store = _store()
    try:
        return getattr(store, call)(SERVICE, *values)
    except Exception as error:  # every backend raises what it likes: D-Bus, COM, its own
        raise NoKeyStore(_WHY) from error


def _store() -> Any:
    try:
        import keyring

        store = keyring.get_keyring()
        usable = store.priority > 0
    except Exception as error:
        raise NoKeyStore(_WHY) from error
    chosen = [store, *getattr(store, "backends", ())]
    if not usable or any(type(one).__module__.startswith(_PLAIN) for one in chosen[:1]):
        raise NoKeyStore(_WHY)
    return store
