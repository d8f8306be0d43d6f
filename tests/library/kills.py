"""What a kill at a random moment leaves: a child works, is killed; what it acknowledged is looked for.

``python -m tests.library.kills 200`` kills 200 times in each way and prints a table; the tests do it a few
times. A child is forked, because starting an interpreter takes longer than the work to be interrupted.
"""

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wizard.draft import Draft, load
from wizard.library import case_files, key, key_store, migrations, place, schema
from wizard.library.library import Library
from wizard.library.problems import WrongPassphrase

Say = Callable[[Any], None]
OLD, NEW = "原来的口令", "后来的口令"
FIELDS = 30
ADDED = "CREATE TABLE later (id INTEGER PRIMARY KEY, words TEXT)"
NEWER = schema.VERSION + 1


@dataclass
class Way:
    """What the child does, and what must hold afterwards; `span` is how long it is let work, in seconds."""

    work: Callable[[Path, Say], None]
    check: Callable[[Path, list[Any]], None]
    span: float


def draft(step: int) -> Draft:
    """A case in which every field says which save it is from."""
    answers = {f"x.field{number}": f"{step} 值" * 20 for number in range(FIELDS)}
    return Draft(answers={**answers, "mini_program.name": f"第 {step} 次"})


def whole(library: Library, case: int) -> int:
    """Which save a case is from; it must be one of them, and not parts of two."""
    kept = library.cases.load(case).draft
    step = int(kept.text("mini_program.name").split()[1])
    assert kept.answers == draft(step).answers, "torn"
    return step


def opened(folder: Path, *passphrases: str) -> Library:
    for passphrase in passphrases or (OLD,):
        try:
            library = place.unlock(folder, passphrase=passphrase)
        except WrongPassphrase:
            continue
        assert library.backups.verify_library() == ""
        left = [
            path.name for path in folder.rglob("*") if path.name.endswith(".part") or "trial" in path.name
        ]
        assert not left, left
        return library
    raise AssertionError("no passphrase opens it")


def typing(folder: Path, say: Say) -> None:
    library = place.unlock(folder, passphrase=OLD)
    version = library.cases.row(1).version
    say("ready")
    for step in range(2, 100_000):
        version = library.cases.save(1, draft(step), version)
        if step % 5 == 0:
            library.files.write(1, "scan.jpg", f"{step}".encode() * 20_000)
        say(step)


def typed(folder: Path, said: list[Any]) -> None:
    with opened(folder) as library:
        step = whole(library, 1)
        assert step >= max(said, default=1), (step, said[-1:])
        assert step <= max(said, default=1) + 1
        if any(one % 5 == 0 for one in said):
            picture = library.files.read(1, "scan.jpg")
            kept = int(picture[: len(picture) // 20_000])
            assert kept >= max(one for one in said if one % 5 == 0)


def saving(folder: Path, say: Say) -> None:
    library = place.unlock(folder, passphrase=OLD)
    say("ready")
    for step in range(2, 100_000):
        case = library.cases.new(draft(step))
        library.marks.set_state([case], "ready")
        say([case, step])
        if step % 4 == 0:
            library.marks.bin([case])
            library.privacy.purge([case], place_day())
            say([-case, step])


def saved(folder: Path, said: list[Any]) -> None:
    with opened(folder) as library:
        purged = {-case for case, _ in said if case < 0}
        for case, step in said:
            if case > 0 and case not in purged and step % 4:
                assert whole(library, case) == step
                assert library.cases.row(case).state == "ready"
        for case in purged:
            assert library._database.value("SELECT 1 FROM cases WHERE id = ?", (case,)) is None


def exporting(folder: Path, say: Say) -> None:
    library = place.unlock(folder, passphrase=OLD)
    say("ready")
    for _ in range(100_000):
        case_files.write_case(library, 1, folder.parent / "out" / "案件")
        say("done")


def exported(folder: Path, said: list[Any]) -> None:
    opened(folder).close()
    case_files.sweep(folder.parent / "out")
    out = folder.parent / "out"
    left = sorted(path.name for path in out.iterdir()) if out.exists() else []
    assert left == ["案件"] or (left == [] and not said), left
    if left:
        kept = load(out / "案件" / case_files.NAME)
        assert kept.answers == draft(1).answers
        assert (out / "案件" / "scan.jpg").stat().st_size == 300_000


def migrating(folder: Path, say: Say) -> None:
    say("ready")
    newer()
    place.unlock(folder, passphrase=OLD)
    say("done")


def newer() -> None:
    schema.VERSION, schema.TABLES = NEWER, (*schema.TABLES, ADDED)  # type: ignore[misc]
    migrations.STEPS = {NEWER - 1: _step}  # type: ignore[misc]


def _step(connection: Any) -> None:
    connection.execute(ADDED)
    connection.execute("INSERT INTO later SELECT id, words FROM search")
    connection.execute("DELETE FROM later")


def migrated(folder: Path, said: list[Any]) -> None:
    version, tables, steps = schema.VERSION, schema.TABLES, migrations.STEPS
    newer()
    try:
        with opened(folder) as library:
            assert whole(library, 1) == 1
            assert library.cases.count() == 12
            assert library._database.value("PRAGMA user_version") == NEWER
    finally:
        schema.VERSION, schema.TABLES = version, tables  # type: ignore[misc]
        migrations.STEPS = steps  # type: ignore[misc]


def backing_up(folder: Path, say: Say) -> None:
    library = place.unlock(folder, passphrase=OLD)
    say("ready")
    version = library.cases.row(1).version
    for step in range(2, 100_000):
        version = library.cases.save(1, draft(step), version)
        say([library.backups.make().number, step])


def backed_up(folder: Path, said: list[Any]) -> None:
    with opened(folder) as library:
        assert whole(library, 1) >= max((step for _, step in said), default=1)
        found = {one.number: one for one in library.backups.all()}
        assert all(library.backups.verify(one) == "" for one in found.values())
        assert not said or said[-1][0] in found


def restoring(folder: Path, say: Say) -> None:
    library = place.unlock(folder, passphrase=OLD)
    say("ready")
    for step in range(2, 100_000):
        library.cases.save(1, draft(step), library.cases.row(1).version)
        made = library.backups.make()
        library.cases.save(1, draft(-step), library.cases.row(1).version)
        library.backups.restore(made)
        assert whole(library, 1) == step
        say(step)


def restored(folder: Path, said: list[Any]) -> None:
    with opened(folder) as library:
        assert abs(whole(library, 1)) >= max(said, default=1)
        assert library.cases.count() == 12
        assert all(library.backups.verify(one) == "" for one in library.backups.all())


def rekeying(folder: Path, say: Say) -> None:
    library = place.unlock(folder, passphrase=OLD)
    say("ready")
    library.keys.rekey(NEW)
    say("done")


def rekeyed(folder: Path, said: list[Any]) -> None:
    with opened(folder, *([NEW] if said else [NEW, OLD])) as library:
        assert whole(library, 1) == 1
        assert library.cases.count() == 12
        assert len(library.keys.header.slots) == 1


def renaming(folder: Path, say: Say) -> None:
    library = place.unlock(folder, passphrase=OLD)
    say("ready")
    for step in range(100_000):
        library.keys.change_passphrase(f"口令 {step}")
        say(step)


def renamed(folder: Path, said: list[Any]) -> None:
    last = max(said, default=-1)
    words = [f"口令 {last}" if said else OLD, f"口令 {last + 1}"]
    with opened(folder, *words) as library:
        assert whole(library, 1) == 1


def place_day() -> Any:
    from wizard.library.clock import today

    return today()


WAYS = {
    "typing": Way(typing, typed, 0.15),
    "saving": Way(saving, saved, 0.3),
    "exporting": Way(exporting, exported, 0.06),
    "migrating": Way(migrating, migrated, 0.045),
    "backing up": Way(backing_up, backed_up, 0.3),
    "restoring": Way(restoring, restored, 0.4),
    "re-keying": Way(rekeying, rekeyed, 0.04),
    "passphrase": Way(renaming, renamed, 0.1),
}


def template(folder: Path) -> None:
    """A library with a dozen cases and an attachment, from which each round begins."""
    key._COST.update(memory_kib=8192, rounds=1)
    key_store.available = lambda: False
    library, _ = place.create(folder, OLD)
    for step in range(1, 13):
        library.cases.new(draft(1 if step == 1 else step))
    library.files.write(1, "scan.jpg", b"1" * 300_000)
    library.close()


def kill_once(way: Way, folder: Path, after: float) -> tuple[list[Any], bool]:
    """Let a child work and kill it after so many seconds; what it said, and whether it was at work."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            way.work(folder, lambda word: os.write(writing, (json.dumps(word) + "\n").encode()) and None)
        except BaseException as error:  # noqa: BLE001 - said to the parent, whatever it is
            os.write(writing, (json.dumps({"failed": repr(error)}) + "\n").encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert json.loads(pipe.readline()) == "ready"
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        lines = pipe.read().split(b"\n")
    said = [json.loads(line) for line in lines[:-1]]
    assert not any(isinstance(word, dict) for word in said), said
    return said, os.WIFSIGNALED(status)


def rounds(name: str, times: int, seed: int = 0) -> dict[str, Any]:
    """Kill so many times in one way; how often it was at work, what it had acknowledged."""
    chosen, way = random.Random(f"{name} {seed}"), WAYS[name]
    killed = acknowledged = 0
    with tempfile.TemporaryDirectory(prefix="beian-kills-") as made:
        template(Path(made) / "template")
        for _ in range(times):
            folder = Path(made) / "round" / "库"
            shutil.copytree(Path(made) / "template", folder)
            said, at_work = kill_once(way, folder, chosen.random() * way.span)
            killed += at_work
            acknowledged += len(said)
            way.check(folder, said)
            shutil.rmtree(folder.parent)
    return {"way": name, "times": times, "killed at work": killed, "acknowledged": acknowledged}


if __name__ == "__main__":
    chosen_ways = sys.argv[2:] or list(WAYS)
    for one in chosen_ways:
        begun = time.monotonic()
        print(
            json.dumps({**rounds(one, int(sys.argv[1])), "seconds": round(time.monotonic() - begun)}),
            flush=True,
        )
