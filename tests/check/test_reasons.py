"""Each known reason for a rejection is met by rules that exist, or says why only the platform can know."""

import tomllib

from wizard.check.rulebook import every_file
from wizard.resource_files import path

ANSWERS = {
    f"{kind}.{code}".lower().replace("_", "-")
    for file in path("messages").glob("*.toml")
    for kind, entries in tomllib.loads(file.read_text(encoding="utf-8")).items()
    for code, entry in entries.items()
    if isinstance(entry, dict) and "message" in entry
}
REASONS = tomllib.loads(path("rules", "reasons.toml").read_text(encoding="utf-8"))["reason"]


def test_all_hundred_stand_once():
    assert [reason["id"] for reason in REASONS] == [f"R{number:02}" for number in range(1, 101)]


def test_each_is_met_by_rules_that_exist_or_says_who_knows():
    known = {rule.id for file in every_file() for rule in file.rules} | ANSWERS
    kinds = {rule.partition(".")[0] for rule in known}
    for reason in REASONS:
        assert reason.get("by") or reason.get("platform"), reason["id"]
        for rule in reason.get("by", ()):
            found = rule.removesuffix(".*") in kinds if rule.endswith(".*") else rule in known
            assert found, (reason["id"], rule)
