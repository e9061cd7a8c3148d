import calendar
import contextlib
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.text.reading_dates import (
    AmbiguousDate,
    NotADate,
    NotATime,
    ends_the_day,
    first_day,
    read_date,
    read_time,
)

TODAY = date(2026, 11, 25)
FATHERS_DAY = date(2026, 12, 5)


@pytest.mark.parametrize(
    "typed",
    [
        *("5/12/2569", "05/12/2569", "5-12-2569", "5.12.2569", "5 / 12 / 2569", "๕/๑๒/๒๕๖๙"),
        *("5/12/2026", "2026-12-05", "2026-12-5", "2026/12/05", "2569-12-05", "5–12–2569"),
        *("5 ธ.ค. 2569", "5 ธ.ค.2569", "5ธค2569", "๕ ธันวาคม ๒๕๖๙", "5 ธ. ค. 2569", "5 ธันวา 2569"),
        *("วันที่ 5 ธันวาคม พ.ศ. 2569", "5 ธันวาคม พศ 2569", "5 ธันวาคม ค.ศ. 2026", "5 Dec 2026"),
        *("  5/12/2569\u200b ", "5 ธันวาคม\u00a02569", "5 December 2569"),
        *("Dec 5, 2026", "December 5, 2026", "Dec. 5 2026", "ธ.ค. 5, 2569"),
    ],
)
def test_one_day_in_many_spellings(typed):
    assert read_date(typed, today=TODAY) == FATHERS_DAY


@pytest.mark.parametrize(
    "typed", ["5/12/69", "5/12/26", "05122569", "20261205", "5 ธ.ค. 69", "5/12"]
)
def test_what_may_mean_several_days_is_refused(typed):
    with pytest.raises(AmbiguousDate) as refused:
        read_date(typed, today=TODAY)
    assert "25/11/2569" in str(refused.value.message)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "   ", "พรุ่งนี้", "13/25/2026", "31/2/2569", "29/2/2570", "0/1/2569", "5/0/2569"),
        *("5/12/2300", "5/12/1899", "5/12/2101", "5/12/2701", "5/12/999", "5/12-2569", "5 12 2569"),
        *(
            "2569/12/2569",
            "32 ธ.ค. 2569",
            "5 มอคอ 2569",
            "5/12/2569 น.",
            "-5/12/2569",
            "²/12/2569x",
        ),
        *("5/1 2/2569", "5/12/25 69", "1" * 100, "٣/12/2569/", "5//2569", "ธ.ค. 2569"),
    ],
)
def test_what_is_no_day_is_refused_with_words(typed):
    with pytest.raises(NotADate) as refused:
        read_date(typed, today=TODAY)
    assert str(refused.value.message)
    assert not isinstance(refused.value, AmbiguousDate)


def test_the_day_comes_first_never_the_month():
    assert read_date("4/3/2569", today=TODAY) == date(2026, 3, 4)
    with pytest.raises(NotADate):
        read_date("12/31/2026", today=TODAY)


def test_leap_days_are_of_the_gregorian_year():
    assert read_date("29/2/2567", today=TODAY) == date(2024, 2, 29)
    assert not calendar.isleap(2567)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from("/-."), st.booleans())
def test_every_day_written_out_is_read_back(day, between, buddhist):
    year = day.year + 543 if buddhist else day.year
    written = f"{day.day}{between}{day.month:02}{between}{year}"
    assert read_date(written, today=TODAY) == day
    thai = written.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert read_date(thai, today=TODAY) == day
    assert read_date(day.isoformat(), today=TODAY) == day


@given(st.one_of(st.text(max_size=80), st.text("0123456789๐๑๒๕/.- ธคมพศ²⑤", max_size=20)))
def test_anything_else_is_refused_never_a_crash(typed):
    said = "read"
    try:
        read_date(typed, today=TODAY)
    except NotADate as refused:
        said = str(refused.message)
    assert said


@pytest.mark.parametrize("typed", ["8.30", "08:30", "8.30 น.", "๘.๓๐ น.", " 08.30น ", "8:30"])
def test_one_time_in_many_spellings(typed):
    assert read_time(typed) == time(8, 30)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("8:30 am", 8), ("8.30 AM", 8), ("8:30 p.m.", 20), ("12:30 am", 0), ("12.30pm", 12)],
)
def test_the_halves_of_a_day_in_english(typed, hour):
    assert read_time(typed) == time(hour, 30)
    assert read_time("6 pm") == time(18)


def test_whole_hours_say_that_they_are_hours():
    assert read_time("18 น.") == read_time("18 นาฬิกา") == time(18)


@pytest.mark.parametrize(
    "typed", ["", "8", "24.00", "8.60", "2 ทุ่ม", "8.3", "8.30.00", "-1.00", "13 pm", "0 am"]
)
def test_what_is_no_time_is_refused_with_words(typed):
    with pytest.raises(NotATime) as refused:
        read_time(typed)
    assert str(refused.value)


@pytest.mark.parametrize("typed", ["24.00", "24:00", "๒๔.๐๐ น.", "24 น.", "24 นาฬิกา", " 24.00น "])
def test_a_day_ends_at_twenty_four(typed):
    assert ends_the_day(typed)


@pytest.mark.parametrize(
    "typed", ["", "24", "24.01", "24 pm", "24.30 น.", "0.00", "240.00", "25.00", "2400"]
)
def test_nothing_else_ends_a_day(typed):
    assert not ends_the_day(typed)


@given(st.one_of(st.text(max_size=80), st.text("0123456789๐๘.: น", max_size=8)))
def test_any_other_time_is_refused_never_a_crash(typed):
    with contextlib.suppress(NotATime):
        assert isinstance(read_time(typed), time)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        *(("2569", date(2026, 1, 1)), ("๒๕๖๙", date(2026, 1, 1)), ("พ.ศ. 2569", date(2026, 1, 1))),
        *(("2569-03", date(2026, 3, 1)), ("3/2026", date(2026, 3, 1)), ("๐๓/๒๕๖๙", date(2026, 3, 1))),
        *(("มี.ค. 2569", date(2026, 3, 1)), ("เดือนมีนาคม พ.ศ. 2569", date(2026, 3, 1))),
        *(("March 2026", date(2026, 3, 1)), ("5/12/2569", FATHERS_DAY), ("2569-12-05", FATHERS_DAY)),
    ],
)  # fmt: skip
def test_a_month_or_a_year_begins_on_its_first_day(typed, day):
    assert first_day(typed, today=TODAY) == day


@pytest.mark.parametrize("typed", ["", "9", "25", "2569-13", "0000", "3000", "เดือน 2569", "9" * 99])
def test_a_period_that_is_none_is_refused(typed):
    with pytest.raises(NotADate):
        first_day(typed, today=TODAY)
