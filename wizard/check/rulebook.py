"""Which rules there are: the nation's, and over them those of one province."""

from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from wizard.check import checks
from wizard.check.checks import Check
from wizard.check.rule import Rule, RuleFile, load, load_sources
from wizard.finding import Citation
from wizard.resource_files import ResourceError, path
from wizard.when import When


@cache
def sources() -> dict[str, Citation]:
    """What rules cite."""
    return load_sources(path("rules", "sources.toml"))


@cache
def national() -> RuleFile:
    """The rules that hold everywhere."""
    return load(path("rules", "national.toml"), sources())


@cache
def scanned() -> RuleFile:
    """The rules about what was read from scans: they are loaded for drafts that have any."""
    return load(path("rules", "scans.toml"), sources())


@cache
def provincial(province: str) -> RuleFile | None:
    """The rules of one province by its code, None where it has no file.

    The file is called by the first two digits of the code and a name: ``11-beijing.toml``.

    Raises:
        ResourceError: the file is damaged, or says that it is another province's.
    """
    files = sorted(path("rules", "provinces").glob(f"{province[:2]}-*.toml"))
    if not files:
        return None
    found = load(files[0], sources())
    if found.province != province or len(files) > 1:
        raise ResourceError(f"{files[-1].name}: is not the one file of {province}")
    return found


@cache
def rules_for(province: str, scans: bool = False) -> tuple[Rule, ...]:
    """All rules for a filing in that province: a provincial one replaces the national one of its id."""
    rules = {rule.id: rule for rule in (*national().rules, *(scanned().rules if scans else ()))}
    own = provincial(province) if province else None
    for rule in own.rules if own else ():
        rules[rule.id] = rule
    return tuple(rules.values())


@lru_cache(maxsize=256)
def in_force(
    province: str, nature: object, on: date, scans: bool = False
) -> tuple[tuple[Rule, When, Check], ...]:
    """The rules for a 主体性质 in that province on a day, each with what else it depends on and its check.

    With `scans` those about scans are among them.
    """
    return tuple(
        (rule, {field: answers for field, answers in rule.when.items() if field != "subject.type"}, check)
        for rule in rules_for(province, scans)
        if rule.in_force(on) and nature in rule.when.get("subject.type", (nature,))
        if (check := checks.named(rule.check))
    )


def every_file() -> Iterator[RuleFile]:
    """Every file of rules there is, thoroughly read and with the examples.

    Raises:
        ResourceError: one is damaged.
    """
    for name in ("national.toml", "scans.toml"):
        yield load(path("rules", name), sources(), examples=True)
    for file in sorted(path("rules", "provinces").glob("*.toml")):
        yield load(file, sources(), examples=True)
