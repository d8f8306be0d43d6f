"""Who occurs in a case: the subject and the two people, each under a keyed hash of its number or name."""

from collections.abc import Iterator
from typing import Final

from wizard.draft import Draft
from wizard.library.engine import Database
from wizard.library.words import compact, fold, hash_of

ROLES: Final = ("subject", "principal", "contact")
LINKED: Final = "contact.same_as_principal"


def keep(database: Database, case: int, draft: Draft, key: bytes, at: int) -> None:
    """Keep, inside a transaction, who occurs in a draft."""
    found = list(occurring(draft, key))
    held = database.read("SELECT role, party, name FROM parties WHERE id = ?", (case,))
    if {(role, bytes(party), name) for role, party, name in held} != set(found):
        database.run("DELETE FROM parties WHERE id = ?", (case,))
        database.run_many(
            "INSERT INTO parties (party, role, id, name, updated) VALUES (?, ?, ?, ?, ?)",
            [(party, role, case, name, at) for role, party, name in found],
        )


def occurring(draft: Draft, key: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Role, key and name of everybody in a draft who has a number or a name.

    One with a certificate number is known by it, whatever the name; without one by the name alone. A
    小程序负责人 who is linked to the 主体负责人 is not another one.
    """
    for role in ROLES:
        if role == "contact" and draft.text(LINKED) == "是":
            continue
        number, name = draft.text(f"{role}.certificate_number"), draft.text(f"{role}.name").strip()
        group = "subject" if role == "subject" else "person"
        if len(compact(number)) >= 5:
            yield role, hash_of(f"{group} {number}", key), name
        elif name:
            yield role, hash_of(f"{group} name {fold(name)}", key), name
