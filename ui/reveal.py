"""Showing a file in the system's own window of its folder, chosen there."""

import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_ASKED = (
    "dbus-send",
    "--session",
    "--dest=org.freedesktop.FileManager1",
    "--type=method_call",
    "/org/freedesktop/FileManager1",
    "org.freedesktop.FileManager1.ShowItems",
)


def reveal(file: Path) -> bool:
    """Open the folder of `file` with the file chosen where the system can; whether anything was opened."""
    command = command_for(file, sys.platform)
    if command and shutil.which(command[0]):
        try:
            subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except OSError:
            pass
        else:
            return True
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))


def command_for(file: Path, platform: str) -> list[str]:
    """The command that shows `file` on `platform`."""
    if platform == "win32":
        return ["explorer.exe", f"/select,{file}"]
    if platform == "darwin":
        return ["open", "-R", str(file)]
    return [*_ASKED, f"array:string:{file.resolve().as_uri().replace(',', '%2C')}", "string:"]
