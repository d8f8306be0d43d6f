"""A strict reader of iCalendar files, apart from the writer: it refuses what RFC 5545 does not allow."""

import re
from dataclasses import dataclass, field

_LINE = re.compile(r"(?P<name>[A-Z-]+)(?P<params>(?:;[A-Z-]+=[^;:\"]+)*):(?P<value>.*)", re.DOTALL)
_REQUIRED = {"VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"}}
_REQUIRED["VALARM"] = {"ACTION", "TRIGGER", "DESCRIPTION"}
_WITHIN = {"VCALENDAR": None, "VEVENT": "VCALENDAR", "VALARM": "VEVENT"}
_SHAPES = {
    "DTSTAMP": r"\d{8}T\d{6}Z",
    "DTSTART": r"\d{8}(T\d{6}Z)?",
    "DTEND": r"\d{8}(T\d{6}Z)?",
    "TRIGGER": r"[-+]?P(\d+D)?(T(\d+H)?(\d+M)?)?",
    "SEQUENCE": r"\d+",
    "VERSION": r"2\.0",
}
_TEXTS = {"SUMMARY", "DESCRIPTION", "CATEGORIES"}


@dataclass
class Component:
    """One component: its kind, its properties (value and parameters), and what stands in it."""

    kind: str
    properties: dict[str, tuple[str, str]] = field(default_factory=dict)
    children: list["Component"] = field(default_factory=list)

    def value(self, name: str) -> str:
        return self.properties[name][0]

    @property
    def standing(self) -> list["Component"]:
        """The events that are not cancelled."""
        return [event for event in self.children if "STATUS" not in event.properties]


def read(data: bytes) -> Component:
    """The calendar that `data` holds; fails where a rule is broken."""
    assert data.endswith(b"\r\n"), "the last line has no end"
    raw = data[:-2].split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in raw), "a bare CR or LF"
    assert all(len(line) <= 75 for line in raw), "a line over 75 octets"
    for line in raw:
        line.decode("utf-8")  # no character is cut by a fold
    unfolded: list[str] = []
    for line in raw:
        if line.startswith((b" ", b"\t")):
            unfolded[-1] += line[1:].decode("utf-8")
        else:
            unfolded.append(line.decode("utf-8"))
    stack: list[Component] = []
    top: Component | None = None
    for line in unfolded:
        found = _LINE.fullmatch(line)
        assert found, f"not a content line: {line!r}"
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            assert _WITHIN[value] == (stack[-1].kind if stack else None), f"{value} in the wrong place"
            stack.append(Component(value))
        elif name == "END":
            done = stack.pop()
            assert done.kind == value
            assert _REQUIRED[value] <= set(done.properties), f"{value} lacks a property"
            (stack[-1].children.append(done)) if stack else None
            top = done if not stack else top
        else:
            assert name not in stack[-1].properties, f"{name} twice"
            stack[-1].properties[name] = (_checked(name, found["params"], value), found["params"])
    assert top is not None
    assert not stack
    return top


def _checked(name: str, params: str, value: str) -> str:
    if name in _SHAPES:
        assert re.fullmatch(_SHAPES[name], value), f"{name}:{value}"
        if name in ("DTSTART", "DTEND"):
            assert ("VALUE=DATE" in params) == ("T" not in value)
    if name not in _TEXTS:
        return value
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), f"unescaped: {value!r}"
    assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", value), f"odd escape: {value!r}"
    assert all(char >= " " for char in value)
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)
