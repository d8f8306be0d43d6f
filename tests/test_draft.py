"""The draft and its file: kept as typed, written whole or not at all, and guarded when read."""

import errno
import json
import os
from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from wizard import files
from wizard.draft import VERSION, Draft, attached, dump, load, parse, save
from wizard.files import FileProblem
from wizard.scan import Fault, Read, Scan

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
FULL = TEXT.filter(bool)
ID = st.sampled_from(["subject.name", "principal.mobile", "mini_program.comment", "unknown.field", "a"])
NAME = st.sampled_from(["a.jpg", "附件/执照.jpg", "x/y/z.png", "长名字" * 20 + ".jpg"])
ROW = st.dictionaries(st.sampled_from(["type", "code"]), TEXT, min_size=1).map(dict)
ANSWER = st.one_of(FULL, st.lists(TEXT, min_size=1).map(tuple), st.lists(ROW, min_size=1).map(tuple))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
OWN = ("format", "version", "answers", "attachments", "place", "sources", "scans")
DRAFT = st.builds(
    Draft,
    answers=st.dictionaries(ID, ANSWER),
    attachments=st.dictionaries(ID, st.lists(NAME, min_size=1).map(tuple)),
    place=st.dictionaries(st.sampled_from(["page", "field"]), TEXT),
    rest=st.dictionaries(TEXT.filter(lambda key: key not in OWN), JSON, max_size=3),
)


@given(DRAFT)
def test_what_is_saved_is_what_is_read(draft):
    assert parse(dump(draft)) == draft


@given(DRAFT)
def test_saving_what_was_read_gives_the_same_bytes(draft):
    data = dump(draft)
    assert dump(parse(data)) == data


def what_is_said(data: bytes) -> str:
    """The sentence about a file that is no draft, nothing about one that is."""
    try:
        parse(data, "甲.json")
    except FileProblem as problem:
        return str(problem)
    return ""


@given(st.one_of(st.binary(max_size=200), JSON.map(json.dumps).map(str.encode)))
def test_any_bytes_are_a_draft_or_one_sentence(data):
    sentence = what_is_said(data)
    assert "甲.json" in sentence
    assert "\n" not in sentence


@given(JSON, JSON)
@example({}, {"\n": None})
@example({"\n": {}}, {})
def test_any_answers_are_a_draft_or_one_sentence(answers, attachments):
    document = {"format": "beian-draft", "version": 1, "answers": answers, "attachments": attachments}
    assert "\n" not in what_is_said(json.dumps(document).encode())


def test_an_empty_answer_takes_the_field_out():
    draft = Draft({"subject.name": "甲"}).with_answer("subject.name", "")
    assert draft == Draft()
    draft = Draft(attachments={"subject.certificate_photo": ("a.jpg",)})
    assert draft.with_attachments("subject.certificate_photo", ()) == Draft()


def test_attachments_of_rows_are_attachments():
    draft = Draft(
        {
            "mini_program.pre_approvals": (
                {"type": "新闻", "media": ["b.jpg"]},
                {"media": "c.jpg"},
                {"type": "出版"},
            )
        },
        {"subject.certificate_photo": ("a.jpg",)},
    )
    assert [path for _, path in attached(draft)] == ["a.jpg", "b.jpg", "c.jpg"]


def test_a_file_is_found_where_the_draft_lies(tmp_path):
    save(Draft(attachments={"subject.certificate_photo": ("a.jpg",)}), tmp_path / "甲.json")
    assert load(tmp_path / "甲.json").file("a.jpg") == tmp_path / "a.jpg"


# ───────── files that cannot be used

DOCUMENT = {"format": "beian-draft", "version": 1, "answers": {}, "attachments": {}}


def document(**change) -> bytes:
    return json.dumps(DOCUMENT | change, ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "断了"),
        (b"[" * 100_000 + b"]" * 100_000, "嵌套太深"),
        (b'{"version":' + b"9" * 100_000 + b"}", "过长的数字"),
        (b'{"version":1,"score":NaN}', "不是数字"),
        (b'{"format":"beian-draft","format":"x"}', "出现了两次"),
        (b'{"name":"\\ud800"}', "UTF-8"),
        ("{北京".encode("gbk"), "UTF-8"),
        ('{"format":"beian-draft","version":1,"answers":{"subject.name":"北京示'.encode()[:-1], "UTF-8"),
        ('{"format":"beian-draft","version":1,"answers":{"subject.name":"北京示'.encode(), "断了"),
        (b"[]", "不是备案助手的草稿"),
        (b"{}", "不是备案助手的草稿"),
        (document(version=VERSION + 1), "更新版本"),
        (document(version=9999), "更新版本"),
        (document(version="1"), "没有写明版本"),
        (document(version=True), "没有写明版本"),
        (document(version=0), "没有写明版本"),
        (document(answers=[]), "不完整"),
        (document(answers={"subject.name": {"a": 1}}), "不是文字"),
        (document(answers={"subject.name": [1]}), "不是文字"),
        (document(attachments={"subject.certificate_photo": 3}), "不是文件名"),
    ],
)
def test_an_unusable_file_is_told_in_one_sentence(data, said):
    with pytest.raises(FileProblem) as raised:
        parse(data, "甲.json")
    assert said in str(raised.value)
    assert "甲.json" in str(raised.value)
    assert "\n" not in str(raised.value)


OUTSIDE = [
    "../../etc/passwd", "/etc/passwd", "C:\\Windows\\win.ini", "\\\\127.0.0.1\\share\\x", "file:///etc/passwd",
    "a/../../b", "con.png", "x.png:ads", "", "a\x00b", "NUL", "a/COM1.jpg",
]  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_an_attachment_outside_is_not_opened(name):
    for data in (
        document(attachments={"subject.certificate_photo": [name]}),
        document(answers={"mini_program.pre_approvals": [{"type": "新闻", "media": [name]}]}),
    ):
        with pytest.raises(FileProblem, match="文件夹以外"):
            parse(data)


def test_a_byte_order_mark_is_no_fault():
    assert parse(b"\xef\xbb\xbf" + document(answers={"subject.name": "甲"})).text("subject.name") == "甲"


def test_numbers_and_truths_become_texts():
    draft = parse(
        document(
            answers={"subject.filed_count": 3, "contact.is_administrator": True, "subject.comment": None}
        )
    )
    assert dict(draft.answers) == {"subject.filed_count": "3", "contact.is_administrator": "是"}


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda place: None, "找不到"),
        (lambda place: place.mkdir(), "文件夹"),
        (lambda place: place.write_bytes(b" " * (21 * 1024 * 1024)), "20 MB"),
    ],
)
def test_a_file_that_cannot_be_opened(tmp_path, prepare, said):
    place = tmp_path / "甲.json"
    prepare(place)
    with pytest.raises(FileProblem, match=said):
        load(place)


# ───────── written whole or not at all


@pytest.fixture
def older(tmp_path):
    place = tmp_path / "甲.json"
    save(Draft({"subject.name": "旧"}), place)
    return place


def assert_untouched(place) -> None:
    assert load(place).text("subject.name") == "旧"
    assert [entry.name for entry in place.parent.iterdir()] == [place.name]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_full_disk_leaves_the_older_file(older, monkeypatch, number):
    def refuse(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files.os, "fsync", refuse)
    with pytest.raises(FileProblem, match=r"无法写入.*甲\.json"):
        save(Draft({"subject.name": "新"}), older)
    monkeypatch.undo()
    assert_untouched(older)


def test_a_rename_that_fails_leaves_the_older_file(older, monkeypatch):
    def refuse(_source, _target) -> None:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(files.os, "replace", refuse)
    with pytest.raises(FileProblem, match="没有权限"):
        save(Draft({"subject.name": "新"}), older)
    monkeypatch.undo()
    assert_untouched(older)


@pytest.mark.parametrize(("number", "said"), [(errno.EROFS, "只读"), (errno.EACCES, "没有权限")])
def test_a_folder_that_may_only_be_read(older, monkeypatch, number, said):
    def refuse(*_arguments, **_settings) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(FileProblem, match=f"无法写入.*{said}"):
        save(Draft({"subject.name": "新"}), older)
    monkeypatch.undo()
    assert_untouched(older)


def test_a_folder_that_is_gone(tmp_path):
    with pytest.raises(FileProblem, match="找不到这个位置"):
        save(Draft(), tmp_path / "没有" / "甲.json")


@pytest.mark.skipif(os.name == "nt", reason="permissions are another matter there")
def test_a_draft_is_readable_by_its_owner_only(older):
    assert older.stat().st_mode & 0o077 == 0


def test_saving_twice_gives_the_newer(older):
    save(replace(load(older), answers={"subject.name": "新"}), older)
    assert load(older).text("subject.name") == "新"
    assert [entry.name for entry in older.parent.iterdir()] == [older.name]


def test_where_an_answer_comes_from_is_kept_until_it_is_typed_anew():
    draft = Draft().with_answer("subject.name", "临溪市青屿食品贸易有限公司", "read")
    again = parse(dump(draft))
    assert again.source("subject.name") == "read"
    assert again.source("subject.address") == "typed"
    assert again.with_answer("subject.name", "别的名字").source("subject.name") == "typed"
    assert not again.with_answer("subject.name", "").sources


def test_what_was_read_from_a_scan_is_kept_with_its_attachment():
    scan = Scan(
        "business_licence",
        {"name": Read("青屿食品", 0.95, ((0.1, 0.2), (0.4, 0.2), (0.4, 0.3), (0.1, 0.3)))},
        (Fault("rotated", mended=True), Fault("glare", doubtful=True)),
        legible=True,
        bytes=1234,
        sha256="ab" * 32,
    )
    draft = Draft().with_attachments("subject.certificate_photo", ("a.jpg",)).with_scan("a.jpg", scan)
    again = parse(dump(draft))
    assert again.scans == {"a.jpg": scan}
    moved = again.with_attachments("subject.certificate_photo", ("b.jpg",)).with_scan("b.jpg", Scan())
    assert list(moved.scans) == ["b.jpg"]


@pytest.mark.parametrize("broken", [7, [], {"kind": "x"}, {"kind": "x", "fields": 3, "faults": []}])
def test_a_scan_or_mark_that_cannot_be_read_is_left_out(broken: object):
    document = {"format": "beian-draft", "version": 1, "scans": {"a.jpg": broken}, "sources": {"a": broken}}
    draft = parse(json.dumps(document).encode())
    assert not draft.scans
    assert not draft.sources
