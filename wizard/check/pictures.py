"""Checks of attached pictures, by what the guard measured of them.

Several pictures with the same fault make one finding, which names them.
"""

from collections.abc import Iterator

from wizard.check.case import Case, Hit, label, whose
from wizard.picture import PictureFacts, weight

_NAMED = 3


def _attached(case: Case, fields: tuple[str, ...]) -> Iterator[tuple[str, str, PictureFacts]]:
    """Every measured file of the fields, with its field."""
    if not case.pictures:
        return
    for field in fields:
        for name in _files(case, field):
            if name in case.pictures:
                yield field, name, case.pictures[name]


def _files(case: Case, field: str) -> tuple[str, ...]:
    value = case.value(field) or ()
    if field == "mini_program.pre_approvals":
        return tuple(name for row in value for name in row.media or ())
    return tuple(value)


def _readable(case: Case, fields: tuple[str, ...]) -> Iterator[tuple[str, str, PictureFacts]]:
    return (each for each in _attached(case, fields) if each[2].format)


def _together(found: list[tuple[str, str, PictureFacts]], **limits: str | int) -> Iterator[Hit]:
    if not found:
        return
    names, fields = listed([field for field, _, _ in found])
    _, _, first = found[0]
    values: dict[str, str | int] = {
        "pictures": names,
        "format": first.format,
        "width": first.width,
        "height": first.height,
        "size": weight(first.bytes),
        **limits,
    }
    yield Hit(values, fields)


def listed(fields: list[str]) -> tuple[str, tuple[str, ...]]:
    """The names of these slots as a sentence says them, not more than three, and each slot once."""
    names = list(dict.fromkeys(_called(field) for field in fields))
    more = f"等 {len(names)} 项" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more, tuple(dict.fromkeys(fields))


def _called(field: str) -> str:
    return whose(field) + label(field)


def unreadable(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """The guard could make nothing of a file."""
    yield from _together([each for each in _attached(case, fields) if not each[2].format])


def other_format(case: Case, fields: tuple[str, ...], *, formats: tuple[str, ...]) -> Iterator[Hit]:
    """A file is of a type that is not taken."""
    yield from _together([each for each in _readable(case, fields) if each[2].format not in formats])


def heavier(case: Case, fields: tuple[str, ...], *, kilobytes: int) -> Iterator[Hit]:
    """A file is larger than allowed."""
    yield from _together([each for each in _readable(case, fields) if each[2].bytes > kilobytes * 1024])


def lighter(case: Case, fields: tuple[str, ...], *, kilobytes: int) -> Iterator[Hit]:
    """A file is smaller than asked for."""
    yield from _together([each for each in _readable(case, fields) if each[2].bytes < kilobytes * 1024])


def smaller(case: Case, fields: tuple[str, ...], *, long: int, short: int) -> Iterator[Hit]:
    """A picture has fewer pixels than asked for, whichever way it is turned."""
    yield from _together(
        [
            each
            for each in _readable(case, fields)
            if each[2].long_side and (each[2].long_side < long or each[2].short_side < short)
        ],
        long=long,
        short=short,
    )


def sideways(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """A picture carries the mark of a turned camera."""
    yield from _together([each for each in _readable(case, fields) if each[2].sideways])


def same_file(case: Case, fields: tuple[str, ...], *, two_people: bool = False) -> Iterator[Hit]:
    """Of each two fields, both hold one file; with `two_people` only where the people are different."""
    if two_people and not case.two_people:
        return
    for one, other in zip(fields[::2], fields[1::2], strict=True):
        if set(_files(case, one)) & set(_files(case, other)):
            yield Hit({"one": _called(one), "other": _called(other)}, (one, other))
