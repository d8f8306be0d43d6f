"""案件文件: what was exported opens again as the same case, with every attachment to the byte."""

import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path

import pikepdf
from PIL import Image

from tests.packet import cases
from wizard.draft import Draft, attached, load, parse
from wizard.packet.filling import ORIGINALS
from wizard.packet.names import UPLOADS
from wizard.packet.options import Options
from wizard.packet.output import export
from wizard.packet.snapshot import Snapshot
from wizard.reading import understand
from wizard.scan import Read, Scan


def case(folder: Path) -> Snapshot:
    """A case whose pictures need all kinds of work: one too heavy, one turned, one in a row, one a video."""
    out = io.BytesIO()
    layers = [Image.effect_noise((1500, 1100), 60 + shade).resize((3000, 2200)) for shade in range(3)]
    Image.merge("RGB", layers).save(out, "JPEG", quality=92)
    assert len(out.getvalue()) > 2 * 1024 * 1024
    turned = Image.Exif()
    turned[0x0112] = 6
    (folder / "heavy.jpg").write_bytes(out.getvalue())
    (folder / "turned.jpg").write_bytes(cases.jpeg((1300, 800), "#1a5fb4", exif=turned))
    (folder / "approval.jpg").write_bytes(cases.jpeg((1400, 900), "#241f31"))
    (folder / "plain.jpg").write_bytes(cases.jpeg((1400, 900), "#26a269"))
    (folder / "video.mp4").write_bytes(b"\0" * 4096)
    rows = ({"type": "文化", "code": "京网文〔2026〕1号", "media": ["approval.jpg"]},)
    attachments = {
        "subject.certificate_photo": ("heavy.jpg",),
        "principal.certificate_photo_front": ("turned.jpg",),
        "principal.certificate_photo_back": ("plain.jpg",),
        "materials.promise_video": ("video.mp4",),
        "subject.residence_permit": ("plain.jpg",),
    }
    scan = Scan(
        "business_licence", {"name": Read("某公司", 0.95)}, (), legible=True, bytes=3, sha256="0" * 64
    )
    draft = Draft(
        {**cases.FULL, "mini_program.pre_approvals": rows},
        attachments,
        {"page": "subject", "field": "subject.name"},
        folder,
        {"subject.name": "read"},
        {"heavy.jpg": scan},
        {"future": {"kept": [1, 2]}},
    )
    return cases.frozen(draft, final=True)


def contents(draft: Draft) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for field, path in attached(draft):
        found.setdefault(field, []).append(draft.file(path).read_bytes())
    return found


def same(again: Draft, snapshot: Snapshot) -> None:
    before = snapshot.draft
    rows = "mini_program.pre_approvals"
    assert {key: value for key, value in again.answers.items() if key != rows} == {
        key: value for key, value in before.answers.items() if key != rows
    }
    (row,), (given,) = again.answers[rows], before.answers[rows]
    assert {**row, "media": given["media"]} == given  # type: ignore[dict-item,index]
    assert contents(again) == contents(before)
    assert again.sources == before.sources
    (photo,) = again.attachments["subject.certificate_photo"]
    assert again.scans == {photo: before.scans["heavy.jpg"]}
    assert again.place == before.place
    assert again.rest["future"] == before.rest["future"]
    assert understand(again, cases.ON).findings == snapshot.reading.findings


def test_a_folder_opens_again_as_the_same_case(tmp_path: Path):
    snapshot = case(tmp_path)
    exported = export(snapshot, tmp_path / "out")
    again = load(exported.paths[3])
    same(again, snapshot)
    sums = json.loads(exported.paths[3].read_text(encoding="utf-8"))["packet"]["sha256"]
    for _, path in attached(again):
        assert sums[path] == hashlib.sha256(again.file(path).read_bytes()).hexdigest()


def test_originals_are_kept_where_the_copy_is_another_file(tmp_path: Path):
    out = export(case(tmp_path), tmp_path / "out").folder
    assert sorted(path.name[:2] for path in (out / ORIGINALS).iterdir()) == ["01", "02"]
    assert (out / UPLOADS).is_dir()
    assert max(path.stat().st_size for path in (out / UPLOADS).iterdir()) <= 2 * 1024 * 1024
    assert max(path.stat().st_size for path in (out / ORIGINALS).iterdir()) > 2 * 1024 * 1024


def test_exported_twice_it_is_still_the_same_case(tmp_path: Path):
    snapshot = case(tmp_path)
    first = load(export(snapshot, tmp_path / "one").paths[3])
    second = load(export(cases.frozen(first, final=True), tmp_path / "two").paths[3])
    assert contents(second) == contents(snapshot.draft)
    assert second.answers.keys() == snapshot.draft.answers.keys()
    assert second.rest["packet"]["version"] == 2


def test_inside_the_packet(tmp_path: Path):
    snapshot = case(tmp_path)
    exported = export(snapshot, tmp_path / "p.pdf", options=Options(with_case=True))
    place = tmp_path / "taken out"
    place.mkdir()
    with pikepdf.open(exported.paths[0]) as pdf:
        for name, spec in pdf.attachments.items():
            (place / name).write_bytes(spec.get_file().read_bytes())
    (file,) = place.glob("*.json")
    same(load(file), snapshot)


def test_halves_of_characters_do_not_break_it(tmp_path: Path):
    snapshot = case(tmp_path)
    odd = replace(snapshot, draft=snapshot.draft.with_answer("subject.comment", "a\ud83db"))
    data = export(odd, tmp_path / "out").paths[3].read_bytes()
    assert parse(data).text("subject.comment") == "a\ufffdb"
