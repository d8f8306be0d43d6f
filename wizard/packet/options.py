"""What a person may choose about an exported PDF, beyond what the case itself says."""

import unicodedata
from dataclasses import dataclass

from wizard.files import FileProblem

LONGEST_PASSWORD = 127
"""In bytes of UTF-8: what comes after is not looked at (ISO 32000-2, 7.6.4.3.3)."""


@dataclass(frozen=True, slots=True)
class Options:
    """`archival` makes PDF/A-1b; `password` encrypts; `with_case` attaches the case file and its pictures.

    `purpose` burns into the printed pictures of certificates what the copy is for, and for `receiver` where
    one is named; `mark_uploads` does so to those that are uploaded, which nobody gets unasked. `with_report`
    puts the report of the self-check at the end of the packet. `preview` reads pictures smaller: for the
    window, never for a file.

    Raises:
        FileProblem: two choices contradict each other, or the password cannot be typed again elsewhere.
    """

    archival: bool = False
    password: str = ""
    with_case: bool = False
    purpose: bool = True
    receiver: str = ""
    mark_uploads: bool = False
    with_report: bool = False
    preview: bool = False

    def __post_init__(self) -> None:
        if self.archival and self.password:
            raise FileProblem("PDF/A 是长期存档的格式，不能加密码：两个选项去掉一个")
        if self.archival and self.with_case:
            raise FileProblem("PDF/A-1b 不能带附件：不附案件文件，或者不用 PDF/A")
        if any(unicodedata.category(char) in ("Cc", "Cs") for char in self.password):
            raise FileProblem("密码里有键盘打不出的字符，换一个密码")
        if len(self.password.encode("utf-8", "replace")) > LONGEST_PASSWORD:
            raise FileProblem("密码太长，最多 127 个字节（约 42 个汉字），换短一点的密码")


PLAIN = Options()
