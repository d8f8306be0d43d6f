"""The cost of a passphrase is what was measured, and the system's key store is used only where it is one."""

import sys
from types import ModuleType, SimpleNamespace

import pytest

from wizard.library import key, key_store
from wizard.library.problems import NoKeyStore


@pytest.fixture(autouse=True)
def quick_keys() -> None:
    """The real cost here."""


def test_a_passphrase_costs_what_was_measured():
    made = key.wrap("passphrase", key.secret_of("口令"), b"k" * 32, "library")
    assert (made.memory_kib, made.rounds, made.lanes) == (65536, 3, 4)
    assert key.unwrap(made, key.secret_of("口令"), "library") == b"k" * 32
    assert key.unwrap(made, key.secret_of("口令 "), "library") is None
    assert key.unwrap(made, key.secret_of("口令"), "another library") is None


def test_full_width_is_the_same_passphrase():
    assert key.secret_of("Ａｂ１２") == key.secret_of("Ab12")


@pytest.mark.parametrize("kind", ["recovery", "key_store"])
def test_a_wrap_of_one_kind_is_none_of_another(kind: key.Kind):
    made = key.wrap(kind, b"s" * 32, b"k" * 32, "library")
    assert key.unwrap(made, b"s" * 32, "library") == b"k" * 32
    other = key.Wrap("recovery" if kind == "key_store" else "key_store", made.salt, made.nonce, made.sealed)
    assert key.unwrap(other, b"s" * 32, "library") is None


def system(monkeypatch: pytest.MonkeyPatch, module: str, priority: float) -> dict[str, str]:
    held: dict[str, str] = {}
    backend = type(
        "Backend",
        (),
        {
            "__module__": module,
            "priority": priority,
            "set_password": lambda self, service, name, text: held.__setitem__(f"{service}/{name}", text),
            "get_password": lambda self, service, name: held.get(f"{service}/{name}"),
            "delete_password": lambda self, service, name: held.pop(f"{service}/{name}"),
        },
    )()
    keyring = ModuleType("keyring")
    vars(keyring)["get_keyring"] = lambda: backend
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    return held


def test_the_key_store_keeps_and_forgets(monkeypatch: pytest.MonkeyPatch):
    held = system(monkeypatch, "keyring.backends.SecretService", 5)
    secret = key_store.keep("entry")
    assert key_store.available()
    assert key_store.fetch("entry") == secret
    assert list(held) == ["beian-assistant/entry"]
    key_store.forget("entry")
    key_store.forget("entry")
    with pytest.raises(NoKeyStore, match="没有这个客户库的钥匙"):
        key_store.fetch("entry")


@pytest.mark.parametrize(
    ("module", "priority"),
    [("keyrings.alt.file", 1), ("keyring.backends.fail", 0), ("keyring.backends.null", -1)],
)
def test_what_is_no_key_store_is_not_used(monkeypatch: pytest.MonkeyPatch, module: str, priority: float):
    held = system(monkeypatch, module, priority)
    assert not key_store.available()
    with pytest.raises(NoKeyStore, match="钥匙串用不了"):
        key_store.keep("entry")
    assert held == {}


def test_a_key_store_that_fails_is_said_to_be_out_of_use(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_keyring=lambda: 1 / 0))
    with pytest.raises(NoKeyStore):
        key_store.fetch("entry")
