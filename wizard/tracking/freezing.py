"""What was handed in, frozen: every answer as it stood, and of every file its name, size and SHA-256."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from wizard.draft import Answer, Draft, attached
from wizard.parts import PACKET
from wizard.sections import catalogue

_PIECE: Final = 1 << 20
_UNTOLD: Final = "progress"


SAME, OTHER, GONE = "same", "other", "gone"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that is not as it was handed in, as two texts."""

    field_id: str
    then: str
    now: str


def frozen(draft: Draft, rules: str, stop: Callable[[], bool] = lambda: False) -> dict[str, Any]:
    """What is handed in of `draft`, judged by the rules of that version; it reads every attachment.

    A packet that was made of the case is named by number and version: `same` is whether nothing was changed
    since. A file that cannot be read is kept with its name alone.
    """
    answers = {key: answer for key, answer in draft.answers.items() if not _is_progress(key)}
    files: dict[str, list[dict[str, Any]]] = {}
    for field_id, name in attached(draft):
        if stop():
            break
        files.setdefault(field_id, []).append({"name": name, **_sum(draft, name)})
    made = {"answers": answers, "files": files, "rules": rules}
    if packet := _packet(draft):
        made["packet"] = packet
    return made


def differences(frozen_: Mapping[str, Any], draft: Draft) -> tuple[Difference, ...]:
    """What of `draft` is not as it was handed in: answers, and the names of attachments."""
    return tuple(_differing(frozen_, draft))


def files_now(
    frozen_: Mapping[str, Any], draft: Draft, stop: Callable[[], bool] = lambda: False
) -> Mapping[str, str]:
    """Of each file that was handed in, by name, whether it is still there to the letter; reads them all.

    `SAME`, `OTHER` where a file of that name is another one, `GONE` where there is none or it was not read.
    """
    found = {}
    for listed in _mapping(frozen_, "files").values():
        for one in listed if isinstance(listed, (list, tuple)) else ():
            if stop() or not isinstance(one, Mapping) or not isinstance(one.get("name"), str):
                continue
            now = _sum(draft, one["name"]) if _is_inside(one["name"]) else {}
            same = SAME if now.get("sha256") == one.get("sha256") else OTHER
            found[one["name"]] = same if now and one.get("sha256") else GONE
    return found


def _is_inside(name: str) -> bool:
    """Whether a name stays in the draft's folder: a record may have been written by another hand."""
    path = PurePosixPath(name.replace("\\", "/"))
    return not path.is_absolute() and ".." not in path.parts and ":" not in name and bool(path.parts)


def lines(frozen_: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What was handed in, field by field in the order of the form: id and text."""
    answers, files = _mapping(frozen_, "answers"), _mapping(frozen_, "files")
    found = []
    for field_id in catalogue():
        if field_id in answers and (text := said(answers[field_id])):
            found.append((field_id, text))
        if field_id in files and (text := _names(files[field_id])):
            found.append((field_id, text))
    return tuple(found)


def said(answer: Any) -> str:
    """An answer as one line."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, Mapping):
        return "，".join(filter(None, (said(value) for key, value in answer.items() if key != "media")))
    return "、".join(said(one) for one in answer) if isinstance(answer, (list, tuple)) else ""


def _differing(frozen_: Mapping[str, Any], draft: Draft) -> Iterator[Difference]:
    answers, files = _mapping(frozen_, "answers"), _mapping(frozen_, "files")
    now_files: dict[str, list[str]] = {}
    for field_id, name in attached(draft):
        now_files.setdefault(field_id, []).append(name)
    for field_id in catalogue():
        if _is_progress(field_id):
            continue
        then, now = said(answers.get(field_id, "")), said(_answer(draft, field_id))
        if then != now:
            yield Difference(field_id, then, now)
        then, now = _names(files.get(field_id, ())), "、".join(now_files.get(field_id, ()))
        if then != now:
            yield Difference(field_id, then, now)


def _answer(draft: Draft, field_id: str) -> Answer:
    return draft.answers.get(field_id, "")


def _names(listed: Any) -> str:
    if not isinstance(listed, (list, tuple)):
        return ""
    return "、".join(str(one.get("name", "")) for one in listed if isinstance(one, Mapping))


def _mapping(frozen_: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = frozen_.get(key)
    return found if isinstance(found, Mapping) else {}


def _is_progress(field_id: str) -> bool:
    return field_id.partition(".")[0] == _UNTOLD


def _sum(draft: Draft, name: str) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    try:
        with draft.file(name).open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                size += len(piece)
    except (OSError, ValueError):
        return {}
    return {"sha256": digest.hexdigest(), "size": size}


def _packet(draft: Draft) -> dict[str, Any]:
    kept = PACKET.of(draft)
    if not isinstance(kept.get("version"), int):
        return {}
    then = kept.get("answers")
    now = {key: said(answer) for key, answer in draft.answers.items() if not _is_progress(key)}
    same = isinstance(then, Mapping) and now == {
        key: text for key, text in then.items() if not _is_progress(str(key))
    }
    return {"number": str(kept.get("number", "")), "version": kept["version"], "same": same}
