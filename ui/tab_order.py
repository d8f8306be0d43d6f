"""Tab goes as one reads: through what stands in the layouts, in their order.

Qt's own order is that of creation, and a row or a file that is added later would come last.
"""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def chain(*parts: QWidget) -> None:
    """Let Tab go through all that takes the focus in `parts`, one part after the other."""
    reached = [widget for part in parts for widget in _reached(part)]
    for before, after in pairwise(reached):
        QWidget.setTabOrder(before, after)


def _reached(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QScrollArea) and widget.widget() is not None:
        widget = widget.widget()
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    if widget.layout() is not None:
        yield from _in_layout(widget.layout())


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if (widget := item.widget()) is not None:
            yield from _reached(widget)
        elif (inner := item.layout()) is not None:
            yield from _in_layout(inner)
