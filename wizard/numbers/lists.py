"""The lists under `resources/numbers/`, each read when it is first asked for."""

from functools import cache

from wizard.resource_files import path, toml


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `resources/numbers/<name>.csv`, without its comment lines."""
    text = path("numbers", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(tuple(line.split(",")) for line in text.split("\n") if line and not line.startswith("#"))


@cache
def table(name: str, part: str) -> dict[str, str]:
    """One table of names in `resources/numbers/<name>.toml`."""
    return dict(toml("numbers", f"{name}.toml")[part])


@cache
def sets(name: str, part: str) -> dict[str, frozenset[str]]:
    """One table of lists in `resources/numbers/<name>.toml`, as sets."""
    return {key: frozenset(values) for key, values in toml("numbers", f"{name}.toml")[part].items()}
