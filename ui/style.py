"""How the window looks: the fonts it brings along, its colours, its style sheet."""

from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from wizard.resource_files import path

INK = "#1f2933"
GREY = "#5f6b7a"
LINE = "#d5dbe3"
ACCENT = "#1f5fa8"
WASH = "#eef3f9"
COLOURS = {"error": "#b3261e", "warning": "#8a5a00", "note": "#3d5a80", "ok": "#1b6e3c"}
MARKS = {"error": "×", "warning": "▲", "note": "●", "ok": "✓"}
FAMILIES = ["Noto Sans SC", "HanaMinB"]

_SHEET = f"""
* {{ color: {INK}; }}
QMainWindow, QScrollArea, QScrollArea > QWidget > QWidget, QStackedWidget {{ background: #ffffff; }}
QScrollArea {{ border: none; }}
#side {{ background: #f4f6f9; border-right: 1px solid {LINE}; }}
#side QLabel {{ background: transparent; }}
#side QFrame {{ background: transparent; }}
QPushButton#step {{ border: 1px solid transparent; border-radius: 6px; background: transparent;
  padding: 0px; }}
QPushButton#step:hover {{ background: #e8edf3; }}
QPushButton#step:checked {{ background: #dbe7f5; }}
QPushButton#step:focus {{ border: 1px solid {ACCENT}; padding: 0px; }}
#brand {{ font-size: 18px; font-weight: 700; }}
#heading {{ font-size: 22px; font-weight: 700; }}
#group {{ font-size: 15px; font-weight: 700; color: {ACCENT}; }}
#lead {{ color: {GREY}; font-size: 13px; }}
#quiet, #help {{ color: {GREY}; font-size: 12px; }}
#strip {{ background: #f4f6f9; border-top: 1px solid {LINE}; }}
#label {{ font-size: 14px; }}
QLineEdit, QPlainTextEdit, QComboBox {{
  border: 1px solid #b4bdc9; border-radius: 5px; padding: 5px 8px; background: #ffffff;
  selection-background-color: {ACCENT}; selection-color: #ffffff; font-size: 14px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 2px solid {ACCENT}; padding: 4px 7px; }}
QLineEdit[severity="error"], QPlainTextEdit[severity="error"], QComboBox[severity="error"] {{
  border-color: {COLOURS["error"]}; background: #fdf3f2; }}
QLineEdit[severity="warning"], QPlainTextEdit[severity="warning"], QComboBox[severity="warning"] {{
  border-color: #c08a1e; background: #fffaf0; }}
QComboBox:!editable {{ padding-left: 10px; }}
QComboBox:!editable:focus {{ padding-left: 9px; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: url("{path("icons", "down.png").as_posix()}"); width: 12px; height: 12px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0px; }}
QScrollBar::handle:vertical {{ background: #c3ccd8; border-radius: 4px; min-height: 40px; margin: 2px; }}
QScrollBar::handle:vertical:hover {{ background: #9aa8ba; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: transparent; border: none; height: 0px; }}
QComboBox QAbstractItemView {{ border: 1px solid {LINE}; selection-background-color: #dbe7f5;
  selection-color: {INK}; outline: none; }}
QPushButton {{ border: 1px solid #b4bdc9; border-radius: 5px; padding: 6px 14px; background: #ffffff; }}
QPushButton:hover {{ background: {WASH}; }}
QPushButton:focus {{ border: 2px solid {ACCENT}; padding: 5px 13px; }}
QPushButton:disabled {{ color: #9aa5b1; }}
QPushButton#primary {{ background: {ACCENT}; border-color: {ACCENT}; color: #ffffff; font-weight: 700; }}
QPushButton#primary:hover {{ background: #184c87; }}
QPushButton#primary:focus {{ border: 2px solid #0d2f57; }}
QPushButton#link {{ border: none; background: transparent; color: {ACCENT}; text-decoration: underline;
  padding: 1px 3px; text-align: left; font-size: 13px; }}
QPushButton#link:focus {{ border: 1px solid {ACCENT}; }}
QRadioButton, QCheckBox {{ spacing: 6px; padding: 4px 4px; font-size: 14px; }}
QRadioButton:focus, QCheckBox:focus {{ background: {WASH}; border-radius: 4px; }}
#slot {{ border: 1px dashed #aab4c1; border-radius: 8px; background: #fafbfc; }}
#slot[held="true"] {{ border: 1px solid {LINE}; background: #ffffff; }}
#thumbnail {{ background: #eef1f5; border-radius: 4px; color: {GREY}; font-size: 12px; }}
QPushButton#small {{ padding: 3px 10px; font-size: 13px; }}
QPushButton#small:focus {{ padding: 2px 9px; }}
QPushButton#small:checked {{ background: #dbe7f5; border-color: {ACCENT}; font-weight: 700; }}
#slot[over="true"] {{ border: 2px solid {ACCENT}; background: {WASH}; }}
#slot:focus {{ border: 2px solid {ACCENT}; }}
#slot[severity="error"] {{ border-color: {COLOURS["error"]}; }}
#notice {{ background: #fff7e0; border: 1px solid #e6cf8b; border-radius: 6px; }}
#entry {{ font-size: 18px; }}
#grey {{ color: {GREY}; }}
#strong {{ font-size: 14px; font-weight: 700; }}
QPushButton#filter {{ border-radius: 15px; padding: 4px 14px; }}
QPushButton#filter:focus {{ padding: 3px 13px; }}
QPushButton#filter:checked {{ background: #dbe7f5; border-color: {ACCENT}; }}
#card {{ background: #ffffff; border: 1px solid {LINE}; border-radius: 8px; }}
#problem {{ color: {COLOURS["error"]}; font-size: 13px; }}
#preview QListView {{ border: none; background: #f4f6f9; outline: none; font-size: 13px; }}
#preview QListView::item {{ padding: 4px 6px; }}
#preview QListView::item:selected {{ background: #dbe7f5; color: {INK}; }}
#preview QAbstractScrollArea:focus {{ border: 2px solid {ACCENT}; }}
#preview QTabBar {{ background: #f4f6f9; }}
#preview QTabBar::tab {{ padding: 8px 14px; border: none; border-bottom: 2px solid {LINE}; }}
#preview QTabBar::tab:selected {{ color: {ACCENT}; border-bottom: 2px solid {ACCENT}; }}
#preview QTabBar:focus {{ border: 1px solid {ACCENT}; }}
QTreeWidget {{ border: 1px solid {LINE}; border-radius: 6px; outline: none; font-size: 14px; }}
QTreeWidget::item {{ padding: 5px 2px; }}
QTreeWidget::item:selected {{ background: #dbe7f5; color: {INK}; }}
QListWidget {{ border: 1px solid {LINE}; border-radius: 6px; outline: none; font-size: 14px; }}
QListWidget::item {{ padding: 6px 4px; }}
QListWidget::item:selected {{ background: #dbe7f5; color: {INK}; }}
QSpinBox, QDateEdit {{ min-height: 30px; }}
QTableView {{ border: 1px solid {LINE}; border-radius: 6px; outline: none; font-size: 14px;
  alternate-background-color: #f8fafc; selection-background-color: #dbe7f5; selection-color: {INK}; }}
QTableView::item {{ padding: 0px 6px; }}
QHeaderView::section {{ background: #f4f6f9; border: none; border-bottom: 1px solid {LINE};
  padding: 6px 8px; }}
#recoverykey {{ font-size: 20px; font-weight: 700; border: 1px solid {LINE}; border-radius: 6px;
  padding: 14px; background: #f4f6f9; }}
#curtain {{ background: #f4f6f9; }}
QStatusBar {{ background: #f4f6f9; border-top: 1px solid {LINE}; }}
QProgressBar {{ border: 1px solid #b4bdc9; border-radius: 5px; text-align: center; height: 20px; }}
QProgressBar::chunk {{ background: #9fc0e6; border-radius: 4px; }}
QToolTip {{ background: #ffffff; border: 1px solid {LINE}; padding: 4px; }}
"""


@cache
def rare_characters() -> None:
    """Add the font for characters outside the common sets: names may hold them, the first paint does not."""
    QFontDatabase.addApplicationFont(str(path("fonts", "HanaMinB.ttf")))


def apply(app: QApplication) -> None:
    """Give the application the bundled fonts, a light palette and the style sheet."""
    for file in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(path("fonts", file)))
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(14)
    app.setFont(font)
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, "#ffffff"),
        (QPalette.ColorRole.WindowText, INK),
        (QPalette.ColorRole.Base, "#ffffff"),
        (QPalette.ColorRole.Text, INK),
        (QPalette.ColorRole.Button, "#ffffff"),
        (QPalette.ColorRole.ButtonText, INK),
        (QPalette.ColorRole.Highlight, ACCENT),
        (QPalette.ColorRole.HighlightedText, "#ffffff"),
        (QPalette.ColorRole.PlaceholderText, "#8a94a1"),
    ):
        palette.setColor(role, QColor(colour))
    app.setPalette(palette)
    app.setStyleSheet(_SHEET)
