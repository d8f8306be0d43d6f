from datetime import date

import pytest

from wizard.days import LONG_TERM, read_day, written


@pytest.mark.parametrize(
    "text",
    [
        "2019-06-06",
        "2019.06.06",
        "2019/6/6",
        "2019年6月6日",
        "20190606",
        "2019年06月06日",
        " 2019 . 06 . 06 ",
    ],
)
def test_every_form_on_a_certificate_is_the_same_day(text):
    verdict, day = read_day(text)
    assert verdict.valid
    assert verdict.normalised == "2019-06-06"
    assert day == date(2019, 6, 6)


@pytest.mark.parametrize("text", ["长期", "永久", "长期有效", "无固定期限"])
def test_long_term_is_a_day_after_all_others_where_it_is_allowed(text):
    assert read_day(text, long_term=True)[1] == LONG_TERM
    assert read_day(text)[0].reason == "LONG_TERM_NOT_HERE"
    assert written(LONG_TERM) == "长期"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2019-02-30", "NO_SUCH_DAY"),
        ("2019-13-01", "NO_SUCH_DAY"),
        ("2023-02-29", "NO_SUCH_DAY"),
        ("2019", "DAY_MISSING"),
        ("2019-06", "DAY_MISSING"),
        ("2019年6月", "DAY_MISSING"),
        ("0019-06-06", "BAD_YEAR"),
        ("明天", "BAD_FORMAT"),
        ("06/06/2019", "BAD_FORMAT"),
        ("2019-06.06", "BAD_FORMAT"),
        ("٢٠١٩-٠٦-٠٦", "BAD_FORMAT"),
        ("2019-06-06\n2020", "BAD_FORMAT"),
    ],
)
def test_what_is_not_a_day_says_why(text, reason):
    verdict, day = read_day(text, long_term=True)
    assert verdict.reason == reason
    assert day is None
