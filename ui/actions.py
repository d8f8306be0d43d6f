"""The menus and the keys of the window."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence, QShortcut

from ui.book_menu import BookMenu
from ui.library_menu import LibraryMenu
from ui.undoing import Undoing

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_KEYS = (
    ("Enter", "到下一栏"),
    ("Alt+← / Alt+→（或 Alt+↑ / Alt+↓）", "上一步 / 下一步"),
    ("Ctrl+Enter", "下一步"),
    ("F8 / Shift+F8", "下一处 / 上一处问题"),
    ("Ctrl+Z / Ctrl+Y", "撤销 / 重做，跨页也行"),
    ("Ctrl+S", "立即保存"),
    ("Ctrl+Shift+S", "另存为"),
    ("Ctrl+N / Ctrl+O", "新建 / 打开"),
    ("Ctrl+I", "导入客户填好的采集表"),
    ("Ctrl+V、Delete", "在附件栏里粘贴图片、移除文件"),
    ("F2 / F4", "在附件栏里调整图片 / 看图片上读到的内容"),
    ("Ctrl+E", "自检"),
    ("Ctrl+L", "材料清单"),
    ("Ctrl+J", "办理进度；再按回到案件"),
    ("Ctrl+Shift+J", "期限一览：全部在办的备案，近的在前"),
    ("Ctrl+Shift+R", "看懂驳回"),
    ("Ctrl+Shift+O", "客户库里的案件列表"),
    ("Ctrl+B", "在案件列表里：批量自检、导出选中的或列出的案件"),
    ("Ctrl+Shift+L", "立即锁定，把内容藏起来"),
    ("Ctrl+P", "预览材料包；在预览里再按就是打印"),
    ("预览里：PgUp / PgDn、Home / End", "上一页 / 下一页、第一页 / 最后一页"),
    ("预览里：Ctrl++ / Ctrl+-、Ctrl+0、Ctrl+9", "放大 / 缩小、适合宽度、整页"),
    ("F9", "填报助手：逐项复制到平台"),
    ("填报助手里：Enter、空格、PgUp / PgDn", "复制并到下一项、打钩或取消、上一页 / 下一页"),
    ("Ctrl+/", "这张表"),
)
_ABOUT = """备案助手 0.1.0
微信小程序备案材料的填写、自检与导出。全程不联网，初筛结果不代表审核结果。

本程序按 MIT 许可发布。界面使用 Qt（PySide6，LGPL 3），字体为 Noto Sans SC 与花園明朝（OFL）；
全部组件和许可见随程序附带的 NOTICE.md。"""


class Actions:
    """Puts menus and shortcuts on a window."""

    def __init__(self, window: "MainWindow") -> None:
        self.window = window
        file, edit, move, library, helps = window.menus
        self._add(file, "新建", "Ctrl+N", window.keeping.new)
        self._add(file, "打开…", "Ctrl+O", self.open)
        self._add(file, "立即保存", "Ctrl+S", self.save)
        self._add(file, "另存为…", "Ctrl+Shift+S", window.keeping.elsewhere)
        file.addSeparator()
        self.books = BookMenu(window, file)
        self._add(file, "导入放假安排…", "", self.import_year)
        file.addSeparator()
        self._add(file, "立即锁定", "Ctrl+Shift+L", window.lock.lock)
        self._add(file, "退出", "Ctrl+Q", window.close)
        self.undoing = Undoing(window, edit)
        self._add(move, "下一步", "Alt+Right", lambda: window.step(1))
        self._add(move, "上一步", "Alt+Left", lambda: window.step(-1))
        self._add(move, "下一处问题", "F8", lambda: window.next_problem(1))
        self._add(move, "上一处问题", "Shift+F8", lambda: window.next_problem(-1))
        self._add(move, "自检", "Ctrl+E", lambda: window.go("check"))
        self._add(move, "材料清单", "Ctrl+L", window.beside.show_materials)
        self._add(move, "预览材料包", "Ctrl+P", window.beside.show_preview)
        self._add(move, "填报助手", "F9", window.beside.show_entering)
        self._add(move, "办理进度", "Ctrl+J", window.progress.show)
        self._add(move, "期限一览…", "Ctrl+Shift+J", window.progress.dates.show_overview)
        self._add(move, "看懂驳回…", "Ctrl+Shift+R", window.progress.understand)
        self._add(move, "变更与注销…", "", window.progress.show_changes)
        self.library = LibraryMenu(window.room, library)
        self._add(helps, "快捷键", "Ctrl+/", self.keys)
        self._add(helps, "关于", "", self.about)
        for keys, by in (("Alt+Down", 1), ("Alt+Up", -1), ("Ctrl+Return", 1), ("Ctrl+Enter", 1)):
            shortcut = QShortcut(QKeySequence(keys), window)
            shortcut.activated.connect(lambda by=by: window.step(by))

    def _add(self, menu: object, text: str, keys: str, act: object) -> None:
        action = QAction(text, self.window)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False: act())  # type: ignore[operator]
        menu.addAction(action)  # type: ignore[attr-defined]

    def open(self) -> None:
        """Ask which case to open."""
        from ui.questions import which_to_open

        if place := which_to_open(self.window, self.window.case.place.parent):
            self.window.keeping.open(place)

    def import_year(self) -> None:
        """Ask for the file of a year's 放假安排 and keep it; the dates of the stages are reckoned by it."""
        from ui.questions import which_year
        from wizard.files import FileProblem
        from wizard.tracking.calendar import import_year
        from wizard.user_folder import holidays_folder

        file = which_year(self.window)
        if file is None:
            return
        try:
            year = import_year(file, holidays_folder())
        except FileProblem as problem:
            self.window.complain(str(problem))
            return
        self.window.complain(f"{year} 年的放假安排已导入，办理日期从现在起按它计算")

    def save(self) -> None:
        """Save now and say so, even when nothing was unsaved."""
        case = self.window.case
        case.changed()
        case.begin_saving()

    def keys(self) -> None:
        """Show the table of shortcuts."""
        self._tell("快捷键", "\n".join(f"{keys}　　{what}" for keys, what in _KEYS))

    def about(self) -> None:
        """Say what this is and under which licences."""
        self._tell("关于备案助手", _ABOUT)

    def _tell(self, title: str, text: str) -> None:
        from PySide6.QtWidgets import QMessageBox

        QMessageBox.information(self.window, title, text)
