"""The windows that stand beside the form: the materials, the packet as it will be, the aid for entering."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from ui.entering_window import EnteringWindow
    from ui.export_choices import ExportChoices
    from ui.main_window import MainWindow
    from ui.materials_dialog import MaterialsDialog
    from ui.packet_desk import PacketDesk
    from ui.preview_window import PreviewWindow

BREATH = 10
"""Milliseconds between two pieces of work that would be felt together."""


class Beside(QObject):
    """Opens them, each made when it is first asked for, and leads back from them into the form."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._case = window, window.case
        self.materials: MaterialsDialog | None = None
        self.preview: PreviewWindow | None = None
        self.entering: EnteringWindow | None = None

    @cached_property
    def choices(self) -> "ExportChoices":
        """What the person chooses about an export, for the page that exports and for the preview."""
        from ui.export_choices import ExportChoices

        return ExportChoices(self._case)

    @cached_property
    def packets(self) -> "PacketDesk":
        """Where packets are made, for the page that exports and for the preview."""
        from ui.packet_desk import PacketDesk

        packets = PacketDesk(self)
        self._window.lock.locked.connect(packets.put_away)
        return packets

    def show_materials(self) -> None:
        """The list of materials, beside the window until it is closed."""
        from ui.materials_dialog import MaterialsDialog

        if self.materials is None:
            self.materials = MaterialsDialog(self._case, self._window)
            self.materials.go_to.connect(self._window.go_to_field)
        self.materials.refresh()
        self.materials.show()
        self.materials.activateWindow()

    def show_preview(self) -> None:
        """The packet as it will be, beside the form, at the field the person is at.

        The first time it is loaded, made and shown in turns, so that keys and paint come in between.
        """
        from ui import preview_window  # noqa: F401

        self.packets.warm()
        QTimer.singleShot(0 if self.preview else BREATH, self, self._make_preview)

    def _make_preview(self) -> None:
        from ui.preview_window import PreviewWindow

        if self.preview is None:
            self.preview = PreviewWindow(self._case, self.choices.for_pages, self.packets, self._window)
            self.choices.changed.connect(self.preview.build.touch)
            self._window.lock.locked.connect(self.preview.pause)
            self._window.lock.unlocked.connect(self.preview.go_on)
            self.preview.go_to.connect(self._back_to_form)
            QTimer.singleShot(BREATH, self, self._make_preview)
            return
        self.preview.open_at(self._case.draft.place.get("field", ""))

    def show_entering(self) -> None:
        """填报助手: a small window for typing the case into the platform."""
        from ui.entering_window import EnteringWindow

        if self.entering is None:
            self.entering = EnteringWindow(self._case, self._window.clipboard, self._window)
            self.entering.go_to.connect(self._back_to_form)
        self.entering.open_beside(self._exports())

    def _exports(self) -> Path:
        """Where the exports of the case go."""
        page = self._window.pages.get("export")
        if page is not None:
            return page.card.written or page.card.target()  # type: ignore[attr-defined, no-any-return]
        return self._case.store.home(self._case.draft, self._case.place)

    def _back_to_form(self, field_id: str) -> None:
        self._window.raise_()
        self._window.activateWindow()
        if field_id:
            self._window.go_to_field(field_id)

    def close(self) -> None:
        """Close what is open, and let its work end (when the main window closes)."""
        if self.preview is not None:
            self.preview.close()
        if "packets" in vars(self):
            self.packets.close()
        if self.preview is not None:
            self.preview.wait()
        if self.entering is not None:
            self.entering.close()
