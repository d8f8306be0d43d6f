"""Where a command gets the library and its secret from: never from an argument, which others can see."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from wizard.files import FileProblem, why

_FOLDER = "客户库所在的文件夹，或用环境变量 BEIAN_LIBRARY"


def add_secrets(parser: argparse.ArgumentParser, words: str = _FOLDER) -> None:
    """Declare how the library and its secret are named; `words` say what the library is wanted for."""
    parser.add_argument("--library", type=Path, metavar="文件夹", help=words)
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="文件",
        help="口令在这个文件的第一行；不写就用环境变量 BEIAN_PASSPHRASE，再没有就询问",
    )
    parser.add_argument("--recovery-key-file", type=Path, metavar="文件", help="恢复密钥在这个文件的第一行")
    parser.add_argument("--key-store", action="store_true", help="用系统钥匙串里的钥匙")


def folder_of(args: argparse.Namespace) -> Path:
    """The folder of the library.

    Raises:
        FileProblem: none was named.
    """
    named = args.library or os.environ.get("BEIAN_LIBRARY")
    if not named:
        raise FileProblem("没有写客户库在哪里，用 --library 写明文件夹，或设环境变量 BEIAN_LIBRARY")
    return Path(named)


def secret_of(args: argparse.Namespace) -> dict[str, Any]:
    """The secret that opens the library, as `place.unlock` takes it.

    Raises:
        FileProblem: the file named cannot be read, or there is nobody to ask.
    """
    if args.key_store:
        return {"from_key_store": True}
    if args.recovery_key_file:
        return {"recovery_key": passphrase_in(args.recovery_key_file)}
    return {"passphrase": _passphrase(args, "口令：")}


def new_passphrase(args: argparse.Namespace) -> str | None:
    """The passphrase for a new library, asked for twice; None where the key store alone holds the key."""
    if args.key_store and not args.passphrase_file and "BEIAN_PASSPHRASE" not in os.environ:
        return None
    given = _passphrase(args, "设一个口令：")
    asked = not args.passphrase_file and "BEIAN_PASSPHRASE" not in os.environ
    if asked and _ask("再输一遍：") != given:
        raise FileProblem("两次输入的口令不一样，没有建客户库；再来一次")
    return given


def _passphrase(args: argparse.Namespace, prompt: str) -> str:
    if args.passphrase_file:
        return passphrase_in(args.passphrase_file)
    return os.environ.get("BEIAN_PASSPHRASE") or _ask(prompt)


def _ask(prompt: str) -> str:
    if not sys.stdin or not sys.stdin.isatty():
        raise FileProblem("没有给口令：用 --passphrase-file 写明文件，或设环境变量 BEIAN_PASSPHRASE")
    import getpass

    return getpass.getpass(prompt)


def passphrase_in(path: Path) -> str:
    """The first line of a file.

    Raises:
        FileProblem: it cannot be read, is no text in UTF-8, or its first line is empty.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileProblem(f"无法打开“{path.name}”：{why(error)}") from error
    except UnicodeDecodeError as error:
        raise FileProblem(f"“{path.name}”不是 UTF-8 文字，另存为 UTF-8 再用") from error
    line = text.split("\n", 1)[0].rstrip("\r")
    if not line:
        raise FileProblem(f"“{path.name}”的第一行是空的，把口令写在第一行")
    return line
