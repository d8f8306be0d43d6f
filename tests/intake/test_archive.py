"""An archive is judged by its table of contents; what lies about itself is refused before it is inflated."""

import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from wizard.files import FileProblem
from wizard.intake.workbook import archive
from wizard.intake.workbook.archive import open_archive, part


def made(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in members.items():
            out.writestr(name, data)
    return path


def test_a_member_comes_out_as_it_went_in(tmp_path):
    with open_archive(made(tmp_path / "a.zip", {"一.xml": b"x" * 5000})) as opened:
        assert part(opened, "一.xml", "a.zip") == b"x" * 5000


@pytest.mark.parametrize("name", ["../evil", "/abs", "C:\\evil", "..\\evil", "a/../../evil", "a\\..\\..\\b"])
def test_a_member_that_leads_outside_is_refused(tmp_path, name):
    with pytest.raises(FileProblem, match="别的文件夹"):
        open_archive(made(tmp_path / "a.zip", {"ok": b"", name: b"x"}))


def test_a_link_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as out:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        out.writestr(link, "/etc/passwd")
    with pytest.raises(FileProblem, match="别的文件夹"):
        open_archive(tmp_path / "a.zip")


def test_too_many_members_are_refused(tmp_path):
    with pytest.raises(FileProblem, match="2001"):
        open_archive(made(tmp_path / "a.zip", {str(n): b"" for n in range(archive.MOST_MEMBERS + 1)}))


def test_what_inflates_too_far_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST_INFLATED", 1_000_000)
    with pytest.raises(FileProblem, match="展开后"):
        open_archive(made(tmp_path / "a.zip", {"a": b"\0" * 1_000_001}))


def test_members_that_share_their_bytes_are_refused(tmp_path):
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = b"\0" * 500_000
    data = packed.compress(raw) + packed.flush()
    about = (0, 8, 0, 33, zlib.crc32(raw), len(data), len(raw))
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, *about, 1, 0) + b"0" + data
    central = b"".join(
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, *about, 1, 0, 0, 0, 0, 0, 0) + b"%d" % n
        for n in range(9)
    )
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 9, 9, len(central), len(local), 0)
    (tmp_path / "a.zip").write_bytes(local + central + end)
    with pytest.raises(FileProblem, match="重叠"):
        open_archive(tmp_path / "a.zip")


def test_names_in_gbk_are_taken(tmp_path):
    data = made(tmp_path / "a.zip", {"AAAA.txt": b"x"}).read_bytes().replace(b"AAAA", "身份".encode("gbk"))
    (tmp_path / "b.zip").write_bytes(data)
    with open_archive(tmp_path / "b.zip") as opened:
        assert [part(opened, name, "b.zip") for name in opened.namelist()] == [b"x"]


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_a_broken_off_download_is_named(tmp_path, keep):
    data = made(tmp_path / "a.zip", {str(n): bytes(range(256)) * 20 for n in range(20)}).read_bytes()
    (tmp_path / "a.zip").write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(FileProblem, match=r"a\.zip.*不完整"):
        open_archive(tmp_path / "a.zip")


def test_a_flipped_bit_in_a_member_is_named(tmp_path):
    path = made(tmp_path / "a.zip", {"a": b"abc" * 4000})
    data = bytearray(path.read_bytes())
    data[45] ^= 4
    path.write_bytes(data)
    with open_archive(path) as opened, pytest.raises(FileProblem, match="损坏"):
        part(opened, "a", "a.zip")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileProblem, match="没有"):
        open_archive(tmp_path / "没有.zip")
