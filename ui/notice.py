"""One sentence above the page: what went wrong, or what there was to say."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

Act = tuple[str, Callable[[], None]]


class Notice(QFrame):
    """Shown until it is put away. What `stays` is put away only by the person, or by `settle`."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.stays = False
        row = QHBoxLayout(self)
        row.setContentsMargins(36, 8, 36, 8)
        self.text = QLabel()
        self.text.setWordWrap(True)
        row.addWidget(self.text, 1)
        self._act: Act | None = None
        self.act_button = QPushButton()
        self.act_button.setAutoDefault(True)
        self.act_button.clicked.connect(self._do)
        self.act_button.hide()
        row.addWidget(self.act_button)
        self.close_button = QPushButton("知道了")
        self.close_button.setAutoDefault(True)
        self.close_button.clicked.connect(self.hide)
        row.addWidget(self.close_button)
        self.hide()

    def say(self, text: str, stays: bool = True, act: Act | None = None) -> None:
        """Show `text`, as it is but for numbers of people: nothing in it is mark-up.

        `act` is something that can be done about it: the words of a button, and what it does.
        """
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        from wizard.masking import masked_within

        text = masked_within(text)
        self.stays, self._act = stays, act
        self.act_button.setVisible(act is not None)
        if act is not None:
            self.act_button.setText(act[0])
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setText(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _do(self) -> None:
        self.hide()
        if self._act is not None:
            self._act[1]()

    def pass_by(self) -> None:
        """The person has moved on: what was only worth a glance goes."""
        if not self.stays:
            self.hide()
