"""forums.notifications.actions: what is sent to whom, what is not, and what happens when it cannot be."""

import threading
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import Member
from forums.base.mail_server import MailServer
from forums.notifications import actions, registry
from forums.notifications.models import Email
from forums.notifications.outbox import drop_emails, write_emails
from forums.notifications.registry import EmailText
from tests.make import make_member
from tests.smtp import mail_server


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    """Two kinds of letters that exist in tests only, and no chores but theirs."""
    monkeypatch.setattr(registry, "_WRITERS", dict(registry._WRITERS))
    monkeypatch.setattr(registry, "_JOBS", {})
    registry.email_kind("hello")(lambda letter: EmailText("สวัสดี\nBcc: x", f"ถึง {letter.pk}"))
    registry.email_kind("silent")(lambda letter: None)


def confirmed(member, *, verified=True):
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=verified)
    return member


def late():
    """Every letter that waits is due now."""
    Email.objects.filter(sent_at=None).update(due_at=timezone.now() - timedelta(seconds=1))


def test_a_letter_that_is_due_is_sent_once(malee):
    write_emails("hello", key="a", members=[confirmed(malee).pk])
    assert actions.deliver() == 1
    assert actions.deliver() == 0
    (sent,) = mail.outbox
    assert sent.to == [malee.email]
    assert sent.subject == "[ร้อยพลัง] สวัสดี Bcc: x"
    assert Email.objects.get().sent_at is not None


def test_every_letter_ends_with_why_it_came(malee):
    write_emails("hello", key="a", members=[confirmed(malee).pk])
    actions.deliver()
    last = mail.outbox[0].body.strip().splitlines()[-1]
    assert last == "ท่านได้รับอีเมลนี้เพราะเป็นสมาชิกของร้อยพลัง"


def test_a_letter_waits_until_it_is_due(malee):
    confirmed(malee)
    soon = timezone.now() + timedelta(hours=1)
    write_emails("hello", key="a", members=[malee.pk], due_at=soon)
    assert actions.deliver() == 0
    late()
    assert actions.deliver() == 1


def test_what_is_said_no_more_is_dropped(malee):
    write_emails("silent", key="a", members=[confirmed(malee).pk])
    assert actions.deliver() == 0
    assert Email.objects.get().dropped_at is not None
    assert mail.outbox == []


def test_a_suspended_member_gets_none(malee):
    write_emails("hello", key="a", members=[confirmed(malee, verified=True).pk])
    write_emails("hello", key="b", addresses=[malee.email])
    type(malee).objects.filter(pk=malee.pk).update(is_active=False)
    assert actions.deliver() == 0
    assert mail.outbox == []
    assert not Email.objects.filter(dropped_at=None).exists()


@pytest.mark.parametrize("known", [True, False])
def test_an_address_nobody_has_confirmed_gets_none(malee, known):
    if known:
        confirmed(malee, verified=False)
    write_emails("hello", key="a", members=[malee.pk])
    assert actions.deliver() == 0
    assert Email.objects.get().dropped_at is not None


def test_a_letter_to_an_address_needs_no_account(db):
    write_emails("hello", key="a", addresses=["stranger@example.org"])
    assert actions.deliver() == 1
    assert mail.outbox[0].to == ["stranger@example.org"]


def test_what_cannot_be_sent_is_tried_again_later_and_later_then_given_up(malee, monkeypatch):
    write_emails("hello", key="a", members=[confirmed(malee).pk])

    def away(self, message):
        raise ConnectionRefusedError

    monkeypatch.setattr(MailServer, "send", away)
    waits = []
    for _try in range(actions.TRIES):
        assert actions.deliver() == 0
        letter = Email.objects.get()
        waits.append(letter.due_at - timezone.now())
        assert (letter.dropped_at is not None) == (letter.tries == actions.TRIES)
        late()
    assert waits[:-1] == sorted(waits[:-1])
    assert waits[0] > timedelta(minutes=9)
    assert actions.deliver() == 0
    assert Email.objects.get().tries == actions.TRIES


def test_an_address_that_does_not_exist_is_given_up_at_once(malee, monkeypatch):
    write_emails("hello", key="a", members=[confirmed(malee).pk])

    def refused(self, message):
        raise SMTPRecipientsRefused({malee.email: (550, b"no such user")})

    monkeypatch.setattr(MailServer, "send", refused)
    actions.deliver()
    assert Email.objects.get().dropped_at is not None


def test_a_letter_nobody_can_word_does_not_stop_the_others(malee):
    confirmed(malee)
    write_emails("of no kind", key="a", members=[malee.pk])
    write_emails("hello", key="b", members=[malee.pk])
    assert actions.deliver() == 1
    broken = Email.objects.get(kind="of no kind")
    assert (broken.tries, broken.sent_at, broken.dropped_at) == (1, None, None)


def test_a_letter_taken_back_while_it_waited_its_turn_is_not_sent(malee, somchai, monkeypatch):
    write_emails("hello", key="a", members=[confirmed(malee).pk])
    write_emails("hello", key="b", members=[confirmed(somchai).pk])
    worded = actions.text_of

    def word_and_take_back(email):
        drop_emails(key="b")
        return worded(email)

    monkeypatch.setattr(actions, "text_of", word_and_take_back)
    assert actions.deliver() == 1


def test_a_letter_taken_back_while_it_was_worded_is_not_sent(malee, monkeypatch):
    write_emails("hello", key="a", members=[confirmed(malee).pk])
    worded = actions.text_of

    def word_and_take_back(email):
        drop_emails(key="a")
        return worded(email)

    monkeypatch.setattr(actions, "text_of", word_and_take_back)
    assert actions.deliver() == 0
    assert Email.objects.get().tries == 0


def test_who_is_told_to_stop_leaves_what_was_not_tried(malee):
    confirmed(malee)
    for key in "abc":
        write_emails("hello", key=key, members=[malee.pk])
    asked = iter([False, True])
    assert actions.deliver(stop=lambda: next(asked)) == 1
    assert Email.objects.filter(sent_at=None, tries=0, due_at__lte=timezone.now()).count() == 2


@pytest.mark.parametrize("killed_at", ["wording", "opening", "sending"])
def test_a_process_that_is_killed_keeps_no_other_letter_waiting(malee, monkeypatch, killed_at):
    """Only the one on its way was tried; what was taken and not tried is due again a minute later."""
    confirmed(malee)
    for key in "abc":
        write_emails("hello", key=key, members=[malee.pk])

    class Killed(BaseException):
        pass

    def kill(*_what):
        raise Killed

    with monkeypatch.context() as patch:
        where = {
            "wording": (actions, "text_of"),
            "opening": (MailServer, "open"),
            "sending": (MailServer, "send"),
        }
        patch.setattr(*where[killed_at], kill)
        with pytest.raises(Killed):
            actions.deliver()
    counted = 1 if killed_at == "sending" else 0
    assert sum(Email.objects.values_list("tries", flat=True)) == counted
    assert actions.deliver() == 2  # the others go at once
    (left,) = Email.objects.filter(sent_at=None)
    wait = left.due_at - timezone.now()
    assert wait <= (actions.WAITS[0] if counted else timedelta(minutes=1))


def test_a_database_that_goes_away_is_no_try(malee, monkeypatch):
    write_emails("hello", key="a", members=[confirmed(malee).pk])

    def gone(email):
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(actions, "text_of", gone)
    with pytest.raises(OperationalError):
        actions.deliver()
    letter = Email.objects.get()
    assert (letter.tries, letter.due_at <= timezone.now() + timedelta(minutes=1)) == (0, True)


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_went_while_the_database_was_away_is_marked_when_it_is_back(monkeypatch):
    write_emails("hello", key="a", members=[confirmed(make_member()).pk])
    naps = []
    monkeypatch.setattr(actions.time, "sleep", naps.append)
    send = MailServer.send

    def send_and_cut(self, message):
        send(self, message)
        connection.connection.close()  # as a server that ends does

    monkeypatch.setattr(MailServer, "send", send_and_cut)
    assert actions.deliver() == 1
    assert (naps, len(mail.outbox)) == ([1], 1)
    assert Email.objects.get().sent_at is not None


def test_a_mail_server_that_is_away_is_no_try(malee, settings):
    write_emails("hello", key="a", members=[confirmed(malee).pk])
    with mail_server() as server:
        settings.MAILERS = server.settings()
    with pytest.raises(actions.ServerAway):  # nobody listens there any more
        actions.deliver()
    assert Email.objects.get().tries == 0


@pytest.mark.parametrize(("hangs_up_after", "calls"), [(0, 1), (5, 4)])
def test_many_letters_go_over_one_connection(malee, settings, hangs_up_after, calls):
    """Opened anew, and nothing lost or sent twice, where the server hangs up after some."""
    confirmed(malee)
    for key in range(20):
        write_emails("hello", key=f"{key}", members=[malee.pk])
    with mail_server(hangs_up_after=hangs_up_after) as server:
        settings.MAILERS = server.settings()
        assert actions.deliver() == 20
        assert (len(server.letters), server.calls) == (20, calls)
        assert set(Email.objects.values_list("tries", flat=True)) == {1}


def test_a_letter_written_in_a_transaction_that_failed_is_never_sent(malee):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write_emails("hello", key="a", members=[confirmed(malee).pk])
        raise ZeroDivisionError
    assert actions.deliver() == 0


@pytest.mark.django_db(transaction=True)
def test_four_processes_at_once_send_each_letter_once():
    people = [confirmed(make_member()) for _ in range(50)]
    write_emails("hello", key="a", members=[member.pk for member in people])
    counts, gate = [], threading.Barrier(4)

    def work():
        gate.wait()
        counts.append(actions.deliver())
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == len(mail.outbox) == 50
    assert len({sent.to[0] for sent in mail.outbox}) == 50


def test_sending_happens_outside_of_transactions(malee, monkeypatch, django_db_blocker):
    """The test's own transaction is the only one open while a letter goes out."""
    write_emails("hello", key="a", members=[confirmed(malee).pk])
    depth, seen = len(connection.savepoint_ids), []
    send = MailServer.send

    def look(self, message):
        seen.append(len(connection.savepoint_ids))
        return send(self, message)

    monkeypatch.setattr(MailServer, "send", look)
    actions.deliver()
    assert seen == [depth]


def test_what_is_periodic_is_run_and_one_that_fails_stops_no_other(db):
    ran = []

    @registry.scheduled("first")
    def first(now):
        Email.objects.create(kind="hello", key="half", address="a@example.org")
        raise ValueError("broken")

    @registry.scheduled("second")
    def second(now):
        ran.append(now)

    now = timezone.now()
    assert actions.remind(now) == ["first"]
    assert ran == [now]
    assert not Email.objects.exists()  # what the first one wrote is undone


def test_a_letter_is_worded_in_its_readers_language(malee, somchai):
    registry.email_kind("tongue")(lambda letter: EmailText(get_language(), "x"))
    Member.objects.filter(pk=malee.pk).update(language="en")
    write_emails("tongue", key="a", members=[confirmed(malee).pk, confirmed(somchai).pk])
    write_emails("tongue", key="b", addresses=["stranger@example.org"])
    actions.deliver()
    assert {message.to[0]: message.subject.split()[-1] for message in mail.outbox} == {
        malee.email: "en",
        somchai.email: "th",
        "stranger@example.org": "th",
    }


def test_an_address_in_a_letter_is_one_every_program_knows_for_a_link():
    assert registry.whole_address("/n/คลอง/").isascii()
    assert registry.whole_address("/n/%E0%B8%84/").endswith("/n/%E0%B8%84/")


@pytest.mark.django_db
def test_what_waits_speaks_of_what_stands_now():
    member = make_member()
    for row in (1, 2):
        write_emails("hello", key="pair", members=[member.pk], data={"row": row}, daily=True)
        assert Email.objects.get().data == {"row": row}
    drop_emails(key="pair-")
    write_emails("hello", key="pair", members=[member.pk], data={"row": 3}, daily=True)
    assert (Email.objects.get().dropped_at, Email.objects.get().data) == (None, {"row": 3})
    Email.objects.update(sent_at=timezone.now())
    write_emails("hello", key="pair", members=[member.pk], data={"row": 4}, daily=True)
    assert Email.objects.get().data == {"row": 3}
