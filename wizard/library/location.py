"""What kind of place a folder is: on this machine, on the network, or copied elsewhere by a sync program."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Literal

from wizard.resource_files import toml

Kind = Literal["local", "network", "synced"]

WARNINGS: dict[Kind, str] = {
    "local": "",
    "network": "这个文件夹在网络上：网络断开或两台电脑同时打开时客户库可能损坏，建议放在本机；"
    "放在这里时会改用较慢的保存方式",
    "synced": "这个文件夹由同步盘管理：同步到一半或出现冲突副本时客户库可能损坏，"
    "资料也会传到网上，建议换一个文件夹",
}
"""What to tell the person before a library is made or opened there."""


def kind_of(folder: Path) -> Kind:
    """The kind of place; what cannot be found out counts as local."""
    if _on_network(folder):
        return "network"
    return "synced" if _synced(folder) else "local"


def _synced(folder: Path) -> bool:
    known = toml("library_places.toml")
    names = [name.casefold() for name in known["synced_folders"]]
    parts = [part.casefold() for part in folder.absolute().parts]
    if any(part == name or part.startswith((f"{name} ", f"{name}-")) for part in parts for name in names):
        return True
    marks = known["synced_marks"]
    return any((parent / mark).exists() for parent in (folder, *folder.parents) for mark in marks)


def _on_network(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive = folder.absolute().drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == 4
    return _file_system(folder, _mounts()) in toml("library_places.toml")["network_file_systems"]


def _file_system(folder: Path, mounts: list[tuple[str, str]]) -> str:
    """The type of the file system that holds `folder`: that of the longest mount point above it."""
    here = os.path.realpath(folder)
    best, found = -1, ""
    for point, kind in mounts:
        inside = here == point or here.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:
            best, found = len(point), kind
    return found


def _mounts() -> list[tuple[str, str]]:
    if sys.platform == "darwin":
        return _mac_mounts()
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    rows = [line.split(" ") for line in lines]
    return [(row[1].replace("\\040", " "), row[2]) for row in rows if len(row) > 2]


def _mac_mounts() -> list[tuple[str, str]]:
    try:
        listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.SubprocessError):
        return []
    pairs = [line.partition(" on ")[2].rpartition(" (") for line in listed.stdout.splitlines()]
    return [(point, rest.split(",")[0].rstrip(")")) for point, _, rest in pairs if point]
