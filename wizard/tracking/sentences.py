"""The sentences about what to do, from `resources/tracking/sentences.toml`."""

from functools import cache
from typing import Any

from wizard.resource_files import ResourceError, toml


def sentence(name: str, **values: object) -> str:
    """The sentence of that name, filled in.

    Raises:
        ResourceError: there is none, or it asks for something that is not given.
    """
    try:
        return str(_all()[name]["text"]).format_map(values)
    except KeyError as error:
        raise ResourceError(f"tracking/sentences.toml: {name}: {error!r}") from error


@cache
def _all() -> dict[str, Any]:
    return toml("tracking", "sentences.toml")


def times(name: str) -> dict[str, Any]:
    """One table of `resources/tracking/durations.toml`."""
    found: dict[str, Any] = toml("tracking", "durations.toml")[name]
    return found
