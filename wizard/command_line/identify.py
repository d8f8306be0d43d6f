"""`main.py identify KIND`: judge one identifier, or a list of them, one a line."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from wizard import numbers
from wizard.command_line.program import day, today
from wizard.messages import kind_label, problem_text
from wizard.problem import Problem, Verdict

_INFO = {
    "department": "登记管理部门",
    "category": "机构类别",
    "division": "行政区划代码",
    "place": "地区",
    "organisation_code": "组织机构代码",
    "body": "本体代码",
    "check_character": "校验码",
    "province": "省份",
    "region": "地区",
    "birth_date": "出生日期",
    "gender": "性别",
    "age": "年龄",
    "upgraded": "对应的 18 位号码",
    "card": "证件版本",
    "country": "国籍",
    "from": "来自",
    "make": "证件版本",
    "looks_like": "像是",
    "word": "字",
    "number": "号",
    "range_of": "号段分配给",
    "area_code": "区号",
    "extension": "分机",
    "type": "计费",
    "domain": "域名",
    "registered": "注册的域名",
    "suffix": "后缀",
    "unicode": "中文写法",
    "stands_for": "用途",
    "kind": "备案对象",
    "subject": "主体备案号",
    "year": "年份",
    "name": "名称",
    "level": "级别",
    "until": "列到",
}


class _Unusable(Exception):
    """The input cannot be used; the text is the one line to be said."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("kind", metavar="类别", help=f"号码类别：{_listed()}")
    parser.add_argument("values", metavar="号码", nargs="*", help="要核对的号码；不写则从标准输入逐行读")
    parser.add_argument("--on", type=day, metavar="日期", help="按哪一天核对，如 2026-11-23，默认今天")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--json-lines", action="store_true", help="标准输入每行是一个 JSON 字符串")


def _listed() -> str:
    return "、".join(f"{name}（{kind_label(name)}）" for name in numbers.KINDS)


def run(args: argparse.Namespace) -> int:
    """Judge all values and print the verdicts; 0 all well-formed, 1 some are not, 2 unusable input."""
    try:
        values = args.values or _from_input(args.json_lines)
        return _print_all(_kind_name(args.kind), values, args.on or today(), args.json)
    except _Unusable as problem:
        print(problem, file=sys.stderr)
        return 2


def _kind_name(said: str) -> str:
    """The kind that was asked for, by its name or its Chinese label."""
    for name in numbers.KINDS:
        if said in (name, kind_label(name)):
            return name
    raise _Unusable(f"没有“{said[:40]}”这一类号码，可用的有：{_listed()}")


def _from_input(as_json: bool) -> Iterator[str]:
    """The lines of standard input, each one value; empty lines at the end are no values."""
    data = sys.stdin.buffer.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _Unusable(f"标准输入第 {line} 行不是 UTF-8 文字，另存为 UTF-8 编码再试") from None
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        raise _Unusable("没有要核对的号码，写在命令后面，或从标准输入逐行给出")
    return (_value(line.removesuffix("\r"), place, as_json) for place, line in enumerate(lines, 1))


def _value(line: str, place: int, as_json: bool) -> str:
    if not as_json:
        return line
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, str):
        raise _Unusable(f"标准输入第 {place} 行不是 JSON 字符串，写成带引号的样子")
    return value


def _print_all(name: str, values: Iterable[str], on: date, as_json: bool) -> int:
    kind = numbers.kind(name)
    judged = [(value, kind.validate(value, on)) for value in values]
    if as_json:
        entries = [
            _entry(name, value, verdict, kind.describe(value, on) if verdict.valid else {})
            for value, verdict in judged
        ]
        print("[" + ",\n".join(map(_dumped, entries)) + "]")
    else:
        for value, verdict in judged:
            print("\n".join(_lines(name, value, verdict, kind, on)))
    return 0 if all(verdict.valid for _, verdict in judged) else 1


def _entry(name: str, value: str, verdict: Verdict, info: Any) -> dict[str, Any]:
    first = next(iter((*verdict.problems, *verdict.doubts)), None)
    return {
        "value": value,
        "normalised": verdict.normalised,
        "valid": verdict.valid,
        "reason": verdict.reason,
        "reasons": [problem.code for problem in verdict.problems],
        "warnings": [doubt.code for doubt in verdict.doubts],
        "message": _sentence(name, verdict.problems[0]) if verdict.problems else "格式正确",
        "position": verdict.problems[0].position if verdict.problems else None,
        "suggestion": first.suggestion if first else None,
        "info": dict(info),
    }


def _dumped(entry: dict[str, Any]) -> str:
    """JSON in Chinese; escaped where the value holds what UTF-8 or the eye cannot take."""
    plain = all(char.isprintable() for char in entry["value"] + entry["normalised"])
    return json.dumps(entry, ensure_ascii=not plain)


def _sentence(name: str, problem: Problem) -> str:
    message, fix = problem_text(name, problem)
    return f"{message}。{fix}。" if fix else message


def _lines(name: str, value: str, verdict: Verdict, kind: numbers.Kind, on: date) -> Iterator[str]:
    shown = kind.format(value) if verdict.valid else _one_line(value)
    if verdict.valid:
        yield f"✓ {shown}  格式正确"
        for key, known in kind.describe(value, on).items():
            yield f"    {_INFO[key]}：{known}"
    else:
        yield f"✗ {shown}  {verdict.reason}"
    for problem in verdict.problems:
        yield f"    错误：{_sentence(name, problem)}"
        if problem.suggestion:
            yield f"    可能是：{problem.suggestion}"
    for doubt in verdict.doubts:
        yield f"    提醒：{_sentence(name, doubt)}"


def _one_line(value: str) -> str:
    shown = "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in value[:80])
    return f"{shown}…" if len(value) > 80 else shown or "（空）"
