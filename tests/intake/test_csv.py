"""`.csv`: every encoding a Chinese spreadsheet writes, and every line that is wrong named by its number."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.books import HEAD, ROW, comma
from wizard import districts
from wizard.files import FileProblem
from wizard.intake.workbook.cells import garbled
from wizard.intake.workbook.encoding import decode
from wizard.intake.workbook.read import open_intake, read_book

RARE = ["𠮷㐂有限公司", *ROW[1:3], "䶮𬍛·买买提", *ROW[4:]]


def entries(tmp_path, data: bytes, name: str = "客户.csv"):
    (tmp_path / name).write_bytes(data)
    return list(open_intake(tmp_path / name).entries())


def refused(tmp_path, data: bytes) -> str:
    with pytest.raises(FileProblem) as caught:
        entries(tmp_path, data)
    assert "客户.csv" in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-16-le"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["dos", "unix", "mac"])
def test_rare_characters_come_back_in_every_encoding(tmp_path, codec, end):
    (entry,) = entries(tmp_path, comma([HEAD, RARE], end).encode(codec))
    assert entry.answers["subject.name"] == RARE[0]
    assert entry.answers["principal.name"] == RARE[3]


def test_gbk_is_read(tmp_path):
    (entry,) = entries(tmp_path, comma([HEAD, ROW]).encode("gbk"))
    assert entry.answers["subject.name"] == ROW[0]


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_what_parts_the_cells_is_found(tmp_path, mark):
    (entry,) = entries(tmp_path, (mark.join(HEAD) + "\n" + mark.join(ROW) + "\n").encode())
    assert entry.answers["mini_program.name"] == ROW[5]


def test_two_encodings_in_one_file_are_refused_naming_the_line(tmp_path):
    data = comma([HEAD, ROW]).encode("gbk") + comma([ROW]).encode()
    assert "第 3 行是 UTF-8" in refused(tmp_path, data)
    data = comma([HEAD, ROW]).encode() + comma([ROW]).encode("gbk")
    assert "第 3 行是 GBK" in refused(tmp_path, data)


def test_empty_bytes_between_are_refused_naming_the_line(tmp_path):
    assert "第 3 行" in refused(tmp_path, comma([HEAD, ROW]).encode("gbk") + b"\0" * 200)
    assert "第 2 行" in refused(tmp_path, ("\ufeff" + comma([HEAD, ["甲\0", *ROW[1:]]])).encode())


def test_big5_is_read_as_such_and_said_aloud(tmp_path):
    data = "公司名稱,電話\r\n臺北示範股份有限公司,0912345678\r\n".encode("big5")
    (tmp_path / "客户.csv").write_bytes(data)
    intake = open_intake(tmp_path / "客户.csv")
    (entry,) = intake.entries()
    assert entry.answers == {"subject.name": "臺北示範股份有限公司", "principal.mobile": "0912345678"}
    assert ("intake.encoding-guessed", "warning") in {(one.rule, one.severity) for one in intake.notices}


@pytest.mark.parametrize("codec", ["euc_kr", "shift_jis", "cp1251"])
def test_another_encoding_is_not_stored_as_gibberish(tmp_path, codec):
    words = {"euc_kr": "상호,전화번호", "shift_jis": "カイシャメイ,デンワ", "cp1251": "Название,Телефон"}[
        codec
    ]
    refused(tmp_path, f"{words}\r\n{words}\r\n".encode(codec))


@pytest.mark.parametrize("start", range(0, 300, 20))
def test_place_names_in_gbk_are_never_taken_for_big5(start):
    cities = [city for province in districts.provinces() for city in districts.children(province.code)]
    for city in cities[start : start + 20]:
        within = [city.name, *(one.name for one in districts.children(city.code)[:4])]
        said = "通讯地址," + "".join(within)
        assert decode(said.encode("gb18030"), "a.csv")[:2] == (said, "GB 18030")


def test_an_open_quote_is_refused_naming_the_line(tmp_path):
    assert "第 3 行的引号" in refused(
        tmp_path, (comma([HEAD, ROW]) + '"没有结束,' + comma([ROW] * 2000)).encode()
    )
    assert "第 3 行的引号" in refused(
        tmp_path, (comma([HEAD, ROW]) + '"没有结束,' + comma([ROW] * 3)).encode()
    )
    assert "第 2 行的引号" in refused(tmp_path, (comma([HEAD]) + '"结束"了没有,' + comma([ROW] * 3)).encode())


def test_a_closed_quote_may_hold_lines(tmp_path):
    head = [*HEAD, "小程序备注"]
    (entry,) = entries(tmp_path, comma([head, [*ROW, '第一行\n第二行，“引号”"也在']]).encode())
    assert entry.answers["mini_program.comment"] == '第一行\n第二行，“引号”"也在'
    assert not entry.findings


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([HEAD, ["大" * 40_000, *ROW[1:]]], "第 2 行"),
        ([HEAD, ["大" * 1_000_000, *ROW[1:]]], "第 2 行"),
        ([[*HEAD, *["x"] * 100_000]], "100,006 列"),
        ([HEAD, *[ROW] * 20_001], "20,000 行"),
        ([["a", "b"], ["1", "2"]], "没有认出表头"),
    ],
    ids=["long cell", "huge cell", "wide", "long", "no headings"],
)
def test_what_is_too_large_is_refused(tmp_path, lines, words):
    assert words in refused(tmp_path, comma(lines).encode())


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\r\n \r\n"], ids=["nothing", "mark", "blank"])
def test_an_empty_file_is_refused(tmp_path, data):
    refused(tmp_path, data)


def test_rows_that_do_not_fit_are_named_by_their_number(tmp_path):
    whole, short, long, after = entries(
        tmp_path, comma([HEAD, ROW, ROW[:3], [*ROW, "多", "余"], [], ROW]).encode()
    )
    assert not whole.findings
    assert [(finding.severity, "第 3 行" in finding.message) for finding in short.findings] == [
        ("warning", True)
    ]
    assert [(finding.severity, "第 4 行" in finding.message) for finding in long.findings] == [
        ("error", True)
    ]
    assert after.row == 6


@pytest.mark.parametrize("spoilt", ["1.10101E+17", "1.1e17", "110101199003070000", "91110108000000000000"])
def test_a_number_the_spreadsheet_spoilt_is_named(tmp_path, spoilt):
    (entry,) = entries(tmp_path, comma([HEAD, [*ROW[:2], spoilt, *ROW[3:]]]).encode())
    assert [finding.rule for finding in entry.findings] == ["intake.number-lost"]
    assert "subject.certificate_number" not in entry.answers


def test_a_right_number_that_ends_in_zeros_is_kept(tmp_path):
    # 11010119900307100 with check digit: found so that the last three are zeros and the check holds
    from wizard.numbers import kind

    day = __import__("datetime").date(2026, 1, 1)
    right = next(
        number
        for year in range(1950, 2007)
        for number in [f"110101{year}0307{n}000" for n in range(10)]
        if kind("ric").validate(number, day).valid
    )
    (entry,) = entries(tmp_path, comma([HEAD, [*ROW[:2], right, *ROW[3:]]]).encode())
    assert entry.answers["subject.certificate_number"] == right


def test_what_cannot_be_seen_is_removed_and_told(tmp_path):
    (entry,) = entries(tmp_path, comma([HEAD, ["甲\u200b公司", *ROW[1:3], "张\u202e三", *ROW[4:]]]).encode())
    assert entry.answers["subject.name"] == "甲公司"
    assert entry.answers["principal.name"] == "张三"
    assert {finding.rule for finding in entry.findings} == {"intake.invisible"}


@pytest.mark.parametrize(
    "first", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "'=1+1", '=HYPERLINK("http://x/")']
)
def test_text_that_looks_like_a_formula_is_text(tmp_path, first):
    (entry,) = entries(tmp_path, comma([HEAD, [first, *ROW[1:]]]).encode())
    assert entry.answers["subject.name"] == first
    assert not entry.faulty


def test_only_a_heading_is_told(tmp_path):
    (tmp_path / "a.csv").write_bytes(comma([HEAD]).encode())
    intake = open_intake(tmp_path / "a.csv")
    assert not list(intake.entries())
    assert any("只有表头" in notice.message for notice in intake.notices)


def test_a_workbook_named_csv_is_read_as_what_it_is(tmp_path):
    from tests.intake.books import book

    book(tmp_path / "a.csv", [HEAD, ROW])
    assert len(list(open_intake(tmp_path / "a.csv").entries())) == 1


@pytest.mark.parametrize("words", ["北京某某科技有限公司", "客户资料采集表", "小程序备案负责人"])
@pytest.mark.parametrize(("wrote", "read"), [("utf-8", "gb18030"), ("utf-8", "latin-1"), ("utf-8", "cp1252")])
def test_gibberish_is_known(words, wrote, read):
    seen = words.encode(wrote).decode(read, "replace")
    assert garbled(seen)
    assert not garbled(words)


@pytest.mark.parametrize(
    "name", ["联通", "林知远", "Müller GmbH", "Привет", "買買提·艾山江", "①②③", "Ångström"]
)
def test_real_words_are_no_gibberish(name):
    assert not garbled(name)


CELLS = st.text(st.characters(blacklist_categories=("Cs", "Co", "Cn", "Cc", "Cf", "Zl", "Zp")), max_size=20)


@settings(max_examples=80)
@given(
    st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=6),
    st.sampled_from(["utf-8", "gb18030"]),
)
def test_whatever_is_written_is_read_again(tmp_path_factory, lines, codec):
    path = tmp_path_factory.mktemp("text") / "a.csv"
    path.write_bytes(comma([HEAD, *lines]).encode(codec))
    try:
        (table,) = read_book(path).tables
    except FileProblem:
        assert (
            codec == "gb18030"
        )  # short lines of it may be taken for a second encoding: refused, never misread
        return
    kept = [list(line.cells) for line in table.lines[1:]]
    assert kept == [line for line in lines if any(line)]


@settings(max_examples=150)
@given(st.binary(max_size=2000))
def test_whatever_the_bytes_the_answer_is_a_book_or_a_sentence(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("text") / "a.csv"
    path.write_bytes(data)
    problem = ""
    try:
        open_intake(path)
    except FileProblem as caught:
        problem = str(caught)
    assert not problem or "a.csv" in problem
