"""Who says so: the sources that the files of tracking share, by id."""

from collections.abc import Iterable, Mapping
from functools import cache

from wizard.finding import Citation
from wizard.resource_files import ResourceError, toml
from wizard.tracking.stages import citation


@cache
def sources() -> Mapping[str, Citation]:
    """The sources of the rules, and over them those of `stages.toml` and `tracking/durations.toml`."""
    listed = (*toml("stages.toml")["source"], *toml("tracking", "durations.toml")["source"])
    of_rules = {id_: citation(entry) for id_, entry in toml("rules", "sources.toml").items()}
    return of_rules | {entry["id"]: citation(entry) for entry in listed}


def named(ids: Iterable[str], where: str) -> tuple[Citation, ...]:
    """The sources with those ids; `where` is the entry that names them.

    Raises:
        ResourceError: there is no such source.
    """
    known = sources()
    wanted = tuple(ids)
    if strange := [one for one in wanted if one not in known]:
        raise ResourceError(f"{where}: no such source {strange}")
    return tuple(known[one] for one in wanted)
