"""What tells whether a case would be exported as it was exported before."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from wizard.batch.items import Item
from wizard.batch.task import Task
from wizard.draft import Draft, dump
from wizard.parts import PACKET


def fingerprint(draft: Draft, item: Item, task: Task, salt: str, versions: Sequence[str]) -> str:
    """What tells whether a case would be exported as it was: its content, its files, the task.

    `versions` are those of the rules and of the program.
    """
    bare = replace(PACKET.out_of(draft), place={})
    secret = task.options.password.encode("utf-8", "replace")
    locked = hashlib.pbkdf2_hmac("sha256", secret, bytes.fromhex(salt), 200_000).hex() if secret else ""
    told = {
        "draft": hashlib.sha256(dump(bare)).hexdigest(),
        "files": dict(item.sums(draft)),
        "found": [finding.message for finding in item.found],
        "options": {**asdict(task.options), "password": locked},
        "task": [task.as_folders, task.draft_too, task.on.isoformat() if task.given_day else ""],
        "versions": list(versions),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode("ascii")).hexdigest()
