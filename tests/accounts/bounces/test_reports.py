"""accounts.bounces.reports: what is a report, what it says, and what hostile mails cost."""

import time

import pytest

from accounts.bounces.reports import BYTES, how_hard, read
from accounts.models import Why
from tests.accounts.bounces.samples import ON_HOLIDAY, PATH, complaint, delivery


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("5.1.1", Why.HARD),
        ("5.1.10", Why.HARD),
        ("5.2.1", Why.HARD),
        ("5.0.0", Why.HARD),
        ("5.2.2", Why.SOFT),  # full
        ("5.7.1", Why.SOFT),  # what they refuse is us
        ("4.4.7", Why.SOFT),
        ("4.2.2", Why.SOFT),
        ("2.0.0", Why.SOFT),  # says that it failed, and that it did not
        ("five", Why.SOFT),
    ],
)
def test_a_report_of_delivery_is_hard_where_the_address_takes_nothing(status, why):
    assert read(delivery(status=status)).why is why


def test_where_no_status_is_given_the_servers_words_say_it():
    assert read(delivery(status="", said="smtp; 550 no such user here")).why is Why.HARD
    assert read(delivery(status="", said="smtp; 451 4.7.1 come back later")).why is Why.SOFT


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_did_not_fail_is_no_report(action):
    assert read(delivery(action=action)) is None


def test_a_complaint_is_one_and_what_is_not_junk_is_none():
    assert read(complaint()).why is Why.COMPLAINT
    for kind in ("not-spam", "auth-failure", "virus", ""):
        assert read(complaint(kind=kind)) is None


@pytest.mark.parametrize("copy", ["message/rfc822", "text/rfc822-headers"])
def test_the_return_path_is_looked_for_where_reports_have_it(copy):
    assert PATH in read(delivery(copy=copy, to="bounces@roypalang.example")).where
    assert PATH in read(delivery("", to=PATH)).where
    assert PATH in read(complaint()).where


def test_one_that_a_reader_typed_counts_for_nothing():
    """Our mails' text is in the copy: what somebody wrote there is not looked at."""
    raw = delivery("nobody@example.org").replace(b"the text", PATH.encode())
    assert PATH not in read(raw).where


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 100,
        ON_HOLIDAY,
        delivery().replace(b"multipart/report", b"multipart/mixed"),
        delivery().replace(b"message/delivery-status", b"text/plain"),
        delivery().replace(b"--4cT1", b"--other"),
        delivery()[:400],
        complaint().replace(b"message/feedback-report", b"application/octet-stream"),
        b"Content-Type: multipart/report\r\n\r\nno boundary",
        b"Content-Type: multipart/report; boundary=\r\n\r\n--\r\n",
        b"Content-Type: multipart/report; boundary*=x'y'z%%\r\n\r\n--z\r\n",
    ],
)
def test_what_is_no_report_is_told_apart(raw):
    assert read(raw) is None


NESTED = b"".join(
    b"Content-Type: multipart/report; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)
)


@pytest.mark.parametrize(
    "raw",
    [
        NESTED,
        NESTED[:1200] + b"x\n" * BYTES,
        b"Content-Type: multipart/report; boundary=x\n\n" + b"--x\n\n\n" * BYTES,
        b"Content-Type: multipart/report" + b';"a' * BYTES,
        b"Content-Type: multipart/report; boundary=" + b"x" * BYTES + b"\n\n" + b"-" * BYTES,
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n"
        + b"A: b\n\n" * BYTES,
        b"A" * 10_000_000,
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n" * 20
        + b"\xff\n" * BYTES,
        delivery(said="+1-2-" * BYTES),
    ],
)
def test_one_that_is_made_to_be_slow_is_read_in_little_time(raw):
    began = time.process_time()
    read(raw)
    assert time.process_time() - began < 1


def test_a_servers_answer_is_read_the_same_way():
    assert how_hard("550 5.1.1 no such user") is Why.HARD
    assert how_hard("550 no such user") is Why.HARD
    assert how_hard("554 5.7.1 relay access denied") is Why.SOFT
    assert how_hard("452 4.2.2 full") is Why.SOFT
    assert how_hard("what?") is None
