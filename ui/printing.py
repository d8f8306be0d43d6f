"""Plain text on paper: the printer is chosen in the system's own dialog."""

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from ui.style import FAMILIES


def ask_and_print(parent: QWidget, title: str, text: str) -> bool:
    """Ask for a printer and print `text` under `title`; False where the person thought better of it."""
    printer = _printer()
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"打印{title}")
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    put_on_paper(printer, text)
    return True


def put_on_paper(printer: QPrinter, text: str) -> None:
    """Print `text` as it is, its lines broken at the width of an A4 sheet."""
    document = QTextDocument()
    font = document.defaultFont()
    font.setFamilies(FAMILIES)
    font.setPointSize(10)
    document.setDefaultFont(font)
    document.setPlainText(text)
    document.print_(printer)


def _printer() -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(20, 15, 15, 15), QPageLayout.Unit.Millimeter)
    return printer
