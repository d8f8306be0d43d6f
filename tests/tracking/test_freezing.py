"""What was handed in stays known, whatever is changed later."""

import hashlib
import json
from dataclasses import replace

from tests.tracking.cases import a_draft, at
from wizard.draft import dump, parse
from wizard.tracking.freezing import GONE, OTHER, SAME, differences, files_now, frozen, lines
from wizard.tracking.record import record_of, with_event


def test_answers_and_files_as_they_were(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"picture")
    (tmp_path / "b.jpg").write_bytes(b"approval")
    rows = ({"type": "新闻", "code": "1", "media": ["b.jpg"]},)
    draft = replace(a_draft(progress__submitted_on="2026-11-20"), folder=tmp_path)
    draft = draft.with_answer("mini_program.pre_approvals", rows)
    draft = draft.with_attachments("subject.certificate_photo", ("a.jpg", "gone.jpg"))
    kept = frozen(draft, "2026.11")
    assert kept["rules"] == "2026.11"
    assert "progress.submitted_on" not in kept["answers"]
    assert kept["files"]["subject.certificate_photo"] == [
        {"name": "a.jpg", "sha256": hashlib.sha256(b"picture").hexdigest(), "size": 7},
        {"name": "gone.jpg"},
    ]
    assert kept["files"]["mini_program.pre_approvals"][0]["size"] == 8


def test_it_survives_the_file_and_tells_what_was_changed_since(tmp_path):
    draft = a_draft(mini_program__comment="旧的备注")
    draft = with_event(draft, "submitted", at("2026-11-23"), at("2026-11-23"), frozen=frozen(draft, "1"))
    draft = parse(dump(draft))
    draft = draft.with_answer("mini_program.comment", "新的备注").with_attachments(
        "subject.certificate_photo", ("a.jpg",)
    )
    draft = draft.with_answer("mini_program.service_content_types", ("工具", "生活"))
    (event,) = record_of(draft).events
    found = {one.field_id: (one.then, one.now) for one in differences(event.frozen, draft)}
    assert found == {
        "mini_program.comment": ("旧的备注", "新的备注"),
        "mini_program.service_content_types": ("", "工具、生活"),
        "subject.certificate_photo": ("", "a.jpg"),
    }
    assert ("mini_program.comment", "旧的备注") in lines(event.frozen)


def test_the_packet_that_was_made_of_it():
    draft = a_draft()
    answers = dict(draft.answers)
    record = {"number": "BA-20261123-7F3A", "version": 2, "answers": answers}
    packed = replace(draft, rest={"packet": record})
    assert frozen(packed, "1")["packet"] == {"number": "BA-20261123-7F3A", "version": 2, "same": True}
    changed = packed.with_answer("mini_program.name", "另一个")
    assert frozen(changed, "1")["packet"]["same"] is False
    assert "packet" not in frozen(draft, "1")


def test_it_stops_when_asked_and_damaged_lines_are_read(tmp_path):
    draft = a_draft().with_attachments("subject.certificate_photo", ("a.jpg",))
    assert frozen(draft, "1", lambda: True)["files"] == {}
    for damaged in ({}, {"answers": 5, "files": "x"}, {"files": {"subject.certificate_photo": 5}}):
        assert lines(json.loads(json.dumps(damaged))) == ()
        assert differences(damaged, a_draft())


def test_whether_the_files_are_still_what_was_handed_in(tmp_path):
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (tmp_path / name).write_bytes(name.encode())
    draft = replace(a_draft(), folder=tmp_path).with_attachments(
        "subject.certificate_photo", ("a.jpg", "b.jpg", "c.jpg", "never.jpg")
    )
    kept = frozen(draft, "1")
    (tmp_path / "b.jpg").write_bytes(b"another")
    (tmp_path / "c.jpg").unlink()
    now = files_now(kept, draft.with_attachments("subject.certificate_photo", ()))
    assert now == {"a.jpg": SAME, "b.jpg": OTHER, "c.jpg": GONE, "never.jpg": GONE}
    assert files_now(kept, draft, lambda: True) == {}


def test_a_record_by_another_hand_reads_nothing_outside(tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (tmp_path / "case").mkdir()
    draft = replace(a_draft(), folder=tmp_path / "case")
    for name in ("../secret", "..\\secret", str(secret)):
        files = {
            "subject.certificate_photo": [{"name": name, "sha256": hashlib.sha256(b"secret").hexdigest()}]
        }
        assert files_now({"files": files}, draft) == {name: GONE}
    assert files_now({"files": {"x": [5, {"name": 5}], "y": 7}}, draft) == {}
