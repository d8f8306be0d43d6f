"""What `main.py export` lets a person choose about the PDF; a password never stands on the command line."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.files import FileProblem, why

if TYPE_CHECKING:
    from wizard.packet.options import Options

LOCKED = "只有 PDF 加了密码：上传图片、填报文本和案件文件没有加，交给别人以前另行收好"
_LONGEST_FILE = 4096


def add_choices(parser: argparse.ArgumentParser) -> None:
    """Declare the choices."""
    parser.add_argument("--pdf-a", action="store_true", help="PDF 存成长期存档格式 PDF/A-1b")
    parser.add_argument("--attach-case", action="store_true", help="材料包里附上案件文件和图片，可以再打开")
    secret = parser.add_mutually_exclusive_group()
    secret.add_argument(
        "--password-file", metavar="文件", help="PDF 加密码（AES-256），密码是这个文件的第一行；- 是标准输入"
    )
    secret.add_argument("--password-prompt", action="store_true", help="PDF 加密码，密码当场输入两遍")
    parser.add_argument("--receiver", default="", metavar="单位", help="证件复印件的用途水印写明交给谁")
    parser.add_argument(
        "--watermark-uploads", action="store_true", help="上传图片里的证件照片也加用途水印（不写就不加）"
    )
    parser.add_argument("--with-report", action="store_true", help="自检报告也放进材料包，排在最后")
    parser.add_argument("--no-watermark", action="store_true", help="材料包里的证件影像不加用途水印")


def chosen(args: argparse.Namespace) -> "Options":
    """The choices that `args` make.

    Raises:
        FileProblem: two of them contradict each other, or the password cannot be had.
    """
    from wizard.packet.options import Options

    return Options(
        archival=args.pdf_a,
        password=_password(args),
        with_case=args.attach_case,
        purpose=not args.no_watermark,
        receiver=" ".join(args.receiver.split()),
        with_report=args.with_report,
        mark_uploads=args.watermark_uploads,
    )


def _password(args: argparse.Namespace) -> str:
    if args.password_prompt:
        return _asked()
    if args.password_file is None:
        return ""
    password = _first_line(args.password_file)
    if not password:
        raise FileProblem(f"“{args.password_file}”的第一行是空的，把密码写在第一行")
    return password


def _first_line(name: str) -> str:
    try:
        if name == "-":
            data = sys.stdin.buffer.readline(_LONGEST_FILE)
        else:
            with Path(name).open("rb") as file:
                data = file.readline(_LONGEST_FILE)
        return data.decode("utf-8-sig").rstrip("\r\n")
    except OSError as error:
        raise FileProblem(f"无法读取密码文件“{name}”：{why(error)}") from error
    except UnicodeDecodeError as error:
        raise FileProblem(f"密码文件“{name}”不是 UTF-8 文本，用记事本另存为 UTF-8") from error


def _asked() -> str:
    from getpass import getpass

    try:
        first, again = getpass("给 PDF 设的密码："), getpass("再输入一遍：")
    except (EOFError, KeyboardInterrupt) as error:
        raise FileProblem("没有输入密码，没有导出") from error
    if not first:
        raise FileProblem("密码是空的，没有导出")
    if first != again:
        raise FileProblem("两遍密码不一样，没有导出")
    return first
