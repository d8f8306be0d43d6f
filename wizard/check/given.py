"""What a rule may hand to its check: numbers, days, texts, and lists that are kept in one place."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from wizard import districts
from wizard.resource_files import ResourceError, toml
from wizard.sections import catalogue


class Words(tuple[str, ...]):
    """A list of words in `resources/words.toml`; the rule gives its name."""

    __slots__ = ()


class WordGroups(dict[str, tuple[str, ...]]):
    """Words of `resources/words.toml` grouped under what they point to; the rule gives the name."""


class Places(frozenset[str]):
    """Provinces, written by name in the rule, here their codes."""


class FieldId(str):
    """The id of a field."""

    __slots__ = ()


NOWHERE = FieldId("")


def _field(name: object) -> FieldId:
    if name not in catalogue():
        raise ValueError(f"no field «{name}»")
    return FieldId(name)


def _words(name: object) -> Words:
    return Words(_list(name, list))


def _groups(name: object) -> WordGroups:
    return WordGroups({key: tuple(words) for key, words in _list(name, dict).items()})


def _list(name: object, shape: type) -> Any:
    found = toml("words.toml").get(str(name), {}).get("words")
    if not isinstance(found, shape):
        raise ValueError(f"no list «{name}» in words.toml")
    return found


def province_code(name: object) -> str:
    """The code of a province by its name.

    Raises:
        ValueError: there is no such province.
    """
    found = districts.named(str(name))
    if found is None or found.level != "province":
        raise ValueError(f"no province «{name}»")
    return found.code


def _places(names: object) -> Places:
    return Places(province_code(name) for name in _texts(names))


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    raise ValueError(f"{value!r} is not a list of texts")


def _plain(wanted: type) -> Callable[[object], Any]:
    def convert(value: object) -> Any:
        if type(value) is not wanted:
            raise ValueError(f"{value!r} is not of type {wanted.__name__}")
        return value

    return convert


_CONVERT: Mapping[Any, Callable[[object], Any]] = {
    Words: _words,
    WordGroups: _groups,
    Places: _places,
    FieldId: _field,
    tuple[str, ...]: _texts,
    int: _plain(int),
    str: _plain(str),
    bool: _plain(bool),
    date: _plain(date),
}


def parameters(check: Callable[..., Any]) -> dict[str, Any]:
    """The keys a check takes, with their types: its keyword-only parameters."""
    code = check.__code__
    names = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    return {name: check.__annotations__[name] for name in names}


def convert(check: Callable[..., Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters a rule gives its check, looked up and of the right type.

    Raises:
        ValueError: a key is unknown or missing, or a value is not what the check takes.
    """
    takes = parameters(check)
    if unknown := set(given) - set(takes):
        raise ValueError(f"the check takes no {sorted(unknown)}, only {sorted(takes)}")
    if missing := set(takes) - set(given) - set(check.__kwdefaults__ or {}):
        raise ValueError(f"the check needs {sorted(missing)}")
    try:
        return {key: _CONVERT[takes[key]](value) for key, value in given.items()}
    except ResourceError as error:
        raise ValueError(str(error)) from error
