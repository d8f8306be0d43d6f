"""案件文件: the draft with its attachments beside it and their SHA-256; it opens again as the same case."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from wizard.draft import Answer, dump
from wizard.files import is_file
from wizard.packet.names import file_name, piece
from wizard.packet.options import Options
from wizard.packet.snapshot import Snapshot
from wizard.packet.upload import Copy, copies, small
from wizard.packet.versions import with_packet


def named(snapshot: Snapshot, what: str, ending: str) -> str:
    """The name of one of the files at the top of an export: what it is, whose, which version, which day."""
    version, day = f"v{snapshot.version}", f"{snapshot.made_at:%Y%m%d}"
    return file_name(
        [what, piece(snapshot.subject, 30), piece(snapshot.mini_program, 20), version, day], ending
    )


def case_name(snapshot: Snapshot) -> str:
    """The name of the case file."""
    return named(snapshot, "案件", ".json")


def enclosed(snapshot: Snapshot, options: Options, record: Mapping[str, Any]) -> dict[str, bytes]:
    """The case file and the files it names, for carrying inside the packet: flat, by their names."""
    if not options.with_case:
        return {}
    files: dict[str, bytes] = {}
    places: dict[str, str] = {}
    for copy in copies(snapshot):
        name = copy.place.replace("/", "_")
        places[copy.attachment] = name
        with suppress(OSError):
            if is_file(copy.file) and small(copy.file):
                files[name] = copy.file.read_bytes()
    sums = {place: hashlib.sha256(data).hexdigest() for place, data in files.items()}
    return {case_name(snapshot): case_file(snapshot, places, sums, record), **files}


def case_file(
    snapshot: Snapshot, places: Mapping[str, str], sums: Mapping[str, str], record: Mapping[str, Any]
) -> bytes:
    """The case as the bytes of its file.

    `places` are where the attachments lie beside it, by their paths in the draft; those that were not there
    are missing here too. `sums` are hashes by place, `record` what the case keeps of this packet.
    """
    draft = snapshot.draft
    moved = replace(
        draft,
        answers={key: _storable(_moved(answer, places)) for key, answer in draft.answers.items()},
        attachments={
            key: tuple(places.get(path, path) for path in paths) for key, paths in draft.attachments.items()
        },
        scans={places.get(path, path): scan for path, scan in draft.scans.items()},
    )
    return dump(with_packet(moved, _storable({**record, "sha256": dict(sums)})))


def placed(listed: tuple[Copy, ...]) -> dict[str, str]:
    """Where the copies of attachments lie, by their paths in the draft; of two the first counts."""
    return {copy.attachment: copy.place for copy in reversed(listed)}


def _storable(value: Any) -> Any:
    """The same without halves of characters, which no file can hold."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, Mapping):
        return {_storable(key): _storable(part) for key, part in value.items()}
    return type(value)(_storable(part) for part in value) if isinstance(value, (tuple, list)) else value


def _moved(answer: Answer, places: Mapping[str, str]) -> Answer:
    """An answer whose rows name their files by their new places."""
    if isinstance(answer, str) or not any(isinstance(row, Mapping) for row in answer):
        return answer
    rows: list[Mapping[str, Any]] = []
    for row in answer:
        assert isinstance(row, Mapping)
        media = row.get("media", ())
        listed = [media] if isinstance(media, str) else list(media)
        rows.append({**row, "media": [places.get(path, path) for path in listed]} if listed else row)
    return tuple(rows)
