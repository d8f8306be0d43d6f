"""What graver rules have said already: lighter ones do not say it again."""

from collections.abc import Iterable

from wizard.check.case import Hit
from wizard.check.rule import Rule


class Said:
    """Collects what is said, by the rule it makes superfluous; then tells what of a finding is left."""

    def __init__(self) -> None:
        self._said: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}

    def note(self, rule: Rule, hits: Iterable[Hit]) -> None:
        """Note what the hits of a rule make superfluous, or the rule by itself."""
        for other in rule.settles:
            self._said.setdefault(other, []).append((frozenset(rule.fields), frozenset()))
        for other in rule.replaces:
            for hit in hits:
                said = frozenset(hit.fields or rule.fields), frozenset(hit.words)
                self._said.setdefault(other, []).append(said)

    def left(self, rule: str, fields: tuple[str, ...], words: tuple[str, ...] = ()) -> tuple[str, ...] | None:
        """The words of a finding that nobody has named yet; None where all of it is said."""
        for there, named in self._said.get(rule, ()):
            if there.issuperset(fields):
                words = tuple(word for word in words if named and word not in named)
                if not words:
                    return None
        return words
