"""A file is made once, one at a time, and few are kept."""

import threading

import pytest

from forums.knowledge.results import keeping
from forums.knowledge.results.keeping import MOST, BusyPacking, kept


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(keeping, "_files", {})


def test_it_is_made_once_and_the_oldest_goes_first():
    made = []

    def make(key):
        made.append(key)
        return str(key).encode()

    for key in [1, 1, *range(1, MOST + 1), *range(1, MOST + 1)]:
        assert kept(key, lambda key=key: make(key)) == str(key).encode()
    assert made == list(range(1, MOST + 1))
    kept(MOST + 1, lambda: b"new")
    kept(1, lambda: make(1))
    assert made[-1] == 1
    assert len(made) == MOST + 1


def test_while_one_is_made_and_one_waits_others_are_told_to_come_again(monkeypatch):
    monkeypatch.setattr(keeping, "SECONDS", 0.01)
    begun, go_on = threading.Event(), threading.Event()

    def slow():
        begun.set()
        go_on.wait(10)
        return b"slow"

    first = threading.Thread(target=kept, args=("a", slow))
    first.start()
    begun.wait(10)
    with pytest.raises(BusyPacking):
        kept("b", lambda: b"")
    go_on.set()
    first.join()
    assert kept("a", lambda: b"other") == b"slow"
