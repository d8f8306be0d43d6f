"""The audit list: who did what to which case when, and never a value."""

import getpass
from functools import cache
from typing import Final

from wizard.library import clock
from wizard.library.engine import Database
from wizard.library.records import Event

ACTIONS: Final = {
    "opened": "打开客户库",
    "case_new": "新建案件",
    "case_copied": "复制案件",
    "case_imported": "导入案件",
    "case_exported": "导出案件",
    "case_binned": "移到回收站",
    "case_put_back": "从回收站放回",
    "case_archived": "归档",
    "case_unarchived": "取消归档",
    "case_state": "改案件状态",
    "case_restored": "恢复一栏以前的内容",
    "case_updated": "按另一个案件更新",
    "purged": "彻底删除",
    "person_exported": "导出一个人的资料",
    "person_purged": "删除一个人的资料",
    "number_shown": "查看完整号码",
    "number_copied": "复制完整号码",
    "passphrase_changed": "改口令",
    "recovery_key_new": "换恢复密钥",
    "key_remembered": "由系统钥匙串记住",
    "key_forgotten": "不再由系统钥匙串记住",
    "rekeyed": "更换数据密钥",
    "backed_up": "备份",
    "restored": "恢复备份",
    "saved_elsewhere": "另存客户库",
    "audit_exported": "导出操作记录",
}
"""Everything that is noted, with its words. An action that is not here is a mistake of ours."""

_LONGEST = 100


class Audit:
    """The audit list of a library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, action: str, case: int | None = None, detail: str = "") -> None:
        """Add a line; `detail` is a count, a field id or a word, never what somebody typed.

        Raises:
            KeyError: the action is not one of `ACTIONS`.
        """
        ACTIONS[action]
        with self._database.write():
            self._database.run(
                "INSERT INTO audit (at, who, action, id, detail) VALUES (?, ?, ?, ?, ?)",
                (clock.now(), _who(), action, case, detail[:_LONGEST]),
            )

    def note_each(self, action: str, cases: tuple[int, ...], detail: str = "") -> None:
        """Add a line for each of the cases."""
        with self._database.write():
            for case in cases:
                self.note(action, case, detail)

    def events(self, limit: int = 200, offset: int = 0, case: int | None = None) -> list[Event]:
        """The lines, the newest first; of one case where it is named."""
        where, values = ("WHERE id = ?", [case]) if case is not None else ("", [])
        rows = self._database.read(
            f"SELECT at, who, action, id, detail FROM audit {where} ORDER BY number DESC LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return [
            Event(clock.moment(at), who, ACTIONS.get(action, action), id_, detail)
            for at, who, action, id_, detail in rows
        ]


@cache
def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
