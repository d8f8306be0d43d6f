"""The sub-commands and their arguments. Each command's module is imported only when it is asked for."""

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from importlib import import_module
from typing import Any

from wizard.days import read_day
from wizard.files import FileProblem, why

_INTERRUPTED, _CUT_OFF = 130, 141
"""As shells count them: 128 and SIGINT, 128 and SIGPIPE. Not 0: what was left unsaid may be an 错误."""
_COMMANDS = {
    "check": "自检草稿（.json）或采集表（.xlsx、.csv）的每一行，列出会被驳回的地方",
    "export": "导出材料包或整套文件",
    "intake": "导出空白的客户资料采集表，读入填好的",
    "batch": "一次自检或导出很多案件，各占一行目录；导出中断了再运行就接着做",
    "identify": "核对一个或一批号码",
    "read": "识别一张证件图片，列出读到的内容和图片的毛病",
    "fields": "列出全部字段",
    "deadlines": "列出每个备案的期限，写成日历文件（.ics）",
    "follow": "跟进一个备案：现在到哪一步、下一步做什么，记下发生了什么",
    "changes": "备案成功以后能改什么、怎么改、要什么材料，三种注销的区别",
    "figures": "备案统计：各状态几个、每个环节几天、驳回原因、一次通过率",
    "rejection": "看懂驳回原文：哪一栏、怎么改、缺什么",
    "rules": "列出全部规则",
    "library": "客户库：列出、查找、导入、导出、备份、检查、恢复、彻底删除",
}


def _layout(prog: str) -> argparse.HelpFormatter:
    """Help with a width of its own: asking the terminal for one loads every compressor there is."""
    made = argparse.HelpFormatter(prog, width=100)
    made._action_max_length = (
        14  # it forgets how far sub-commands are indented: the longest would get two lines
    )
    return made


class _Parser(argparse.ArgumentParser):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, formatter_class=_layout)

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(2, f"命令写法不对：{_in_chinese(message)}；用 --help 看用法\n")


def _in_chinese(message: str) -> str:
    for english, chinese in (
        ("the following arguments are required:", "缺少"),
        ("unrecognized arguments:", "不认识"),
        ("expected one argument", "后面要跟一个值"),
        ("expected at least one argument", "后面至少要跟一个值"),
        ("invalid choice:", "没有这个选项"),
        ("argument", "参数"),
        ("choose from", "可选"),
    ):
        message = message.replace(english, chinese)
    return message


def day(text: str) -> date:
    """The value of ``--on``: a day.

    Raises:
        argparse.ArgumentTypeError: the text is not a day.
    """
    _, value = read_day(text.strip())
    if value is None:
        raise argparse.ArgumentTypeError(f"“{text[:20]}”不是日期，按 2026-11-23 的样子写")
    return value


def now() -> datetime:
    """The clock, read in this one place for every command; with the zone of the machine."""
    return datetime.now().astimezone()


def today() -> date:
    """The day of `now`."""
    return now().date()


def run(arguments: Sequence[str]) -> int:
    """Run the command that `arguments` name and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = _Parser(prog="main.py", description="备案助手：微信小程序备案材料的填写、自检与导出")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    commands.add_parser("demo", help="用内置样本把全过程走一遍，保存每页截图和材料包")
    for name, text in _COMMANDS.items():
        sub = commands.add_parser(name, help=text, description=text)
        if name == arguments[0]:
            import_module(f"wizard.command_line.{name}").add_arguments(sub)
    args = parser.parse_args(arguments)
    try:
        code = int(import_module(f"wizard.command_line.{args.command}").run(args))
        sys.stdout.flush()
    except FileProblem as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("停下了", file=sys.stderr)
        return _INTERRUPTED
    except OSError as error:
        if error.filename is not None:
            raise
        return _not_written(error)
    return code


def _not_written(error: OSError) -> int:
    """What printed could not be: whoever read it has enough (`… | head`), or the disk has no room for it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nor is the rest tried again when the program ends
    if error.errno in (errno.EPIPE, errno.EINVAL):  # Windows says EINVAL
        return _CUT_OFF
    print(f"结果写不出去：{why(error)}", file=sys.stderr)
    return 2
