"""Moderators may hide an activity; the public log betrays none that only members know of."""

import pytest
from django.core.management import call_command

from forums.activities.models import Activity
from forums.base.errors import BadText, NotAllowed
from forums.moderation.actions import each, hide_activity, unhide_activity
from forums.moderation.models import Decision
from forums.text.render import RENDERER_VERSION
from tests.make import make_activity, make_network

pytestmark = pytest.mark.django_db


def test_hiding_and_showing_again_are_decisions_with_a_reason(moderator, somchai):
    activity = make_activity()
    decision = hide_activity(moderator=moderator, activity=activity, reason="โฆษณา")
    assert (decision.activity, decision.act) == (activity, "hide")
    assert not Activity.objects.visible_to(somchai).exists()
    assert hide_activity(moderator=moderator, activity=activity, reason="อีกที") is None
    assert unhide_activity(moderator=moderator, activity=activity, reason="ดูแล้วไม่ใช่")
    assert Activity.objects.visible_to(somchai).get() == activity


def test_only_moderators_hide_and_only_with_a_reason(moderator, somchai):
    activity = make_activity()
    with pytest.raises(NotAllowed):
        hide_activity(moderator=somchai, activity=activity, reason="ไม่ชอบ")
    with pytest.raises(BadText):
        hide_activity(moderator=moderator, activity=activity, reason=" ")


def test_several_are_hidden_at_once(moderator):
    activities = [make_activity() for _ in range(3)]
    assert each(hide_activity, activities, moderator=moderator, reason="โฆษณา") == 3


def test_the_log_betrays_no_members_only_activity(moderator, malee, somchai, visitor, as_):
    network = make_network(coordinator=malee)
    public = make_activity(network, title="ตลาดนัดริมคลอง")
    private = make_activity(network, title="ลับมาก", open_to="members")
    for activity in (public, private):
        hide_activity(moderator=moderator, activity=activity, reason="โฆษณา")
    # Opened to all later: what it was then stays untold.
    Activity.objects.update(open_to="everyone")
    for reader in (visitor, somchai):
        assert [each.activity for each in Decision.objects.visible_to(reader)] == [public]
    page = as_(None).get("/moderation/log/").content.decode()
    assert "ตลาดนัดริมคลอง" not in page  # hidden: told without its title
    assert page.count("โฆษณา") == 1
    assert "ลับมาก" in as_(moderator).get("/moderation/log/").content.decode()


def test_the_desk_lists_finds_and_hides(moderator, as_):
    activity = make_activity(title="ขายของ")
    desk = as_(moderator)
    assert "ขายของ" in desk.get("/admin/forums/activity/").content.decode()
    assert "ขายของ" in desk.get(f"/admin/forums/activity/?q={activity.pk}").content.decode()
    page = desk.get(f"/admin/forums/activity/{activity.pk}/change/").content.decode()
    assert f"/admin/forums/activity/act/hide/?ids={activity.pk}" in page
    desk.post(f"/admin/forums/activity/act/hide/?ids={activity.pk}", {"reason": "โฆษณา"})
    activity.refresh_from_db()
    assert activity.hidden_at
    page = desk.get(f"/admin/forums/activity/{activity.pk}/change/").content.decode()
    assert "โฆษณา" in page
    decision = Decision.objects.get()
    assert desk.get(f"/admin/forums/decision/{decision.pk}/change/").status_code == 200
    assert desk.get("/admin/forums/decision/").status_code == 200


def test_what_an_older_renderer_made_is_made_again(malee):
    activity = make_activity(body="**หนา**")
    Activity.objects.update(
        report="*เอน*", body_html="<p>เก่า</p>", report_html="", renderer_version=0
    )
    call_command("rerender", verbosity=0)
    activity.refresh_from_db()
    assert "<strong>หนา</strong>" in activity.body_html
    assert "<em>เอน</em>" in activity.report_html
    assert activity.renderer_version == RENDERER_VERSION
