"""What does not answer is left alone for a while, and then asked again by one."""

import time

from roypalang.breaker import Breaker
from tests.threads import in_threads


def test_it_is_told_once_that_it_is_away_and_once_that_it_is_back():
    told = []
    breaker = Breaker(60, away=told.append, back=lambda: told.append("back"))
    for why in ("", "silent", "still silent", "", ""):
        breaker.note(why)
    assert told == ["silent", "back"]


def test_while_it_is_away_one_of_all_that_ask_tries_again(monkeypatch):
    breaker = Breaker(60, away=lambda _why: None, back=lambda: None)
    assert not breaker.is_open()
    breaker.note("silent")
    assert breaker.is_open()
    monkeypatch.setattr(breaker, "_until", time.monotonic())
    assert sorted(in_threads(lambda _n: breaker.is_open(), range(8))) == [False] + [True] * 7
