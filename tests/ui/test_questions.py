"""What is asked in a box, with the box on the screen and a real click."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QMessageBox

from ui import demo_hand as hand
from ui.questions import chosen


def test_what_is_ticked_beside_a_question_is_known_after_it(qtbot, window):
    also = QCheckBox("备份里的也删掉")

    def answer():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        hand.click(also)
        hand.click(next(one for one in box.buttons() if one.text() == "删"))

    QTimer.singleShot(50, answer)
    assert chosen(window, "删除", "删掉选中的", "不能恢复", ("删", "不删"), careful=True, check=also)
    assert also.isChecked()


def test_escape_is_the_careful_choice(window):
    QTimer.singleShot(50, lambda: QApplication.activeModalWidget().reject())
    assert not chosen(window, "删除", "删掉选中的", "不能恢复", ("删", "不删"), careful=True)
