"""What the person chooses about an export. Remembered for the next time, but for password and receiver.

The receiver belongs to one case: remembered, it would be burnt into the next client's copies.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.store import remember_choice, remembered_choice
from wizard.files import FileProblem

if TYPE_CHECKING:
    from ui.case import Case
    from wizard.packet.options import Options

KEPT = {"purpose": True, "with_report": False, "archival": False, "with_case": False}
"""What is remembered, and what holds before anything was chosen."""
ONCE = {"mark_uploads": False}
"""What holds for this case only: it changes what the platform gets, so nobody may meet it unasked."""
NO_PASSWORD = "给 PDF 设的密码还空着，填上密码，或者去掉“给 PDF 加密码”"
ANOTHER = "两遍密码不一样，再输入一遍"


class ExportChoices(QObject):
    """`changed` tells of what shows in the pages; a password does not."""

    changed = Signal()

    def __init__(self, case: "Case") -> None:
        super().__init__()
        self.kept = {name: remembered_choice(name, usual) for name, usual in KEPT.items()} | ONCE
        self.receiver = ""
        self.locked, self.password, self.again = False, "", ""
        case.replaced.connect(self._forget)

    def _forget(self) -> None:
        self.receiver = self.password = self.again = ""
        self.locked = False
        self.kept |= ONCE
        self.changed.emit()

    def choose(self, name: str, value: bool) -> None:
        """Take one of `KEPT`, and keep it for the next time; or one of `ONCE`."""
        self.kept[name] = value
        if name in KEPT:
            remember_choice(name, value)
        self.changed.emit()

    def name_receiver(self, text: str) -> None:
        """Say who gets the copies."""
        self.receiver = " ".join(text.split())
        self.changed.emit()

    def conflict(self) -> str:
        """Why the choices cannot be had together, or empty. What a password still lacks is not said yet."""
        from wizard.packet.options import Options

        password = self.password or "·" if self.locked else ""
        try:
            Options(archival=self.kept["archival"], with_case=self.kept["with_case"], password=password)
        except FileProblem as problem:
            return str(problem)
        return ANOTHER if self.locked and self.password and self.again and self.password != self.again else ""

    def for_pages(self) -> "Options":
        """What shows in the pages: for the preview and the printer."""
        from wizard.packet.options import Options

        purpose = self.kept["purpose"]
        return Options(
            purpose=purpose,
            receiver=self.receiver if purpose else "",
            with_report=self.kept["with_report"],
        )

    def for_files(self) -> "Options":
        """All of it.

        Raises:
            FileProblem: two choices contradict each other, or the password is not yet settled.
        """
        from wizard.packet.options import Options

        if self.locked and not self.password:
            raise FileProblem(NO_PASSWORD)
        if self.locked and self.password != self.again:
            raise FileProblem(ANOTHER)
        return Options(
            archival=self.kept["archival"],
            password=self.password if self.locked else "",
            with_case=self.kept["with_case"],
            purpose=self.kept["purpose"],
            receiver=self.receiver if self.kept["purpose"] or self.kept["mark_uploads"] else "",
            mark_uploads=self.kept["mark_uploads"],
            with_report=self.kept["with_report"],
        )

    def words(self) -> str:
        """The choices in a line."""
        said = ["证件影像加用途水印" if self.kept["purpose"] else "证件影像不加水印"]
        if self.kept["purpose"] and self.receiver:
            said[0] += f"，交给{self.receiver}"
        said += ["上传图片也加水印"] if self.kept["mark_uploads"] else []
        said += ["自检报告放在最后"] if self.kept["with_report"] else []
        said += ["PDF/A 存档格式"] if self.kept["archival"] else []
        said += ["附案件文件"] if self.kept["with_case"] else []
        said += ["PDF 加密码"] if self.locked else ["不加密码"]
        return "；".join(said)
