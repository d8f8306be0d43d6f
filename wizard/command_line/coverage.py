"""The table of known reasons for a rejection against the rules: `main.py rules --coverage`."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from wizard.finding import SEVERITIES, SEVERITY_WORDS, Severity
from wizard.resource_files import ResourceError, toml

Met = Mapping[str, Severity]

ONLY_THE_PLATFORM = "只有平台或通管局能知道"


def table(severities: Met) -> list[dict[str, Any]]:
    """Each reason with how it is met: `by` is rule, note or platform, `rules` the ids that say it.

    `severities` are those of everything the self-check can say, by id.

    Raises:
        ResourceError: a reason names a rule there is not, or nothing at all.
    """
    return [_row(reason, severities) for reason in toml("rules", "reasons.toml")["reason"]]


def _row(reason: Mapping[str, Any], severities: Met) -> dict[str, Any]:
    ids = [id_ for name in reason.get("by", ()) for id_ in _named(name, severities, reason["id"])]
    if not ids and "platform" not in reason:
        raise ResourceError(f"reasons.toml: {reason['id']}: neither a rule nor who else knows")
    gravest = min((SEVERITIES.index(severities[id_]) for id_ in ids), default=len(SEVERITIES))
    by = "platform" if "platform" in reason else "note" if SEVERITIES[gravest] == "note" else "rule"
    return {
        "id": reason["id"],
        "text": reason["text"],
        "by": by,
        "severity": SEVERITIES[gravest] if ids else None,
        "rules": ids,
        "platform": reason.get("platform", ""),
        "note": reason.get("note", ""),
    }


def _named(name: str, severities: Met, where: str) -> list[str]:
    """The ids a name stands for: itself, or with ``.*`` all that begin alike."""
    found = [id_ for id_ in severities if id_ == name or (name[-2:] == ".*" and id_.startswith(name[:-1]))]
    if not found:
        raise ResourceError(f"reasons.toml: {where}: no rule «{name}»")
    return found


def lines(severities: Met) -> Iterator[str]:
    """The table for people."""
    rows = table(severities)
    counts = Counter(row["by"] for row in rows)
    yield (
        f"{len(rows)} 条驳回原因：{counts['rule']} 条有规则，{counts['note']} 条有说明，"
        f"{counts['platform']} 条{ONLY_THE_PLATFORM}\n"
    )
    for row in rows:
        yield f"{row['id']:<5}{row['text']}"
        if row["rules"]:
            yield f"     {SEVERITY_WORDS[row['severity']]}　{'、'.join(row['rules'])}"
        if row["platform"]:
            yield f"     {ONLY_THE_PLATFORM}：{row['platform']}"
        if row["note"]:
            yield f"     {row['note']}"


def document(severities: Met) -> str:
    """The table as JSON."""
    record = {"format": "beian-coverage", "version": 1, "reasons": table(severities)}
    return json.dumps(record, ensure_ascii=False, indent=1)
