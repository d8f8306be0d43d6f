"""Where this person's own settings stand: a calendar that was imported, nothing of any case."""

import os
import sys
from pathlib import Path


def settings_folder() -> Path:
    """The folder of settings by the custom of the system; it need not exist yet."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Preferences"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    return base / "beian-assistant"


def holidays_folder() -> Path:
    """Where the 放假安排 of years are kept that the person imported."""
    return settings_folder() / "holidays"
