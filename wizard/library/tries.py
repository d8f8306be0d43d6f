"""Wrong tries at a passphrase: from the fourth on each must wait twice as long as the one before.

The count stands in a file beside the library, so that a new start does not begin anew. It slows down somebody
at this desk; against a copied library only the cost of Argon2id counts.
"""

import json
import time
from pathlib import Path
from typing import Final

from wizard.files import FileProblem, atomic_write
from wizard.library.problems import WaitFirst

FREE: Final = 3
_LONGEST: Final = 60


def wait_of(wrong: int) -> int:
    """Seconds to wait after so many wrong tries."""
    return 0 if wrong < FREE else int(min(2 ** (wrong - FREE + 1), _LONGEST))


def before(path: Path) -> None:
    """See whether a try is due.

    Raises:
        WaitFirst: not yet; `wait` is the number of seconds that are left.
    """
    wrong, last = _read(path)
    since = time.time() - last
    left = wait_of(wrong) - since if since >= 0 else 0  # a clock set back locks nobody out
    if left > 0:
        seconds = int(left) + 1
        raise WaitFirst(f"口令连续输错 {wrong} 次，{seconds} 秒后再试", seconds)


def failed(path: Path) -> int:
    """Note a wrong try; the seconds that the next one must wait."""
    wrong = _read(path)[0] + 1
    try:
        atomic_write(path, json.dumps({"wrong": wrong, "last": time.time()}).encode())
    except FileProblem:
        time.sleep(wait_of(min(wrong, FREE)))  # nothing can be noted here: then it is waited for at once
    return wait_of(wrong)


def succeeded(path: Path) -> int:
    """Forget the wrong tries; how many there were."""
    wrong = _read(path)[0]
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return wrong
    return wrong


def _read(path: Path) -> tuple[int, float]:
    try:
        document = json.loads(path.read_bytes()[:1000])
        return int(document["wrong"]), float(document["last"])
    except (OSError, ValueError, TypeError, KeyError):
        return 0, 0.0
