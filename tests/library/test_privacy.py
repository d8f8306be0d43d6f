"""Nothing private lies in the clear anywhere, and what is purged is gone from everywhere."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.library.conftest import ID_NUMBER, MOBILE, NAME, case
from wizard.files import FileProblem
from wizard.library import place
from wizard.library.engine import connect
from wizard.library.library import Library
from wizard.library.wipe import copy_of

Reopen = Callable[..., Library]
TODAY = date(2026, 11, 25)
CANARIES = [
    text.encode(coding)
    for text in (ID_NUMBER, MOBILE, NAME, "某地某路 7 号", "picture-of-somebody")
    for coding in ("utf-8", "utf-16-le", "gbk")
]


def planted(library: Library) -> int:
    """A case with canaries in every place that keeps something of a case."""
    draft = case("绿柠檬", subject__address="某地某路 7 号", subject__name=f"{NAME}的店 {MOBILE}")
    draft = draft.with_attachments("principal.certificate_photo_front", ("正面.jpg",))
    number = library.cases.new(draft)
    library.files.write(number, "正面.jpg", b"picture-of-somebody" * 300)
    changed = draft.with_answer("principal.mobile", "13911112222").with_answer("subject.address", "")
    library.cases.save(number, changed, 1, undo=json.dumps([MOBILE, NAME]).encode())
    library.cases.save(number, draft, 2)
    library.marks.tag([number], [f"{NAME}的"])
    return number


def hits(*folders: Path) -> list[str]:
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                found += [f"{path.name}: {one!r}" for one in CANARIES if one in data]
            found += [f"name {path.name}" for one in (ID_NUMBER, MOBILE, NAME) if one in path.name]
    return found


def dumped(file: Path, key: bytes) -> bytes:
    """Everything in a library, decrypted: its pages, free ones and those of the index as well."""
    plain = file.with_name("dump.db")
    connection = connect(file, key)
    connection.execute("ATTACH ? AS plain KEY ''", (str(plain),))
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.close()
    content = plain.read_bytes()
    plain.unlink()
    texts = connect(file, key)
    for (name,) in texts.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        for row in texts.execute(f"SELECT * FROM {name}"):
            content += b"\0".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in row)
    texts.close()
    return content


def test_no_byte_of_it_in_the_clear(library: Library, home: Path, tmp_path: Path, reopen: Reopen):
    made = library.backups.make()
    planted(library)
    library.backups.make()
    library.keys.rekey("另一个")
    library.cases.new(case("再来", subject__name=NAME))
    killed = tmp_path / "killed"
    shutil.copytree(home, killed)
    assert (killed / "library.db-wal").stat().st_size > 0
    assert hits(home) == hits(killed) == []
    library.backups.restore(made)
    library.close(backup=True)
    assert hits(home) == []
    with place.unlock(killed, passphrase="另一个") as again:  # the check of an unclean end works on copies
        assert again.cases.count() == 2
        key = copy_of(again._database.key)
    assert hits(killed) == []
    assert CANARIES[0] in dumped(killed / "library.db", key)  # the search for them can find


def test_purged_is_purged(library: Library, home: Path):
    number = planted(library)
    library.cases.new(
        case("留下的", principal__name="", principal__mobile="", principal__certificate_number="")
    )
    receipt = library.privacy.purge([number], TODAY)
    assert (receipt.cases, receipt.files, receipt.bytes) == (1, 1, 5700)
    key = copy_of(library._database.key)
    library.close()
    content = dumped(home / "library.db", key)
    assert [one for one in CANARIES if one in content] == []
    assert "留下的".encode() in content


def test_deleting_alone_leaves_nothing_in_the_pages(library: Library, home: Path):
    """Before everything is written anew, the index already forgets: secure-delete is on."""
    number = planted(library)
    with library._database.write():
        library._database.run("DELETE FROM cases WHERE id = ?", (number,))
        library.files.sweep()
    library._database.settle_log()
    pages = b"".join(
        row[0] if isinstance(row[0], bytes) else str(row[0]).encode()
        for row in library._database.read("SELECT block FROM search_index_data")
    )
    assert [one for one in CANARIES if one in pages] == []


def test_backups_forget_when_their_time_is_up(library: Library, tmp_path: Path):
    library.settings.put("second_place", str(tmp_path / "U盘"))
    number = planted(library)
    library.backups.make()
    receipt = library.privacy.purge([number], TODAY)
    assert receipt.backups_until == TODAY + timedelta(days=30)
    after = library.backups.make()
    library.backups.forget_purged(TODAY + timedelta(days=29))
    assert len(library.backups.all()) == 2
    library.backups.forget_purged(TODAY + timedelta(days=30))
    assert library.backups.all() == [after]
    assert [path.name for path in (tmp_path / "U盘").glob("*/*")] == [after.path.name]
    assert library.privacy.receipts()[0].backups_until is None


def test_backups_forget_at_once_where_that_is_asked(library: Library):
    number = planted(library)
    library.backups.make()
    (library.folder / "library.db.damaged-20260101-000000").write_bytes(b"encrypted")
    receipt = library.privacy.purge([number], TODAY, from_backups=True)
    assert receipt.backups_until is None
    (only,) = library.backups.all()
    assert library.backups.verify(only) == ""
    key = library._database.key
    copy = library.folder / "copy.db"
    copy.write_bytes(only.file.read_bytes())
    content = dumped(copy, key)
    assert [one for one in CANARIES if one in content] == []
    assert not list(library.folder.glob("*.damaged-*"))


def test_the_last_backup_is_never_removed_for_a_purge(library: Library):
    number = planted(library)
    made = library.backups.make()
    library.privacy.purge([number], TODAY)
    library.backups.forget_purged(TODAY + timedelta(days=400))
    assert library.backups.all() == [made]


def test_a_receipt_holds_nothing_private(library: Library):
    receipt = library.privacy.purge([planted(library)], TODAY)
    assert library.privacy.receipts() == [receipt]
    assert not any(text in repr(receipt) for text in (ID_NUMBER, MOBILE, NAME))
    assert not any(text in repr(library.audit.events()) for text in (ID_NUMBER, MOBILE, NAME))


def test_what_is_held_of_one_person(library: Library, tmp_path: Path):
    number = planted(library)
    other = library.cases.new(
        case("别的", principal__name="李四", principal__certificate_number="110101199003074530")
    )
    (person,) = library.parties.people(ID_NUMBER)
    written = library.privacy.export_person(person.key, tmp_path / "给本人")
    document = json.loads(written[0].read_text(encoding="utf-8"))
    assert [(one["case"], one["role"]) for one in document["occurrences"]] == [(number, "principal")]
    assert document["occurrences"][0]["answers"]["principal.mobile"] == MOBILE
    assert written[1].read_bytes() == b"picture-of-somebody" * 300
    assert all(NAME not in path.name for path in written)
    with pytest.raises(FileProblem):
        library.privacy.export_person(person.key, tmp_path / "给本人")
    assert library.cases.load(other).row.people == "李四"


def test_one_person_is_deleted_from_every_case(library: Library, home: Path):
    number = planted(library)
    draft = library.cases.load(number).draft.with_answer("subject.name", "某店")
    draft = draft.with_answer("contact.name", "李四").with_answer("contact.mobile", "13700000000")
    library.cases.save(number, replace(draft, folder=Path(os.devnull)), 3)
    library.marks.untag([number], [f"{NAME}的"])
    (person,) = library.parties.people(NAME)
    receipt = library.privacy.purge_person(person.key, TODAY)
    assert (receipt.cases, receipt.files) == (1, 1)
    kept = library.cases.load(number)
    assert kept.draft.text("contact.name") == "李四"
    assert kept.draft.text("mini_program.name") == "绿柠檬"
    assert not any(field.startswith("principal.") for field in (*kept.draft.answers, *kept.draft.attachments))
    assert library.parties.people(NAME) == []
    assert library.cases.history(number, "principal.mobile") == []
    key = copy_of(library._database.key)
    library.close()
    content = dumped(home / "library.db", key)
    address = "某地某路 7 号".encode()  # the subject's, which stays in the history
    assert [one for one in CANARIES if one in content and one != address] == []
