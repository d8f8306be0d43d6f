"""What was typed, as it was typed: the draft, its file, and the guards in front of reading one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from wizard.files import FileProblem, atomic_write, why

if TYPE_CHECKING:
    from wizard.scan import Scan

FORMAT: Final = "beian-draft"
VERSION: Final = 1
_LARGEST = 20 * 1024 * 1024
_OWN = ("format", "version", "answers", "attachments", "place", "sources", "scans")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)

Answer = str | tuple[str, ...] | tuple[Mapping[str, Any], ...]

TYPED: Final = "typed"
SOURCE_WORDS: Final[Mapping[str, str]] = {
    TYPED: "手填",
    "read": "识别（未核对）",
    "read_checked": "识别（已核对）",
    "library": "取自客户库",
    "computed": "自动算出",
}
"""Where an answer comes from; one that has no mark was typed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A filing as far as it has been typed; always saveable, never altered behind the person's back.

    `answers` are texts, lists of texts, or lists of rows, by field id; `attachments` are paths relative to
    `folder`, by field id. `place` is the page and field last worked on. `sources` says where an answer comes
    from that was not typed (see `SOURCE_WORDS`), `scans` what was read from an attachment, by its path.
    `rest` is what the file held beside that: it is kept.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    attachments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    place: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path()
    sources: Mapping[str, str] = field(default_factory=dict)
    scans: Mapping[str, Scan] = field(default_factory=dict)
    rest: Mapping[str, Any] = field(default_factory=dict)

    def text(self, field_id: str) -> str:
        """The typed text of a field, empty where there is none or it is a list."""
        answer = self.answers.get(field_id, "")
        return answer if isinstance(answer, str) else ""

    def source(self, field_id: str) -> str:
        """Where the answer to a field comes from: a key of `SOURCE_WORDS`."""
        return self.sources.get(field_id, TYPED)

    def with_answer(self, field_id: str, answer: Answer, source: str = TYPED) -> Draft:
        """A draft in which `field_id` holds `answer` from `source`; an empty one takes the field out."""
        answers = {key: value for key, value in self.answers.items() if key != field_id or answer}
        sources = {key: value for key, value in self.sources.items() if key != field_id}
        if answer:
            answers[field_id] = answer
            if source != TYPED:
                sources[field_id] = source
        return replace(self, answers=answers, sources=sources)

    def with_scan(self, attachment: str, scan: Scan) -> Draft:
        """A draft that knows what was read from `attachment`; what was read from files gone is dropped."""
        held = {path for _, path in attached(self)}
        kept = {path: each for path, each in self.scans.items() if path in held}
        return replace(self, scans={**kept, attachment: scan})

    def with_attachments(self, field_id: str, paths: tuple[str, ...]) -> Draft:
        """A draft in which `field_id` has the attachments `paths`."""
        attachments = {key: value for key, value in self.attachments.items() if key != field_id or paths}
        if paths:
            attachments[field_id] = paths
        return replace(self, attachments=attachments)

    def file(self, attachment: str) -> Path:
        """Where an attachment lies."""
        return self.folder / attachment


def load(path: Path) -> Draft:
    """The draft kept in the file `path`, which is never changed by it.

    Raises:
        FileProblem: the file cannot be used; the text says why and what to do.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise FileProblem(f"“{path}”超过 20 MB，草稿文件没有这么大，检查是否选错了文件")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FileProblem(f"找不到“{path}”，检查文件名，移动硬盘是否插好") from error
    except OSError as error:
        raise FileProblem(f"无法打开“{path}”：{why(error)}") from error
    return replace(parse(data, path.name), folder=path.parent)


def save(draft: Draft, path: Path) -> None:
    """Write `draft` to `path`, whole or not at all.

    Raises:
        FileProblem: it could not be written; an older file is untouched.
    """
    atomic_write(path, dump(draft))


def dump(draft: Draft) -> bytes:
    """The draft as the bytes of its file."""
    document: dict[str, Any] = {**draft.rest, "format": FORMAT, "version": VERSION}
    document["answers"] = dict(draft.answers)
    document["attachments"] = {key: list(paths) for key, paths in draft.attachments.items()}
    if draft.place:
        document["place"] = dict(draft.place)
    if draft.sources:
        document["sources"] = dict(draft.sources)
    if draft.scans:
        document["scans"] = {path: scan.document() for path, scan in draft.scans.items()}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def parse(data: bytes, name: str = "草稿") -> Draft:
    """The draft that the bytes of a file hold; `name` is what the file is called in sentences.

    Raises:
        FileProblem: the bytes are not a draft this version can read.
    """
    document = _document(data, name)
    if document.get("format") != FORMAT:
        raise FileProblem(f"“{name}”不是备案助手的草稿，检查是否选错了文件")
    version = document.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise FileProblem(f"“{name}”没有写明版本，文件可能被改动过，换一份备份再打开")
    if version > VERSION:
        raise FileProblem(f"“{name}”由更新版本的备案助手保存，升级本程序后再打开，文件没有改动")
    answers, attachments = document.get("answers", {}), document.get("attachments", {})
    place = document.get("place", {})
    if not all(isinstance(part, dict) for part in (answers, attachments, place)):
        raise FileProblem(f"“{name}”的内容不完整，换一份备份再打开")
    draft = Draft(
        answers={key: value for key, raw in answers.items() if (value := _answer(key, raw, name))},
        attachments={key: _paths(key, raw, name) for key, raw in attachments.items()},
        place={key: value for key, value in place.items() if isinstance(value, str)},
        sources=_sources(document.get("sources")),
        scans=_scans(document.get("scans")),
        rest={key: value for key, value in document.items() if key not in _OWN},
    )
    for rows in draft.answers.values():
        if not isinstance(rows, str):
            for row in rows:
                if isinstance(row, Mapping) and "media" in row:
                    _paths("media", row["media"], name)
    return draft


def _document(data: bytes, name: str) -> dict[str, Any]:
    try:
        document = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_constant=_refuse,
            parse_int=_small_int,
        )
        json.dumps(document, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        where = f"第 {error.lineno} 行第 {error.colno} 个字"
        raise FileProblem(f"“{name}”读到{where}就断了或格式不对，换一份备份再打开") from error
    except UnicodeError as error:
        raise FileProblem(f"“{name}”里有不是 UTF-8 的文字，换一份备份再打开") from error
    except RecursionError as error:
        raise FileProblem(f"“{name}”嵌套太深，不是备案助手的草稿") from error
    except ValueError as error:
        raise FileProblem(f"“{name}”{error}，换一份备份再打开") from error
    if not isinstance(document, dict):
        raise FileProblem(f"“{name}”不是备案助手的草稿，检查是否选错了文件")
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("里同一个字段出现了两次")
    return found


def _refuse(constant: str) -> None:
    raise ValueError("里有不是数字的数值")


def _small_int(digits: str) -> int:
    if len(digits) > 40:
        raise ValueError("里有一个过长的数字")
    return int(digits)


def _answer(key: str, raw: Any, name: str) -> Answer:
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, (str, int)):
        return str(raw)
    if isinstance(raw, list) and all(isinstance(part, str) for part in raw):
        return tuple(raw)
    if isinstance(raw, list) and all(isinstance(part, dict) for part in raw):
        return tuple(dict(part) for part in raw)
    raise FileProblem(f"“{name}”里 {_shown(key)} 的内容不是文字，换一份备份再打开")


def _sources(raw: Any) -> dict[str, str]:
    """Marks that are known; a mark that cannot be read stands for an answer that was typed."""
    known = raw.items() if isinstance(raw, dict) else ()
    return {key: mark for key, mark in known if isinstance(mark, str) and mark in SOURCE_WORDS}


def _scans(raw: Any) -> dict[str, Scan]:
    if not raw:
        return {}
    from wizard.scan import scan_of  # here: the window is there sooner without

    found = {path: scan_of(one) for path, one in raw.items()} if isinstance(raw, dict) else {}
    return {path: scan for path, scan in found.items() if scan}


def _shown(key: str) -> str:
    """A key of the file as a sentence can name it: on one line, and not too long."""
    return "".join(char if char.isprintable() else "?" for char in key[:60])


def _paths(key: str, raw: Any, name: str) -> tuple[str, ...]:
    listed = [raw] if isinstance(raw, str) else raw
    if not isinstance(listed, list) or not all(isinstance(part, str) for part in listed):
        raise FileProblem(f"“{name}”里 {_shown(key)} 的附件不是文件名，换一份备份再打开")
    return tuple(_inside(part, name) for part in listed)


def _inside(text: str, name: str) -> str:
    path = PurePosixPath(text.replace("\\", "/"))
    if path.is_absolute() or not path.parts or any(_unsafe(part) for part in path.parts):
        raise FileProblem(f"“{name}”里有一个附件指向草稿文件夹以外，没有打开；把附件放到草稿旁边再试")
    return str(path)


def _unsafe(part: str) -> bool:
    return part == ".." or any(c in part for c in '\0:*?"<>|') or bool(_RESERVED.fullmatch(part))


def attached(draft: Draft) -> Iterator[tuple[str, str]]:
    """Every attachment of the draft with its field id, those of 前置审批 rows included."""
    for field_id, paths in draft.attachments.items():
        for path in paths:
            yield field_id, path
    for field_id, answer in draft.answers.items():
        if not isinstance(answer, str):
            for row in answer:
                if isinstance(row, Mapping):
                    media = row.get("media", ())
                    for path in [media] if isinstance(media, str) else media:
                        yield field_id, path
