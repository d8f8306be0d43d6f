"""Parts of dialogs: no dialog is larger than the screen, whose buttons stand at its bottom."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QTreeWidget

from ui.dialog_parts import answers, as_table, button, sized


def test_a_dialog_has_its_size_or_that_of_the_screen(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    sized(dialog, 320, 240)
    assert (dialog.width(), dialog.height()) == (320, 240)
    sized(dialog, 30_000, 20_000)
    room = dialog.screen().availableGeometry()
    assert dialog.width() == room.width()
    assert room.height() - 60 <= dialog.height() < room.height()


def test_enter_does_what_the_row_of_buttons_is_for(qtbot):
    dialog, pressed = QDialog(), []
    qtbot.addWidget(dialog)
    other = button("别的", lambda: pressed.append("other"))
    row = answers(button("做", lambda: pressed.append("act")), button("不做", dialog.reject), other)
    dialog.setLayout(row)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    QTest.mouseClick(other, Qt.MouseButton.LeftButton)
    assert pressed == ["act", "other"]


def test_the_stretched_columns_share_the_room(qtbot):
    tree = as_table(QTreeWidget(), "名称", ("甲", "乙", "丙"), (1, 2))
    qtbot.addWidget(tree)
    tree.resize(900, 200)
    tree.show()
    assert tree.columnWidth(0) < 200
    assert abs(tree.columnWidth(1) - tree.columnWidth(2)) <= 1
    assert tree.accessibleName() == "名称"
