"""Tasks of `main.py library` around a library as a whole: salvaged, copied elsewhere, one person's data."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.command_line.secrets_given import folder_of, passphrase_in, secret_of
from wizard.command_line.typed import typed
from wizard.files import FileProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from wizard.library.library import Library

Result = tuple[dict[str, Any], int]


def add_arguments(task: "Callable[[str, str], argparse.ArgumentParser]") -> None:
    """Declare these tasks; `task` makes one."""
    made = task("salvage", "从损坏的客户库里读出还能读的案件，放进新客户库；损坏的那个不改动")
    made.add_argument("--into", type=Path, required=True, metavar="文件夹", help="新客户库建在哪里")
    made.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar="文件",
        help="新客户库的口令在这个文件的第一行；不写就和损坏的那个一样打开",
    )
    made = task("copy", "把整个客户库另存到别的文件夹，仍用原来的口令打开")
    made.add_argument("--into", type=Path, required=True, metavar="文件夹", help="另存到哪里")
    made = task("person", "把一个人（或一个主体）的资料导出成文件夹，交给本人")
    made.add_argument("text", metavar="姓名或证件号码", help="写 - 从标准输入读，号码不会留在命令记录里")
    made.add_argument("-o", "--out", type=Path, required=True, metavar="文件夹", help="写到哪里")


def salvage(args: argparse.Namespace) -> Result:
    """Read what can still be read; 1 where something could not be."""
    from wizard.library.salvage import salvage
    from wizard.library.secret import given

    new = passphrase_in(args.new_passphrase_file) if args.new_passphrase_file else None
    found = salvage(folder_of(args), args.into, given(**secret_of(args)), new)
    return {"folder": args.into, **asdict(found)}, int(bool(found.cases_lost or found.files_lost))


def copy(library: "Library", args: argparse.Namespace) -> Result:
    """Write the whole library into another folder."""
    library.save_elsewhere(args.into)
    return {"folder": args.into, "cases": library.cases.count()}, 0


def person(library: "Library", args: argparse.Namespace) -> Result:
    """Write what is held of one person; who it is must be clear."""
    text = typed(args.text)
    parties = library.parties
    found = {one.key: one for one in (*parties.people(text), *parties.subjects(text))} if text else {}
    if not found:
        raise FileProblem("客户库里没有这个人或主体，写姓名里的几个字，或完整的证件号码")
    if len(found) > 1:
        raise FileProblem(f"有 {len(found)} 个人或主体符合，没有导出；写完整的证件号码，只留一个")
    (key,) = found
    return {"paths": library.privacy.export_person(key, args.out)}, 0
