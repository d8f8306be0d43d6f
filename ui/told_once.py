"""What the person is told once and then never again: remembered beside the window's other settings."""

from PySide6.QtCore import QSettings

from wizard.user_folder import settings_folder


def first_time(what: str) -> bool:
    """Whether `what` was not told yet; from now on it was."""
    settings = QSettings(str(settings_folder() / "window.ini"), QSettings.Format.IniFormat)
    key = f"told/{what}"
    told = settings.value(key, "") == "yes"
    settings.setValue(key, "yes")
    return not told
