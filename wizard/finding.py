"""What a check has to say: the sentence, how to mend it, and where the rule comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
SEVERITY_WORDS: dict[Severity, str] = {"error": "错误", "warning": "提醒", "note": "说明"}
SEVERITY_REASONS: dict[Severity, str] = {
    "error": "平台和通管局按下面的依据审核，这样交上去会被退回",
    "warning": "按下面的依据，这样常被退回，或者各省要求不同",
    "note": "不妨碍提交，提前知道可以少走弯路",
}
"""Why a finding of that severity is said at all."""

Confidence = Literal["official", "several", "single", "inferred", "conflict"]
CONFIDENCE_WORDS: Mapping[Confidence, str] = {
    "official": "平台或法规原文",
    "several": "几个来源一致",
    "single": "只有一个来源",
    "inferred": "由相近的规定推得",
    "conflict": "来源说法不一",
}


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

    `fields` are the ids of every field concerned: the same words stand at each of them. `confidence` is how
    sure the rule is, None where a standard judges a single answer; `cite2` the source that disagrees, or the
    second of two that agree.
    """

    rule: str
    severity: Severity
    fields: tuple[str, ...]
    message: str
    fix: str = ""
    cite: Citation | None = None
    confidence: Confidence | None = None
    cite2: Citation | None = None

    @property
    def sure(self) -> str:
        """How sure the rule is, in words; empty where there is no doubt to speak of."""
        return CONFIDENCE_WORDS[self.confidence] if self.confidence else ""
