"""What every page begins with: its heading and one line on what belongs here."""

from PySide6.QtWidgets import QLabel, QVBoxLayout

MARGINS = (36, 26, 36, 26)
HEAD = 3
"""So many parts of a page's column are its heading and the line under it."""


def page_column(layout: QVBoxLayout, title: str, hint: str) -> QLabel:
    """Give `layout` the margins of a page, the heading and the hint; the label of the hint is returned."""
    layout.setContentsMargins(*MARGINS)
    heading = QLabel(title)
    heading.setObjectName("heading")
    told = QLabel(hint)
    told.setObjectName("lead")
    told.setWordWrap(True)
    layout.addWidget(heading)
    layout.addSpacing(4)
    layout.addWidget(told)
    layout.addSpacing(14)
    return told
