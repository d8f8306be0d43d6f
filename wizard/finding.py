"""What a check has to say: the sentence, how to mend it, and where the rule comes from."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
SEVERITY_WORDS: dict[Severity, str] = {"error": "错误", "warning": "提醒", "note": "说明"}


@dataclass(frozen=True, slots=True)
class Citation:
    """The source of a rule. `published` and `checked` are ISO dates, or a word such as ``未注明``."""

    title: str
    issuer: str = ""
    article: str = ""
    url: str = ""
    published: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the self-check has to say about a draft.

    `fields` are the ids of every field concerned: the same words stand at each of them.
    """

    rule: str
    severity: Severity
    fields: tuple[str, ...]
    message: str
    fix: str = ""
    cite: Citation | None = None
