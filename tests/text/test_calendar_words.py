from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from forums.text import calendar_words as words
from forums.text import dates
from forums.text.reading_dates import read_date


def test_a_month_is_named_in_full_with_the_buddhist_year():
    assert words.month(date(2026, 12, 5)) == "ธันวาคม 2569"
    with translation.override("en"):
        assert words.month(date(2026, 12, 5)) == "December 2026"


def test_a_week_begins_on_sunday():
    assert words.weekdays()[0] == ("อาทิตย์", "อา.")
    assert len(words.weekdays()) == 7
    assert words.weekday(date(2026, 12, 6)) == "อา."
    assert words.weekday(date(2026, 12, 5)) == "ส."


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 12, 5), date(2026, 12, 5), "5 ธ.ค. 2569"),
        (date(2026, 12, 18), date(2026, 12, 19), "18–19 ธ.ค. 2569"),
        (date(2026, 11, 30), date(2026, 12, 2), "30 พ.ย. – 2 ธ.ค. 2569"),
        (date(2026, 12, 31), date(2027, 1, 1), "31 ธ.ค. 2569 – 1 ม.ค. 2570"),
    ],
)
def test_days_are_said_once(first, last, said):
    assert words.days(first, last) == said


def test_an_invitation_says_day_and_hours():
    starts = datetime(2026, 12, 5, 8, tzinfo=UTC)
    assert words.whole(starts, starts.replace(hour=12)) == "ส. 5 ธ.ค. 2569 8.00–12.00 น."
    over_night = words.whole(starts, starts.replace(day=6, hour=7, minute=30))
    assert over_night == "ส. 5 ธ.ค. 2569 8.00 น. – อา. 6 ธ.ค. 2569 7.30 น."


def test_a_day_in_a_form_is_read_back():
    day = date(2026, 2, 28)
    assert dates.typed(day) == "28/2/2569"
    assert read_date(dates.typed(day), today=day) == day
