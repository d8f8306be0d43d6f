"""Which encoding a text file of a spreadsheet is in, and whether all of it is."""

import codecs
from collections.abc import Iterator
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


_PUNCTUATION = range(0xA1, 0xA4)
"""Lead bytes of signs and full-width letters, in GBK and Big5 alike: they tell nothing."""
_COMMON_IN_GBK = range(0xB0, 0xD8)
"""Lead bytes of the first level of GB 2312, the 3,755 most used characters."""
_COMMON_IN_BIG5 = range(0xA4, 0xC7)
"""Lead bytes of the 5,401 most used characters of Big5."""
_ENOUGH_PAIRS = 4


class Decoded(NamedTuple):
    """The text of a file and the name of its encoding; `guessed` says that it could be another one."""

    text: str
    encoding: str
    guessed: bool = False


def decode(data: bytes, name: str) -> Decoded:
    """The text that `data` holds: by its mark, else UTF-8, UTF-16 without a mark, Big5, or GB 18030.

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
    if (text := _big5(data)) is not None:
        return Decoded(text, "Big5", guessed=True)
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


def _big5(data: bytes) -> str | None:
    """What `data` says in Big5; None where it cannot be, or is as likely GBK.

    The characters people use most stand in other rows of the two: text of the one has few of the other's.
    """
    try:
        text = data.decode("cp950")
    except UnicodeDecodeError:
        return None
    leads = [lead for lead in _leads(data) if lead not in _PUNCTUATION]
    in_big5 = sum(lead in _COMMON_IN_BIG5 for lead in leads)
    in_gbk = sum(lead in _COMMON_IN_GBK for lead in leads)
    clear = in_big5 > 0.9 * len(leads) and in_gbk < 0.8 * len(leads)
    return text if clear and len(leads) >= _ENOUGH_PAIRS else None


def _leads(data: bytes) -> Iterator[int]:
    """The first byte of each two-byte character, which are parted alike in both."""
    place = 0
    while place < len(data):
        if data[place] < 0x80:
            place += 1
        else:
            yield data[place]
            place += 2
