"""How an email goes out: two bodies of the same words, and the headers mail programs read."""

import email as parser
import email.policy
import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forums.base.mail_bodies import MailItem, MailSection, letter
from forums.notifications import actions, registry
from forums.notifications.models import Email, MailWish, Preference
from forums.notifications.outbox import write_emails
from forums.notifications.registry import EmailText, Group
from tests.make import make_member
from tests.smtp import mail_server

SITE = "https://roypalang.example"


@pytest.fixture(autouse=True)
def _kinds(monkeypatch, settings):
    """A kind with a switch, one without, one that guards the account."""
    settings.SITE_URL = SITE
    for name in ("_WRITERS", "_GUARDS", "_KINDS", "_SWITCHES"):
        kept = getattr(registry, name)
        monkeypatch.setattr(registry, name, type(kept)(kept))
    monkeypatch.setattr(registry, "_JOBS", {})
    text = EmailText("เรือเมล์", "อ่านต่อที่\n\n" + SITE + "/t/1/", thread="topic-1")
    registry.email_kind("boat")(lambda email: text)
    registry.email_kind("plain")(lambda email: text)
    registry.email_kind("key", guards=True)(lambda email: text)
    boats = registry.switch("boats", Group.ME, "เรือเมล์มา")
    registry.notification("boat", boats)(lambda note, seen: None)


@pytest.fixture
def reader(db):
    return confirmed(make_member())


def confirmed(member):
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    return member


def sent(kind, reader, key="a"):
    """The letter of this kind that goes to her, or None."""
    before = len(mail.outbox)
    write_emails(kind, key=f"{kind}-{key}", members=[reader.pk])
    actions.deliver()
    return mail.outbox[-1] if len(mail.outbox) > before else None


def html(message):
    ((body, kind),) = message.alternatives
    assert kind == "text/html"
    return body


def test_a_letter_that_ends_in_an_address_has_it_as_its_button():
    def body(text):
        return html(letter(subject="x", to="a@example.org", body=text, foot=[]))

    assert "เปิดดูที่เว็บ" in body(f"ยังถูกต้องไหม\n\nเปิดดู:\n{SITE}/n/ก/manage/")
    assert "เปิดดูที่เว็บ" not in body(f"อ่าน: {SITE}/t/1/\nตอบ:\n{SITE}/t/2/"), "which of two?"
    assert "เปิดดูที่เว็บ" not in body(f"อ่าน:\n{SITE}/t/1/\n\nตอบได้เลย"), "goes on after it"


def test_a_letter_has_two_bodies_of_the_same_words():
    message = letter(
        subject="x",
        to="a@example.org",
        body=f"ก่อนหน้า\nบรรทัดสอง\n\n{SITE}/t/1/",
        foot=[f"ร้อยพลัง {SITE}", f"เลิกรับ: {SITE}/mail/stop/x/"],
        title="หัวเรื่อง",
        sections=[
            MailSection("มาลีตอบท่าน", [MailItem("มาลี", f"{SITE}/p/7/", "ข้อ 5", "<b>ยืมได้")], "อีก 2")
        ],
    )
    order = ["มาลีตอบท่าน", "ข้อ 5", "ยืมได้", "อีก 2", "ก่อนหน้า", "บรรทัดสอง", "ร้อยพลัง", "เลิกรับ"]
    for body in (message.body, html(message)):
        places = [body.index(each) for each in order]
        assert places == sorted(places)
        assert f"{SITE}/p/7/" in body
    page = html(message)
    assert "&lt;b&gt;ยืมได้" in page
    assert page.count("<h1") == 1
    links = re.findall(r'href="([^"]*)"', page)
    assert links == [f"{SITE}{path}" for path in ("/p/7/", "/t/1/", "", "/mail/stop/x/")]


def test_html_loads_nothing_and_links_nowhere_else():
    body = f"https://evil.example/\n{SITE}.evil.example/x\nดู https://evil.example/?{SITE}/t/1/"
    page = html(letter(subject="x", to="a@example.org", body=body, foot=[]))
    assert not re.search(r"<(?:img|link|script|iframe|a)\b|src=|url\(|@import", page)


def test_account_mail_wears_the_same_shell(reader):
    Client().post("/accounts/password/reset/", {"email": reader.email})
    (message,) = mail.outbox
    page = html(message)
    assert "color-scheme" in page
    (link,) = re.findall(SITE + r"\S+key\S+", message.body)
    assert f'href="{link}"' in page
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_headers_on_the_wire_are_whole(reader, settings):
    """As RFC 8058 and 2369 want them: the link on one line, in no letters but its own."""
    write_emails("boat", key="a", members=[reader.pk])
    with mail_server() as server:
        settings.MAILERS = server.settings()
        actions.deliver()
        (raw,) = server.letters
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    found = re.search(r"^List-Unsubscribe: *(?:\r\n )?(<\S+>)\r$", head, re.M)
    assert found[1].startswith(f"<{SITE}/mail/stop/")
    message = parser.message_from_bytes(raw, policy=email.policy.default)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"] == "<boats.roypalang.example>"
    assert (message["Auto-Submitted"], message["Precedence"]) == ("auto-generated", "bulk")
    assert message["References"] == message["In-Reply-To"] == "<topic-1@roypalang.example>"
    assert re.fullmatch(r"<[0-9a-f]{24}@roypalang\.example>", message["Message-ID"])
    assert found[1][1:-1] in message.get_body(("plain",)).get_content()


def test_what_is_sent_twice_has_one_name(reader):
    first = sent("boat", reader)
    Email.objects.update(sent_at=None, due_at=timezone.now())
    actions.deliver()
    assert len(mail.outbox) == 2
    names = {message.extra_headers["Message-ID"] for message in mail.outbox}
    assert names == {first.extra_headers["Message-ID"]}
    assert sent("boat", reader, "b").extra_headers["Message-ID"] not in names


def test_what_no_switch_turns_off_has_no_link_that_stops_it(reader):
    message = sent("plain", reader)
    assert "List-Unsubscribe" not in message.extra_headers
    assert "/mail/stop/" not in message.body


def test_who_wants_no_mail_gets_what_guards_her_account_alone(reader):
    MailWish.objects.create(member=reader, stopped_at=timezone.now())
    assert sent("boat", reader) is None
    assert sent("plain", reader) is None
    write_emails("plain", key="address", addresses=[reader.email.upper()])
    actions.deliver()
    assert mail.outbox == []
    assert sent("key", reader) is not None


def test_a_kind_is_turned_off_by_itself(reader):
    Preference.objects.create(member=reader, switch="boats", here=True, mail=False)
    assert sent("boat", reader) is None
    assert sent("plain", reader) is not None


def test_a_hundred_a_day_and_the_rest_waits_for_room(reader, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 3)
    other = confirmed(make_member())
    for key in range(5):
        write_emails("boat", key=f"{key}", members=[reader.pk])
    write_emails("boat", key="other", members=[other.pk])
    assert actions.deliver() == 4
    assert sent("key", reader) is not None  # whatever the day was like
    waiting = Email.objects.filter(sent_at=None, dropped_at=None, tries=0)
    assert waiting.count() == 2
    assert waiting.earliest("due_at").due_at > timezone.now() + timedelta(hours=3)
    past = timezone.now() - timedelta(days=1, hours=1)
    Email.objects.exclude(sent_at=None).update(sent_at=past)
    waiting.update(due_at=timezone.now())
    assert actions.deliver() == 2


def test_what_finds_no_room_for_days_is_dropped(reader, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 0)
    write_emails("boat", key="a", members=[reader.pk])
    Email.objects.update(created_at=timezone.now() - timedelta(days=4))
    assert actions.deliver() == 0
    assert Email.objects.get().dropped_at is not None


def test_what_is_on_its_way_counts(reader, monkeypatch):
    """Two processes that send: the second sees what the first has begun."""
    monkeypatch.setattr(actions, "MOST", 1)
    write_emails("boat", key="a", members=[reader.pk])
    Email.objects.update(tries=1, due_at=timezone.now() + timedelta(minutes=10))
    assert sent("boat", reader, "b") is None
    assert Member.objects.filter(pk=reader.pk).exists()
