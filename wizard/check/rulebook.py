"""Which rules there are: the nation's, and over them those of one province."""

from functools import cache

from wizard.check.rule import Rule, RuleFile, load, load_sources
from wizard.finding import Citation
from wizard.resource_files import ResourceError, path


@cache
def sources() -> dict[str, Citation]:
    """What rules cite."""
    return load_sources(path("rules", "sources.toml"))


@cache
def national(examples: bool = False) -> RuleFile:
    """The rules that hold everywhere."""
    return load(path("rules", "national.toml"), sources(), examples)


@cache
def provincial(province: str, examples: bool = False) -> RuleFile | None:
    """The rules of one province by its code, None where it has no file.

    The file is called by the first two digits of the code and a name: ``11-beijing.toml``.

    Raises:
        ResourceError: the file is damaged, or says that it is another province's.
    """
    files = sorted(path("rules", "provinces").glob(f"{province[:2]}-*.toml"))
    if not files:
        return None
    found = load(files[0], sources(), examples)
    if found.province != province or len(files) > 1:
        raise ResourceError(f"{files[-1].name}: is not the one file of {province}")
    return found


def provinces_with_rules() -> tuple[str, ...]:
    """The codes of all provinces that have a file."""
    files = path("rules", "provinces").glob("*.toml")
    return tuple(sorted(f"{file.name[:2]}0000" for file in files))


@cache
def rules_for(province: str, examples: bool = False) -> tuple[Rule, ...]:
    """All rules for a filing in that province: a provincial one replaces the national one of its id."""
    rules = {rule.id: rule for rule in national(examples).rules}
    own = provincial(province, examples) if province else None
    for rule in own.rules if own else ():
        rules[rule.id] = rule
    return tuple(rules.values())


@cache
def named(rule_id: str, province: str = "") -> Rule | None:
    """The rule of that id, the province's where it has its own."""
    return next((rule for rule in rules_for(province) if rule.id == rule_id), None)
