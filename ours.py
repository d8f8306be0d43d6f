
from ui import app
from ui.store import FileStore
qt = app.application()
window = app.window(FileStore())

import os
from PySide6.QtCore import QCoreApplication, QEvent, QObject
class End(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), 100)
        return False
    def event(self, event):
        if event.type() == QEvent.Type.User:
            os._exit(0)
        return super().event(event)

end = End()
window.installEventFilter(end)
window.show()
qt.exec()
