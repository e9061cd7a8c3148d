"""Pages of activities: who is let in, what a list shows and costs."""

from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.activities.attendance.actions import answer
from forums.moderation.actions import hide_activity
from tests.make import (
    in_days,
    make_activity,
    make_member,
    make_network,
)

pytestmark = pytest.mark.django_db


def new(network):
    return f"{network.get_absolute_url()}activities/new/"


# -- who is let in ----------------------------------------------------------------------------------


def test_members_only_activities_are_404_for_others_at_every_door(
    network, malee, somchai, moderator, as_
):
    activity = make_activity(network, title="ลับมาก", open_to="members", days=3)
    doors = ["", "-/", "edit/", "cancel/", "report/", "calendar.ics"]
    for reader in (None, somchai):
        for door in doors:
            response = as_(reader).get(f"/activities/{activity.pk}/{door}", follow=True)
            signs_in = any("/accounts/login/" in url for url, _status in response.redirect_chain)
            assert signs_in or response.status_code == 404, door
        for page in (
            "/activities/",
            f"{network.get_absolute_url()}activities/",
            "/activities/?view=month",
        ):
            assert "ลับมาก" not in as_(reader).get(page).content.decode()
    for door in ("answer/", "hosts/"):
        assert (
            as_(somchai).post(f"/activities/{activity.pk}/{door}", {"answer": "going"}).status_code
            == 404
        )
    for reader in (malee, moderator):
        assert as_(reader).get(activity.get_absolute_url()).status_code == 200
    assert "ลับมาก" in as_(malee).get("/activities/").content.decode()


def test_who_sees_but_may_not_is_403(network, somchai, as_):
    activity = make_activity(network)
    for door in ("edit/", "cancel/", "report/"):
        assert as_(somchai).get(f"/activities/{activity.pk}/{door}").status_code == 403
    assert as_(somchai).get(new(network)).status_code == 403
    assert as_(None).get(new(network)).status_code == 302


def test_a_hidden_activity_is_404_but_for_moderators(network, malee, moderator, as_):
    activity = make_activity(network)
    hide_activity(moderator=moderator, activity=activity, reason="โฆษณา")
    assert as_(make_member()).get(activity.get_absolute_url()).status_code == 404
    assert "/words/" in as_(malee).get(activity.get_absolute_url()).url  # her own words are hers
    assert as_(moderator).get(activity.get_absolute_url()).status_code == 200


def test_a_wrong_or_missing_slug_redirects(network, as_):
    activity = make_activity(network)
    for slug in ("", "อื่น/"):
        response = as_(None).get(f"/activities/{activity.pk}/{slug}")
        assert (response.status_code, unquote(response.url)) == (301, activity.get_absolute_url())


# -- lists ---------------------------------------------------------------------------------------------


def test_the_month_is_a_table_with_headers(network, as_):
    starts = in_days(10)
    make_activity(network, title="เดินดูคลอง")
    page = as_(None).get(f"/activities/?view=month&month={starts:%Y-%m}").content.decode()
    assert page.count('<th scope="col">') == 7
    assert "เดินดูคลอง" in page
    assert str(starts.year + 543) in page


@pytest.mark.parametrize(
    "query", ["view=x", "province=99", "network=x", "after=x", "view=month&month=x"]
)
def test_lists_of_nothing_are_404(query, as_):
    assert as_(None).get(f"/activities/?{query}").status_code == 404


def test_pages_ask_as_much_for_two_as_for_forty(network, malee, somchai, as_):
    first = make_activity(network, title="แรก", days=3)
    answer(member=somchai, activity=first, answer="going")

    def cost():
        taken = []
        for address in (
            "/activities/",
            "/activities/?view=month",
            f"{network.get_absolute_url()}activities/",
            first.get_absolute_url(),
        ):
            client = as_(malee)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            taken.append(len(queries))
        return taken

    cost()  # what is kept for every page is asked once
    few = cost()
    for n in range(18):
        make_activity(network, title=f"{n}", days=3 + n % 5)
        make_activity(make_network(), title=f"อื่น {n}", days=3 + n % 5)
        answer(member=make_member(), activity=first, answer="going")
    assert cost() == few
    assert max(few) <= 12


def test_empty_lists_say_so(network, malee, as_):
    for address in (
        "/activities/",
        "/activities/?view=past",
        "/activities/?view=month",
        f"{network.get_absolute_url()}activities/",
    ):
        assert as_(None).get(address).status_code == 200
    page = as_(malee).get(f"{network.get_absolute_url()}activities/").content.decode()
    assert new(network) in page
