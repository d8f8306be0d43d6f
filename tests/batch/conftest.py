"""A library to take filings into, its passphrase made quick."""

from collections.abc import Iterator

import pytest

from wizard.library import key, place
from wizard.library.library import Library

PASSPHRASE = "四个 容易 记住 的词"


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(key._COST, "memory_kib", 8192)
    monkeypatch.setitem(key._COST, "rounds", 1)


@pytest.fixture
def library(tmp_path) -> Iterator[Library]:
    made, _ = place.create(tmp_path / "客户库", PASSPHRASE)
    with made:
        yield made
