"""What `main.py library` prints: plain values for JSON, lines for people."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from wizard.picture import weight


def plain(value: Any) -> Any:
    """A result as JSON can hold it."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value


def lines(task: str, result: dict[str, Any]) -> Iterator[str]:
    """A result in lines for people."""
    yield from _WRITERS[task](result)


def _create(result: dict[str, Any]) -> Iterator[str]:
    yield f"已建客户库 {result['folder']}"
    yield f"恢复密钥 {result['recovery_key']}"
    yield "把恢复密钥打印出来另处保存：忘了口令只有它能打开，程序里不留副本"
    yield from result["notices"]


def _list(result: dict[str, Any]) -> Iterator[str]:
    for one in result["cases"]:
        deadline = f"　期限 {one['deadline']}" if one["deadline"] else ""
        tags = "　" + " ".join(f"#{tag}" for tag in one["tags"]) if one["tags"] else ""
        names = "　".join(one[name] or "（未填）" for name in ("program", "subject"))
        yield f"{one['id']:>6}　{one['state_word']}　{names}{deadline}{tags}"
    yield f"共 {result['count']} 个案件"


def _import(result: dict[str, Any]) -> Iterator[str]:
    for one in result["files"]:
        missing = f"；旁边没有这些附件：{'、'.join(one['missing'])}" if one["missing"] else ""
        yield f"{one['path']}　{'收为' if one['new'] else '以前收过，是'}案件 {one['case']}{missing}"
    yield f"新收 {sum(one['new'] for one in result['files'])} 个"


def _export(result: dict[str, Any]) -> Iterator[str]:
    for one in result["exported"]:
        yield from (f"已导出 {path}" for path in one["paths"])
    yield "导出的文件没有加密，用完按需删除"


def _backup(result: dict[str, Any]) -> Iterator[str]:
    made = result["backup"]
    yield f"已备份并核对：{made['path']}（{made['cases']} 个案件，{weight(made['size'])}）"


def _backups(result: dict[str, Any]) -> Iterator[str]:
    for one in result["backups"]:
        state = one["problem"] or "完好"
        yield f"{one['made']:%Y-%m-%d %H:%M}　{one['cases']} 个案件　{state}　{one['path']}"
    yield f"共 {len(result['backups'])} 份备份"


def _verify(result: dict[str, Any]) -> Iterator[str]:
    yield f"完好，{result['cases']} 个案件" if result["whole"] else f"错误　{result['problem']}"


def _restore(result: dict[str, Any]) -> Iterator[str]:
    yield from result["notices"]
    yield f"现在有 {result['cases']} 个案件"


def _purge(result: dict[str, Any]) -> Iterator[str]:
    receipt = result["receipt"]
    if receipt is None:
        yield "没有保存期限已到的案件"
        return
    yield f"删除回执 {receipt['number']}　{receipt['at']:%Y-%m-%d %H:%M}"
    yield f"彻底删除 {receipt['cases']} 个案件、{receipt['files']} 个附件，共 {receipt['bytes']} 字节"
    until = receipt["backups_until"]
    yield f"备份里的副本最迟在 {until} 删掉" if until else "备份里也没有副本"


def _audit(result: dict[str, Any]) -> Iterator[str]:
    for one in result["events"]:
        case = f"　案件 {one['case']}" if one["case"] is not None else ""
        detail = f"　{one['detail']}" if one["detail"] else ""
        yield f"{one['at']:%Y-%m-%d %H:%M:%S}　{one['who']}　{one['action']}{case}{detail}"


def _salvage(result: dict[str, Any]) -> Iterator[str]:
    yield f"救出 {result['cases']} 个案件、{result['files']} 个附件，新客户库在 {result['folder']}"
    if result["cases_lost"] or result["files_lost"]:
        yield f"没能读出 {result['cases_lost']} 个案件、{result['files_lost']} 个附件；损坏的客户库没有改动"
    yield f"新客户库的恢复密钥 {result['recovery_key']}"
    yield "把恢复密钥打印出来另处保存：忘了口令只有它能打开，程序里不留副本"


def _copy(result: dict[str, Any]) -> Iterator[str]:
    yield f"已把客户库（{result['cases']} 个案件）另存到 {result['folder']}，仍用原来的口令打开"


def _person(result: dict[str, Any]) -> Iterator[str]:
    yield from (f"已导出 {path}" for path in result["paths"])
    yield "导出的文件没有加密，交给本人以后删掉"


_WRITERS: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
    "create": _create,
    "list": _list,
    "search": _list,
    "import": _import,
    "export": _export,
    "backup": _backup,
    "backups": _backups,
    "verify": _verify,
    "restore": _restore,
    "purge": _purge,
    "audit": _audit,
    "salvage": _salvage,
    "copy": _copy,
    "person": _person,
}
