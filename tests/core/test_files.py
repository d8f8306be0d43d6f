import errno
import os
import stat
import sys

import pytest

from wizard.files import FileProblem, atomic_write, why


def test_the_new_file_is_whole_and_private(tmp_path):
    target = tmp_path / "草稿.json"
    atomic_write(target, "内容".encode())
    assert target.read_text(encoding="utf-8") == "内容"
    if os.name != "nt":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["草稿.json"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, step):
    target = tmp_path / "a.json"
    target.write_bytes(b"old")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(FileProblem, match="磁盘空间不足"):
        atomic_write(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_a_folder_that_is_gone_is_said_so(tmp_path):
    with pytest.raises(FileProblem, match="找不到这个位置"):
        atomic_write(tmp_path / "没有" / "a.json", b"x")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder's rights differ there")
def test_a_file_in_the_way_of_the_folder_is_said_so(tmp_path):
    (tmp_path / "f").write_bytes(b"")
    with pytest.raises(FileProblem, match="不是文件夹"):
        atomic_write(tmp_path / "f" / "a.json", b"x")


def test_every_reason_tells_what_to_do():
    for number in (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENAMETOOLONG, errno.EIO):
        assert "，" in why(OSError(number, "x"))
