"""How far a command has come: a bar for people, few lines for logs."""

import io

import pytest

from forums.management import progress
from forums.management.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_a_bar_with_rate_and_time_left():
    screen = Terminal()
    with Progress(screen, total=100, unit="lines") as shown:
        shown.reach(40, 1234)
        shown.bar.refresh()
    assert " 40%" in screen.getvalue()
    assert "1,234 lines, " in screen.getvalue()
    assert " a second" in screen.getvalue()
    assert " left" in screen.getvalue()


def test_a_message_does_not_break_the_bar():
    screen = Terminal()
    with Progress(screen, total=100, unit="lines") as shown:
        shown.say("file:7: bad")
    assert "file:7: bad\n" in screen.getvalue()


def test_a_log_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch):
    log = io.StringIO()
    with Progress(log, total=100, unit="lines") as shown:
        shown.reach(10, 10)
        assert log.getvalue() == ""
        monkeypatch.setattr(progress, "EVERY", 0)
        shown.reach(25, 50)
    assert log.getvalue().startswith(" 25%, 50 lines, ")
    assert log.getvalue().count("\n") == 1


def test_nothing_to_do_is_no_error():
    log = io.StringIO()
    progress_of_nothing = Progress(log, total=0, unit="posts")
    with progress_of_nothing as shown:
        shown.spoke -= 60
        shown.reach(0, 0)
    assert log.getvalue().startswith("100%")
