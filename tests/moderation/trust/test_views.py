"""The page of the levels."""

from datetime import timedelta

from django.utils import timezone

from accounts.trust import RIGHTS
from forums.moderation.trust.actions import set_trust
from tests.make import make_member


def test_everybody_reads_what_each_level_allows(as_):
    page = as_(None).get("/levels/")
    assert page.status_code == 200
    assert str(RIGHTS[0].first_day_replies) in page.text
    assert "ของท่าน" not in page.text


def test_a_member_reads_what_is_still_missing(as_):
    nong = make_member(trust_level=0, created_at=timezone.now() - timedelta(hours=5))
    page = as_(nong).get("/levels/").text
    assert "5 / 24" in page
    assert "0 / 30" in page


def test_who_is_held_down_reads_that_it_is_so(as_, moderator):
    member = make_member(trust_level=2)
    set_trust(moderator=moderator, member=member, level=0, reason="โฆษณา")
    member.refresh_from_db()
    assert " / 30" not in as_(member).get("/levels/").text


def test_the_settings_lead_there(as_, malee):
    assert 'href="/levels/"' in as_(malee).get("/settings/").text
