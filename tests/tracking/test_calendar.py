"""Working days, counted by hand from the notices of the State Council (国务院办公厅)."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.files import FileProblem
from wizard.resource_files import RESOURCES, ResourceError
from wizard.tracking import calendar as calendar_module
from wizard.tracking.calendar import Calendar, import_year

BUNDLED = range(2019, 2027)
CALENDAR = Calendar.load()
days = st.dates()
near = st.dates(date(2015, 1, 1), date(2040, 12, 31))
counts = st.integers(0, 60)

# A made-up year of the right shape; not what will be announced.
OFF_2027 = [
    *(f"2027-01-0{day}" for day in (1, 2, 3)),
    *(f"2027-02-{day:02}" for day in range(5, 13)),
    *(f"2027-04-0{day}" for day in (3, 4, 5)),
    *(f"2027-05-0{day}" for day in range(1, 6)),
    *(f"2027-10-0{day}" for day in range(1, 8)),
]
WORK_2027 = ["2027-02-20", "2027-05-08", "2027-09-26"]


def a_year(**changes: Any) -> dict[str, Any]:
    return {
        "year": 2027,
        "source": {"title": "国务院办公厅关于2027年部分节假日安排的通知（试）", "url": ""},
        "issued": "2026-11-30",
        "names": {"春节": ["2027-02-05", "2027-02-12"]},
        "off": OFF_2027,
        "work": WORK_2027,
    } | changes


def shared(**changes: Any) -> dict[str, Any]:
    listed = [{"name": "节日", "date": day, "isOffDay": True} for day in OFF_2027]
    listed += [{"name": "节日", "date": day, "isOffDay": False} for day in WORK_2027]
    return {"year": 2027, "papers": ["https://www.gov.cn/"], "days": listed} | changes


def saved(folder: Path, content: Any, name: str = "放假.json") -> Path:
    file = folder / name
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        # 2023 春节 1.21–27 off, 1.28 and 1.29 worked: 20=1 28=2 29=3 30 31=5 2.1–3=8 6–10=13 13–17=18 20 21
        ("2023-01-19", 20, "2023-02-21"),
        # 2023 中秋国庆 9.29–10.6 off, 10.7 and 10.8 worked: 7=1 8=2 9–13=7 16–20=12 23–27=17 30 31 11.1=20
        ("2023-09-28", 1, "2023-10-07"),
        ("2023-09-28", 20, "2023-11-01"),
        # 2024 春节 2.10–17 off, 2.4 and 2.18 worked, 除夕 2.9 worked: 4=1 5–9=6 18=7 19–23=12 26–3.1=17 4 5 6
        ("2024-02-02", 1, "2024-02-04"),
        ("2024-02-02", 6, "2024-02-09"),
        ("2024-02-02", 7, "2024-02-18"),
        ("2024-02-02", 20, "2024-03-06"),
        # 2024 清明 4.4–6 off, Sunday 4.7 worked: 3=1 7=2 8=3
        ("2024-04-02", 3, "2024-04-08"),
        # 2024 劳动节 5.1–5 off, 4.28 and 5.11 worked: 28=1 29 30=3 5.6–10=8 11=9 13–17=14 20–24=19 27=20
        ("2024-04-26", 20, "2024-05-27"),
        # 2024 国庆 10.1–7 off, 9.29 and 10.12 worked: 29=1 30=2 8=3 9 10 11=6 12=7 14=8
        ("2024-09-27", 8, "2024-10-14"),
        # 2025 春节 1.28–2.4 off, 1.26 and 2.8 worked: 26=1 27=2 5 6 7=5 8=6 10–14=11 17–21=16 24 25 26 27=20
        ("2025-01-24", 20, "2025-02-27"),
        # 2025 国庆中秋 10.1–8 off, 9.28 and 10.11 worked: 26=1 28=2 29 30=4 9 10=6 11=7 13–17 20–24=17 29=20
        ("2025-09-25", 4, "2025-09-30"),
        ("2025-09-25", 5, "2025-10-09"),
        ("2025-09-25", 20, "2025-10-29"),
        # into a known year: 2026.1.1–3 off, Sunday 1.4 worked: 31=1 4=2 5–9=7 12–16=12 19–23=17 26 27 28=20
        ("2025-12-30", 2, "2026-01-04"),
        ("2025-12-30", 20, "2026-01-28"),
        # 2026 春节 2.15–23 off, 2.14 and 2.28 worked: 13=1 14=2 24–27=6 28=7 3.2–6=12 9–13=17 16 17 18=20
        ("2026-02-12", 2, "2026-02-14"),
        ("2026-02-12", 3, "2026-02-24"),
        ("2026-02-12", 20, "2026-03-18"),
        # 2026 劳动节 5.1–5 off, Saturday 5.9 worked: 4.30=1 6 7 8=4 9=5 11–15=10 18–22=15 25–29=20
        ("2026-04-29", 5, "2026-05-09"),
        ("2026-04-29", 20, "2026-05-29"),
        # 2026 中秋 9.25–27, 国庆 10.1–7 off, 9.20 and 10.10 worked:
        # 18=1 20=2 21–24=6 28 29 30=9 8 9=11 10=12 12–16=17 19 20 21=20
        ("2026-09-17", 2, "2026-09-20"),
        ("2026-09-17", 7, "2026-09-28"),
        ("2026-09-17", 20, "2026-10-21"),
    ],
)
def test_counted_by_hand(start: str, n: int, end: str):
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert CALENDAR.add_workdays(first, n) == (last, True)
    assert CALENDAR.workdays_between(first, last) == (n, True)


@pytest.mark.parametrize(
    ("start", "n", "end", "certain"),
    [
        # 2026: 25=1 28=2 29 30 31=5; 2027: 1.1 is a Friday, 4–8=10 11–15=15 18–22=20
        ("2026-12-24", 5, "2026-12-31", True),
        ("2026-12-24", 6, "2027-01-04", False),
        ("2026-12-24", 20, "2027-01-22", False),
        # by law alone: 除夕 Friday 2.5 to 初三 Monday 2.8 are off, then 2.9
        ("2027-02-04", 1, "2027-02-09", False),
        # 10.1 is a Friday, 2 and 3 a weekend
        ("2027-09-30", 1, "2027-10-04", False),
        # 清明 Monday 4.5; 端午 Wednesday 6.9; 中秋 Wednesday 9.15; 劳动节 Saturday and Sunday
        ("2027-04-02", 1, "2027-04-06", False),
        ("2027-06-08", 1, "2027-06-10", False),
        ("2027-09-14", 1, "2027-09-16", False),
        ("2027-04-30", 1, "2027-05-03", False),
        # beyond the table of the 农历 the fixed days stand
        ("2040-09-28", 1, "2040-10-04", False),
    ],
)
def test_beyond_the_known_years_nothing_is_certain(start: str, n: int, end: str, certain: bool):
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert CALENDAR.add_workdays(first, n) == (last, certain)
    assert CALENDAR.workdays_between(first, last) == (n, certain)


def test_the_day_itself_is_not_counted():
    saturday = date(2026, 11, 28)
    assert CALENDAR.add_workdays(saturday, 0) == (saturday, True)
    assert CALENDAR.add_workdays(saturday, 1) == (date(2026, 11, 30), True)
    assert CALENDAR.add_workdays(date(2027, 8, 1), 0) == (date(2027, 8, 1), True)
    with pytest.raises(ValueError, match="forwards"):
        CALENDAR.add_workdays(saturday, -1)


def test_a_day_says_what_it_is():
    assert CALENDAR.is_workday(date(2026, 10, 1)) == (False, True, "国庆节")
    assert CALENDAR.is_workday(date(2026, 10, 10)) == (True, True, "调休上班")
    assert CALENDAR.is_workday(date(2026, 11, 23)) == (True, True, "")
    assert CALENDAR.is_workday(date(2027, 2, 5)) == (False, False, "春节")
    assert not CALENDAR.is_workday(date(2026, 11, 22))
    assert CALENDAR.is_workday(date(2026, 11, 23))


def test_a_notice_may_reach_into_the_december_before():
    monday = date(2018, 12, 31)  # off by the notice for 2019, which is all that is known of 2018
    assert CALENDAR.is_workday(monday) == (False, False, "元旦")
    assert CALENDAR.is_workday(date(2018, 12, 29)) == (True, False, "调休上班")


def test_a_datetime_is_taken_for_its_day():
    evening = datetime(2026, 10, 1, 20, tzinfo=UTC)
    assert CALENDAR.is_workday(evening) == (False, True, "国庆节")
    assert CALENDAR.add_workdays(evening, 1) == (date(2026, 10, 8), True)
    assert CALENDAR.workdays_between(evening, date(2026, 10, 8)) == (1, True)


def test_bundled_years():
    assert set(BUNDLED) <= set(CALENDAR.years)
    assert not CALENDAR.problems
    for number, year in CALENDAR.years.items():
        assert year.source.title == f"国务院办公厅关于{number}年部分节假日安排的通知"
        assert year.source.url.startswith("https://www.gov.cn/")
        assert year.source.article.startswith("国办发明电〔")
        assert year.source.published < f"{number}-01-01"
        assert all(year.off.values()), "a day off without the festival's name"
        assert all(day.weekday() >= 5 for day in year.work)


def test_the_law_is_kept_in_every_known_year():
    """Since 2025 the days off by law are 13; none of them is worked in a year whose notice is known."""
    for number in (2025, 2026):
        by_law = calendar_module._statutory(number)
        assert len(by_law) in (12, 13)  # 12 where two festivals share a day
        assert all(day in CALENDAR.years[number].off for day in by_law)
    for number in range(2027, 2036):
        assert 12 <= len(calendar_module._statutory(number)) <= 13


@given(days, counts)
def test_never_raises(day: date, n: int):
    CALENDAR.is_workday(day)
    assert CALENDAR.add_workdays(day, n).day >= day


@pytest.mark.parametrize("day", [date.min, date.max, date.max - timedelta(days=1)])
def test_the_ends_of_time(day: date):
    assert not CALENDAR.is_workday(day).official
    assert not CALENDAR.add_workdays(day, 5).certain
    assert CALENDAR.workdays_between(day, day) == (0, True)


@given(near, counts, counts)
def test_additive(day: date, a: int, b: int):
    first, whole = CALENDAR.add_workdays(day, a), CALENDAR.add_workdays(day, a + b)
    second = CALENDAR.add_workdays(first.day, b)
    assert second.day == whole.day
    assert whole.certain == (first.certain and second.certain)


@given(near, near, counts, counts)
def test_monotone(day: date, other: date, n: int, m: int):
    early, late = sorted((day, other))
    assert CALENDAR.add_workdays(early, n).day <= CALENDAR.add_workdays(late, n).day
    few, many = sorted((n, m))
    assert CALENDAR.add_workdays(day, few).day <= CALENDAR.add_workdays(day, many).day


@given(near, st.integers(1, 60))
def test_ends_on_a_working_day(day: date, n: int):
    end = CALENDAR.add_workdays(day, n).day
    assert CALENDAR.is_workday(end)
    assert CALENDAR.workdays_between(day, end).days == n
    assert CALENDAR.workdays_between(end, day).days == -n


@given(near)
def test_certain_only_in_known_years(day: date):
    assert CALENDAR.is_workday(day).official == (day.year in BUNDLED)


@pytest.mark.parametrize("content", [a_year(), shared()], ids=["ours", "shared"])
def test_a_new_year_is_imported(tmp_path: Path, content: dict[str, Any]):
    folder = tmp_path / "用户" / "holidays"
    assert import_year(saved(tmp_path, content), folder) == 2027
    assert [file.name for file in folder.iterdir()] == ["2027.json"]
    after = Calendar.load(folder)
    assert after.years[2027].imported
    assert not after.years[2026].imported
    assert after.is_workday(date(2027, 2, 12)) == (False, True, after.years[2027].off[date(2027, 2, 12)])
    assert after.is_workday(date(2027, 2, 20)).works
    assert after.add_workdays(date(2026, 12, 24), 20) == (date(2027, 1, 22), True)
    # by this table: 2.5 to 2.12 off
    assert after.add_workdays(date(2027, 2, 4), 1) == (date(2027, 2, 15), True)


def test_an_import_overrides_what_is_bundled(tmp_path: Path):
    content = json.loads((RESOURCES / "holidays" / "2026.json").read_text(encoding="utf-8"))
    content["off"].append("2026-11-27")
    import_year(saved(tmp_path, content), tmp_path / "kept")
    assert Calendar.load(tmp_path / "kept").is_workday(date(2026, 11, 27)) == (False, True, "")
    assert CALENDAR.is_workday(date(2026, 11, 27)).works


def test_every_bundled_file_can_be_imported(tmp_path: Path):
    for file in sorted((RESOURCES / "holidays").glob("*.json")):
        assert import_year(file, tmp_path) == int(file.stem)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ([], "没有写明是哪一年"),
        ({}, "没有写明是哪一年"),
        (a_year(year="2027"), "没有写明是哪一年"),
        (a_year(year=True), "没有写明是哪一年"),
        (a_year(year=1), "没有写明是哪一年"),
        (a_year(off=[]), "等国务院办公厅公布 2027 年"),
        (a_year(work=[]), "还没有调休上班日"),
        (a_year(off=None), "还没有放假日期"),
        (a_year(off="2027-01-01"), "还没有放假日期"),
        (shared(days=[], papers=[]), "等国务院办公厅公布 2027 年"),
        (shared(days={}), "没有写明是否放假"),
        (shared(days=[{"date": "2027-01-01", "isOffDay": "true"}]), "没有写明是否放假"),
        (a_year(off=[*OFF_2027, "2027-13-01"]), "“2027-13-01”不是日期"),
        (a_year(off=[*OFF_2027, "20271008"]), "“20271008”不是日期"),
        (a_year(off=[*OFF_2027, "２０２７-10-08"]), "不是日期"),
        (a_year(off=[*OFF_2027, "\ud800"]), "“?”不是日期"),
        (a_year(off=[*OFF_2027, 7]), "“7”不是日期"),
        (a_year(off=[*OFF_2027, "2026-10-08"]), "2026-10-08 不是 2027 年的日期"),
        (a_year(off=[*OFF_2027, "2028-01-01"]), "2028-01-01 不是 2027 年的日期"),
        (a_year(off=[*OFF_2027, "2027-10-01"]), "2027-10-01 写了两次"),
        (a_year(work=[*WORK_2027, "2027-10-02"]), "2027-10-02 既写成放假又写成上班"),
        (a_year(work=["2027-10-12"]), "2027-10-12 是星期二，本来就上班"),
        (a_year(off=OFF_2027[:-7]), "没有 10 月 1 日"),
        (a_year(off=[day for day in OFF_2027 if day != "2027-05-01"]), "没有 5 月 1 日"),
        (
            a_year(off=["2027-01-01", "2027-05-01", "2027-10-01", "2027-10-02", "2027-10-03"]),
            "放假 5 天、调休上班 3 天，和历年相差太多",
        ),
        (a_year(off=OFF_2027 + [f"2027-07-{day:02}" for day in range(1, 32)]), "和历年相差太多"),
        (a_year(source=None), "没有写明出处"),
        (a_year(source={"title": "", "url": ""}), "没有写明出处"),
        (a_year(source={"title": 1}), "只能是一行文字"),
        (a_year(issued="一\n二"), "只能是一行文字"),
        (a_year(names={"春节": "2027-02-05"}), "“春节”要写起止两个日期"),
        (a_year(names={"春节": ["2027-02-05", "x"]}), "“x”不是日期"),
    ],
)
def test_what_is_no_whole_year_is_refused(tmp_path: Path, content: Any, says: str):
    file = tmp_path / "放假.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(FileProblem, match=r"放假\.json") as problem:
        import_year(file, tmp_path / "kept")
    assert says in str(problem.value)
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "不是放假安排文件"),
        (b"PK\x03\x04", "不是放假安排文件"),
        ('{"year": 2027, "说明": "放假"}'.encode("gb18030"), "不是放假安排文件"),
        (b"[" * 100_000, "不是放假安排文件"),
        (b'{"year": ' + b"9" * 10_000 + b"}", "不是放假安排文件"),
        (b" " * (256 * 1024 + 1), "太大"),
    ],
    ids=["empty", "zip", "gb18030", "nested", "number", "large"],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, data: bytes, says: str):
    file = tmp_path / "2027.json"
    file.write_bytes(data)
    with pytest.raises(FileProblem, match=says):
        import_year(file, tmp_path / "kept")


def test_what_cannot_be_read_or_kept_is_said(tmp_path: Path):
    with pytest.raises(FileProblem, match=r"无法读取“没有\.json”：找不到"):
        import_year(tmp_path / "没有.json", tmp_path)
    with pytest.raises(FileProblem, match="无法读取"):
        import_year(tmp_path, tmp_path)
    good, taken = saved(tmp_path, a_year()), tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    with pytest.raises(FileProblem, match="无法建立文件夹"):
        import_year(good, taken)


def test_a_bad_file_in_the_folder_is_left_out_and_told(tmp_path: Path):
    saved(tmp_path, a_year(off=[]), "2026.json")
    saved(tmp_path, a_year(), "2028.json")
    saved(tmp_path, a_year(), "2027.json")
    (tmp_path / "readme.json").write_text("{", encoding="utf-8")
    loaded = Calendar.load(tmp_path)
    assert set(loaded.years) == {*BUNDLED, 2027}
    assert not loaded.years[2026].imported
    assert ["2026.json" in loaded.problems[0], "2028.json" in loaded.problems[1]] == [True, True]
    assert len(loaded.problems) == 2
    assert Calendar.load(tmp_path / "none").problems == ()


def test_an_empty_bundled_year_is_damage_and_a_missing_one_unknown(tmp_path: Path, monkeypatch):
    (tmp_path / "holidays").mkdir()
    bundled = RESOURCES / "holidays" / "2026.json"
    monkeypatch.setattr(calendar_module, "path", tmp_path.joinpath)
    monkeypatch.setattr(calendar_module, "_bundled", calendar_module._bundled.__wrapped__)
    assert Calendar.load().is_workday(date(2026, 10, 1)) == (False, False, "国庆节")
    assert Calendar.load().is_workday(date(2026, 10, 8)) == (True, False, "")
    (tmp_path / "holidays" / "2026.json").write_bytes(bundled.read_bytes())
    assert Calendar.load().is_workday(date(2026, 10, 8)) == (True, True, "")
    saved(tmp_path / "holidays", a_year(off=[], work=[]), "2027.json")
    with pytest.raises(ResourceError, match=r"2027\.json"):
        Calendar.load()
