"""The link that stops emails: it needs no login, is no use but for that, and does nothing when a machine opens it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from forums.notifications import stop_links
from forums.notifications.models import MailWish, Preference, Rhythm
from forums.notifications.registry import DIGEST
from forums.notifications.stop_links import Stop, sign
from tests.clients import signed_in

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def link(member, what="part"):
    return f"/mail/stop/{sign(Stop(member.pk, what))}/"


def wishes(member):
    """What is not as it was at first."""
    rows = Preference.objects.filter(member=member).values_list("switch", "here", "mail")
    return sorted(rows), list(MailWish.objects.filter(member=member).values_list("digest"))


UNTOUCHED: tuple = ([], [])


def test_who_opens_it_is_asked_and_nothing_is_changed(malee):
    for method in ("get", "head", "options"):
        getattr(Client(), method)(link(malee))
    page = Client().get(link(malee))
    assert page.status_code == 200
    assert "เลิกรับอีเมลแบบนี้ไหม" in page.text
    assert str(malee) not in page.text.partition("<main")[2]  # whoever has it learns no name
    assert "no-store" in page["Cache-Control"]
    assert wishes(malee) == UNTOUCHED


@pytest.mark.parametrize("data", [ONE_CLICK, {}])
def test_the_form_and_the_one_click_stop_it_however_often(malee, data):
    client = Client(enforce_csrf_checks=True)
    for _again in range(2):
        answer = client.post(link(malee), data)
        assert (answer.status_code, "เลิกส่งแล้ว" in answer.text) == (200, True)
        assert wishes(malee) == ([("part", True, False)], [])
    assert not client.cookies.get("sessionid")


def test_all_of_them_at_once(malee):
    Client().post(link(malee), {"all": "1"})
    assert MailWish.objects.get(member=malee).stopped_at is not None
    assert not Preference.objects.exists()


def test_what_she_chose_for_the_page_stays(malee):
    Preference.objects.create(member=malee, switch="part", here=False, mail=True)
    Client().post(link(malee))
    assert wishes(malee) == ([("part", False, False)], [])


def test_a_digest_is_stopped_by_itself(malee):
    Client().post(link(malee, DIGEST))
    assert wishes(malee) == ([], [(Rhythm.NEVER,)])


def test_it_is_whose_link_it_is_not_who_is_signed_in(malee, somchai):
    client = signed_in(somchai, enforce_csrf_checks=True)
    assert client.post(link(malee)).status_code == 200
    assert wishes(somchai) == UNTOUCHED
    assert wishes(malee) != UNTOUCHED


def test_forged_or_cut_it_says_so_and_does_nothing(malee, somchai):
    good = link(malee)
    other = good.replace(f"/{malee.pk}-", f"/{somchai.pk}-")
    for bad in (other, good.replace("-part.", "-care."), good[:-5] + "/", "/mail/stop/x/"):
        for answer in (Client().get(bad), Client().post(bad, ONE_CLICK)):
            assert answer.status_code == 400
            assert "ไม่ใช่ของเรา" in answer.text
    assert wishes(malee) == wishes(somchai) == UNTOUCHED


def test_grown_old_it_says_so(malee, monkeypatch):
    old = link(malee)
    monkeypatch.setattr(stop_links, "VALID", timedelta(seconds=-1))
    answer = Client().post(old)
    assert answer.status_code == 410
    assert "ฉบับใหม่กว่านี้" in answer.text
    assert wishes(malee) == UNTOUCHED


def test_of_who_is_gone_and_of_what_is_no_more_it_does_no_harm(malee):
    gone = link(malee, "no-such-switch")
    assert Client().get(gone).status_code == 200
    malee.delete()
    assert Client().post(gone).status_code == 200


def test_the_settings_show_what_was_stopped_and_start_it_again(malee):
    MailWish.objects.create(member=malee, digest=Rhythm.DAILY, stopped_at=timezone.now())
    client = signed_in(malee)
    page = client.get("/settings/notifications/").text
    assert "checked" not in re.search(r'<input[^>]*name="wants_mail"[^>]*>', page)[0]
    assert "checked" in re.search(r'<input[^>]*value="daily"[^>]*>', page)[0]
    assert client.post("/settings/notifications/", {"digest": "hourly"}).status_code == 400
    client.post("/settings/notifications/", {"wants_mail": "on", "digest": "never"})
    wish = MailWish.objects.get(member=malee)
    assert (wish.digest, wish.stopped_at) == ("never", None)
