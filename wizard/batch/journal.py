"""What a batch has done so far, in a small file beside it: a run that was killed goes on from there.

A line is added, and on the disk, before what it tells of is put in place; half a line, where the machine
stopped, is passed over.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from wizard.files import FileProblem, sync_folder, why
from wizard.library.lock import grasp, let_go

NAME: Final = ".批量导出.jsonl"
_FORMAT: Final = "beian-batch-journal"


@dataclass(frozen=True, slots=True)
class Done:
    """One case that was exported: its fingerprint, the name in the target, the hashes of what was written.

    `counts` are how many 错误, 提醒 and 说明 there were, `reason` what there was to say of it.
    """

    fingerprint: str
    name: str
    files: Mapping[str, str]
    final: bool
    at: str
    counts: tuple[int, int, int] = (0, 0, 0)
    reason: str = ""


class Journal:
    """The journal of the folder `target`, held by this run alone until `close`.

    Raises:
        FileProblem: it cannot be written, or another run is at work there.
    """

    def __init__(self, target: Path) -> None:
        self.done: dict[str, Done] = {}
        self.salt = os.urandom(16).hex()
        path = target / NAME
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise FileProblem(f"无法写入“{target}”：{why(error)}") from error
        if not grasp(self._handle):
            os.close(self._handle)
            raise FileProblem(f"“{target.name}”里正有另一次批量导出，等它做完，或换一个文件夹")
        self._file = os.fdopen(self._handle, "r+b")
        try:
            self._read(path)
            sync_folder(target)
        except FileProblem:
            self.close()
            raise

    def _read(self, path: Path) -> None:
        """Read what was done; lines that are not whole or make no sense tell of nothing."""
        head, *lines = self._file.readlines() or [b""]
        if not head.endswith(b"\n"):
            self._file.truncate(0)
            self._file.seek(0)
            self._write({"format": _FORMAT, "version": 1, "salt": self.salt})
            return
        begins = _entry(head)
        if begins.get("format") != _FORMAT or begins.get("version") != 1:
            raise FileProblem(f"“{path.name}”不是这个版本的批量导出记录，换一个文件夹，或移走它")
        self.salt = str(begins.get("salt"))
        for line in lines:
            entry = _entry(line)
            try:
                key = entry.pop("key")
                self.done[str(key)] = _done(entry)
            except (ValueError, TypeError, KeyError):
                continue
        if lines and not lines[-1].endswith(b"\n"):
            self._file.write(b"\n")

    def note(self, key: str, done: Done) -> None:
        """Add one case; once this returns it is on the disk.

        Raises:
            FileProblem: it could not be written.
        """
        self._write({"key": key, **asdict(done)})
        self.done[key] = done

    def _write(self, entry: Mapping[str, Any]) -> None:
        try:
            self._file.write(json.dumps(entry, ensure_ascii=True).encode("ascii") + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise FileProblem(f"批量导出的记录写不进去：{why(error)}") from error

    def close(self) -> None:
        """Let another run have it."""
        let_go(self._handle)
        self._file.close()


def _entry(line: bytes) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}


def _done(entry: dict[str, Any]) -> Done:
    made = Done(**{**entry, "counts": tuple(entry["counts"])})
    datetime.fromisoformat(made.at)
    if not isinstance(made.files, dict) or Path(made.name).name != made.name:
        raise ValueError("a line tells of what was never written")
    return made
