"""The five stages of a filing, from `resources/stages.toml`."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from wizard.finding import Citation
from wizard.resource_files import ResourceError, toml


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: how long it takes, whose turn it is, what to do, what is good to know, who says so."""

    id: str
    title: str
    duration: str
    who: str
    steps: tuple[str, ...]
    hints: tuple[str, ...] = ()
    workdays: tuple[int, int] | None = None
    sources: tuple[Citation, ...] = ()


@cache
def stages() -> tuple[Stage, ...]:
    """The stages in their order.

    Raises:
        ResourceError: an entry lacks something, has something unknown, or names a source that is not there.
    """
    data = toml("stages.toml")
    sources = {entry["id"]: citation(entry) for entry in data["source"]}
    made = tuple(_stage(entry, sources) for entry in data["stage"])
    if unused := set(sources) - {name for entry in data["stage"] for name in entry.get("sources", ())}:
        raise ResourceError(f"stages.toml: no stage names the source {sorted(unused)}")
    return made


def citation(entry: dict[str, Any]) -> Citation:
    """One `[[source]]` of a file.

    Raises:
        ResourceError: it has something a citation has not.
    """
    try:
        return Citation(**{key: value for key, value in entry.items() if key != "id"})
    except TypeError as error:
        raise ResourceError(f"stages.toml: source {entry['id']}: {error}") from error


def _stage(entry: dict[str, Any], sources: dict[str, Citation]) -> Stage:
    try:
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
        }
        values["sources"] = tuple(sources[name] for name in values.get("sources", ()))
        return Stage(**values)
    except (KeyError, TypeError) as error:
        raise ResourceError(f"stages.toml: {entry.get('id')}: {error!r}") from error
