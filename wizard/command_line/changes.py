"""`main.py changes`: what of a granted filing may change and how, and the three ways to cancel it."""

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wizard.files import FileProblem
from wizard.sections import catalogue

if TYPE_CHECKING:
    from wizard.tracking.changes import Cancellation, Change, Said


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "fields", nargs="*", metavar="栏目", help="只看这些栏目，例如 mini_program.name；默认全部"
    )
    parser.add_argument("--province", default="", metavar="省份", help="另列这个省的要求，例如 北京市")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    """List them.

    Raises:
        FileProblem: a field or the province does not exist.
    """
    from wizard import districts
    from wizard.tracking.changes import everything, touching

    if strange := [one for one in args.fields if one not in catalogue()]:
        raise FileProblem(f"没有“{strange[0]}”这个栏目，用 fields 命令看全部栏目")
    province = districts.named(args.province) if args.province else None
    if args.province and province is None:
        raise FileProblem(f"没有“{args.province}”这个省份，写全称，例如 北京市")
    changes = touching(args.fields) if args.fields else everything().changes
    name = province.name if province else ""
    if args.json:
        print(json.dumps(_document(changes, name), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(changes, name, whole=not args.fields)))
    return 0


def _lines(changes: "tuple[Change, ...]", province: str, *, whole: bool) -> Iterator[str]:
    from wizard.tracking.changes import everything

    for change in changes:
        yield from change_lines(change, province)
    if not changes:
        yield "这些栏目不在变更之列"
    yield "办变更或注销以前："
    for said in (*everything().blocks, *everything().duties):
        yield f"  {said.text}（{said.sure}）"
    if whole:
        for one in everything().cancellations:
            yield from cancellation_lines(one)


def change_lines(change: "Change", province: str) -> Iterator[str]:
    """One change in lines."""
    from wizard.tracking.changes import HOWS

    yield f"{change.title}：{HOWS[change.how]}"
    yield f"  栏目：{'、'.join(catalogue()[field].heading for field in change.fields)}"
    for label, listed in (("先办", change.first), ("材料", change.papers)):
        for text in listed:
            yield f"  {label}：{text}"
    yield f"  {change.says.text}（{change.says.sure}）"
    for one in change.in_province(province):
        yield f"  {province}：{one.text}（历史要求，以控制台提示为准）"


def cancellation_lines(one: "Cancellation") -> Iterator[str]:
    """One way to cancel in lines."""
    yield f"{one.title}：{one.effect}"
    for label, listed in (("先办", one.first), ("材料", one.papers)):
        for text in listed:
            yield f"  {label}：{text}"
    yield f"  短信核验：{'要' if one.sms else '不用'}；时间：{one.time}"
    yield f"  {one.says.text}（{one.says.sure}）"


def _document(changes: "tuple[Change, ...]", province: str) -> dict[str, Any]:
    from wizard.tracking.changes import everything

    known = everything()
    return {
        "format": "beian-changes",
        "version": 1,
        "changes": [_change(one, province) for one in changes],
        "cancellations": [_cancellation(one) for one in known.cancellations],
        "blocks": [_said(one) for one in known.blocks],
        "duties": [_said(one) for one in known.duties],
    }


def _change(one: "Change", province: str) -> dict[str, Any]:
    found = {name: getattr(one, name) for name in ("id", "title", "how", "fields", "first", "papers")}
    return found | {
        "provinces": [{"names": each.names, "text": each.text} for each in one.provinces],
        "in_province": [each.text for each in one.in_province(province)],
        **_said(one.says),
    }


def _cancellation(one: "Cancellation") -> dict[str, Any]:
    found = {name: getattr(one, name) for name in ("id", "title", "effect", "first", "papers", "sms", "time")}
    return found | _said(one.says)


def _said(one: "Said") -> dict[str, Any]:
    return {
        "says": one.text,
        "confidence": one.confidence,
        "sources": [{"title": cite.title, "url": cite.url, "checked": cite.checked} for cite in one.sources],
    }
