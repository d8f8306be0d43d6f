"""A little process that empties a folder when the program it belongs to is gone, however that ended.

It waits on a pipe that only the program holds open: the system closes it after a kill, too.
"""

import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

_TRIES, _PAUSE = 50, 0.1  # a scanner, or a child of the program that is ending too, may still hold a file


class Caretaker:
    """The caretaker of one folder, from the program's side; without it the next start empties the folder."""

    def __init__(self, folder: Path) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        # this file alone, or the program itself where it is one file
        own = ["--caretaker"] if getattr(sys, "frozen", False) else ["-I", __file__]
        with suppress(OSError):
            self._process = subprocess.Popen(
                [sys.executable, *own, str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )

    def dismiss(self) -> None:
        """Let it do its work and end."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_TRIES * _PAUSE)


def main(folder: str) -> None:
    """Wait until nobody holds the other end of the pipe, then remove the folder."""
    sys.stdin.buffer.read()
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not Path(folder).exists():
            return
        time.sleep(_PAUSE)


if __name__ == "__main__":
    main(sys.argv[1])
