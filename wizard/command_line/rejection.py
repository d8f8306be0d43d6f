"""`main.py rejection`: what the platform's words of rejection mean, field by field."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wizard.files import FileProblem
from wizard.resource_files import toml
from wizard.sections import catalogue

if TYPE_CHECKING:
    from wizard.tracking.rejection import Rejection, Understood

_LARGEST = 200_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("text", metavar="原文", help="平台或通管局给的驳回原文，- 是标准输入")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Say what was recognised; 0 something was, 1 nothing was.

    Raises:
        FileProblem: there is no text, or it is not UTF-8.
    """
    from wizard.tracking.rejection import understand_rejection

    found = understand_rejection(_text(args.text))
    print(
        json.dumps(_document(found), ensure_ascii=False, indent=1) if args.json else "\n".join(_lines(found))
    )
    return 0 if found.reasons else 1


def _text(given: str) -> str:
    if given == "-":
        data = sys.stdin.buffer.read(_LARGEST + 1)
        try:
            given = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise FileProblem("标准输入不是 UTF-8 文字，另存为 UTF-8 编码再试") from error
    if len(given) > _LARGEST:
        raise FileProblem("文字太长，只粘贴驳回原因那一段")
    if not given.strip():
        raise FileProblem("没有驳回原文，写在命令后面，或用 - 从标准输入读")
    return given


def _document(found: "Rejection") -> dict[str, Any]:
    rules = {entry["id"]: entry.get("by", []) for entry in toml("rules", "reasons.toml")["reason"]}
    return {
        "format": "beian-rejection",
        "version": 1,
        "recognised": bool(found.reasons),
        "reasons": [
            {
                "reason": one.reason,
                "text": one.text,
                "sure": one.sure,
                "fields": [{"id": id_, "label": _label(id_)} for id_ in one.fields],
                "change": one.change,
                "paper": one.paper,
                "quote": one.quote,
                "rules": rules.get(one.reason, []),
            }
            for one in found.reasons
        ],
        "unknown": list(found.unknown),
        "codes": [{"code": one.code, "says": one.says, "known": one.known} for one in found.codes],
    }


def _lines(found: "Rejection") -> Iterator[str]:
    for code in found.codes:
        yield f"错误码 {code.code}：{code.says}"
    for one in found.reasons:
        yield from _reason(one)
    if found.unknown:
        yield "没有认出，请自己对照原文："
        yield from (f"  {sentence}" for sentence in found.unknown)
    elif not found.reasons:
        yield "没有认出，请自己对照原文"


def _reason(one: "Understood") -> Iterator[str]:
    if one.reason:
        yield f"{'' if one.sure else '可能是：'}{one.text}（{one.reason}）"
    else:
        yield "没有认出原因，接口指明了栏目"
    yield f"  原文：{one.quote}"
    if one.fields:
        yield f"  栏目：{'、'.join(map(_label, one.fields))}"
    if one.change:
        yield f"  怎么改：{one.change}"
    if one.paper:
        yield f"  要补的材料：{one.paper}"


def _label(field_id: str) -> str:
    return catalogue()[field_id].heading
