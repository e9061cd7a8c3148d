"""A form's name says when it was opened, and nobody else can say it."""

import uuid

from forums.base import stamps
from forums.base.stamps import age_of, new_stamp


def test_a_stamp_says_how_old_it_is(monkeypatch):
    stamp = new_stamp()
    assert 0 <= age_of(stamp) < 5
    now = stamps.time.time()
    monkeypatch.setattr(stamps.time, "time", lambda: now + 60)
    assert 59 < age_of(stamp) < 66


def test_what_is_not_ours_says_nothing():
    stamp = new_stamp()
    moved = uuid.UUID(hex=f"{int(stamp.hex[:12], 16) - 60_000:012x}{stamp.hex[12:]}")
    for other in (None, uuid.uuid4(), moved):
        assert age_of(other) is None


def test_what_a_kept_page_puts_at_its_end_changes_nothing():
    stamp = new_stamp()
    assert age_of(uuid.UUID(hex=f"{stamp.hex[:24]}deadbeef")) is not None


def test_a_key_of_before_counts_on(settings):
    stamp = new_stamp()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert age_of(stamp) is not None


def test_no_two_are_alike():
    assert len({new_stamp() for _n in range(1000)}) == 1000
