"""Libraries to try things on, opened fast: what makes a passphrase slow is tried once, in test_key."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wizard.draft import Draft
from wizard.library import key, key_store, place
from wizard.library.library import Library
from wizard.library.problems import NoKeyStore

PASSPHRASE = "四个 容易 记住 的词"
ID_NUMBER, MOBILE, NAME = "110101199003078891", "13800138000", "赵钱孙李"


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(key._COST, "memory_kib", 8192)
    monkeypatch.setitem(key._COST, "rounds", 1)


class Drawer:
    """A key store that keeps secrets in this process; `broken` refuses."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}
        self.broken = False

    def keep(self, entry: str) -> bytes:
        if self.broken:
            raise NoKeyStore("没有")
        self.held[entry] = key.new_key()
        return self.held[entry]

    def fetch(self, entry: str) -> bytes:
        if self.broken or entry not in self.held:
            raise NoKeyStore("没有")
        return self.held[entry]

    def forget(self, entry: str) -> None:
        self.held.pop(entry, None)

    def available(self) -> bool:
        return not self.broken


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    drawer = Drawer()
    for name in ("keep", "fetch", "forget", "available"):
        monkeypatch.setattr(key_store, name, getattr(drawer, name))
    return drawer


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "客户库"


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    made, _ = place.create(home, PASSPHRASE)
    yield made
    made.close()


@pytest.fixture
def reopen(home: Path) -> Iterator[Callable[..., Library]]:
    """Open the library in `home`, the passphrase given unless another secret is."""
    opened: list[Library] = []

    def again(**secret: object) -> Library:
        library = place.unlock(home, **(secret or {"passphrase": PASSPHRASE}))  # type: ignore[arg-type]
        opened.append(library)
        return library

    yield again
    for library in opened:
        library.close()


_numbers = itertools.count(1)


def case(program: str = "", **answers: str) -> Draft:
    """A draft with a few answers; others are given as ``subject__name="…"``."""
    number = next(_numbers)
    filled = {
        "subject.name": f"示例{number}科技有限公司",
        "subject.province": "北京市",
        "subject.certificate_number": "91110115MA01QFMA2Y",
        "principal.name": NAME,
        "principal.certificate_number": ID_NUMBER,
        "principal.mobile": MOBILE,
        "mini_program.name": program or f"示例小程序{number}",
        "mini_program.appid": f"wx{number:016x}",
    }
    filled |= {name.replace("__", "."): value for name, value in answers.items()}
    return Draft(answers={name: value for name, value in filled.items() if value})
