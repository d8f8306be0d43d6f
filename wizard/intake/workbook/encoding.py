"""Which encoding a text file of a spreadsheet is in, and whether all of it is."""

import codecs
from typing import NamedTuple

from wizard.files import FileProblem
from wizard.texts import is_han

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SURE = 3
"""From so many Chinese characters on, a line that is UTF-8 did not become so by chance."""


class Decoded(NamedTuple):
    """The text of a file and the name of its encoding."""

    text: str
    encoding: str


def decode(data: bytes, name: str) -> Decoded:
    """The text that `data` holds: by its mark, else UTF-8, else UTF-16 without a mark, else GB 18030.

    Raises:
        FileProblem: it is none of these, or some lines are in one and some in another.
    """
    for mark, codec, called in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, codec, called, name), called)
    if b"\0" in data:
        return Decoded(_unmarked_utf16(data, name), "UTF-16")
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        pass
    _all_alike(data, name)
    return Decoded(_strictly(data, "gb18030", "GB 18030", name), "GB 18030")


def _strictly(data: bytes, codec: str, called: str, name: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        if codec == "utf-16":
            line = data[: error.start].decode(codec, "ignore").count("\n") + 1
        raise FileProblem(
            f"“{name}”第 {line} 行有不属于 {called} 编码的内容，"
            "用 Excel 或 WPS 打开，核对后另存为 .xlsx 或“CSV UTF-8”再试"
        ) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise FileProblem(f"“{name}”第 {line} 行有不是文字的内容（空字节），文件可能已损坏，请对方重新发一份")
    return text


def _unmarked_utf16(data: bytes, name: str) -> str:
    """UTF-16 without its mark, where every second byte of what is Latin is zero."""
    for codec, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        if len(data) % 2 == 0 and zeros.count(0) * 20 > len(zeros):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return text
    line = data[: data.index(b"\0")].count(b"\n") + 1
    raise FileProblem(f"“{name}”第 {line} 行有不是文字的内容（空字节），文件可能已损坏，请对方重新发一份")


def _all_alike(data: bytes, name: str) -> None:
    """Refuse a file whose lines are not all in one encoding, naming the line where it changes.

    Raises:
        FileProblem: a line is UTF-8 and another is not.
    """
    first = ""
    for number, line in enumerate(data.splitlines(), 1):
        if line.isascii():
            continue
        now = _encoding_of(line)
        first = first or now
        if now and now != first:
            raise FileProblem(
                f"“{name}”里混了两种编码：第 {number} 行是 {now}，前面的是 {first}；"
                "请对方从原来的程序整份重新导出"
            )


def _encoding_of(line: bytes) -> str:
    """What one line is in; empty where it is too short to tell."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return "GBK"
    return "UTF-8" if sum(map(is_han, text)) >= _SURE else ""


def big5(data: bytes) -> str:
    """What the file says if it is in Big5; empty where it cannot be."""
    try:
        return data.decode("big5")
    except UnicodeDecodeError:
        return ""
