"""Answering on the page of an activity, and what shows to those who come."""

import pytest

from forums.activities.attendance.actions import answer
from forums.activities.hosting.actions import cancel
from tests.answers import text_of
from tests.make import make_activity, make_member

pytestmark = pytest.mark.django_db


LINK = "https://meet.example/xyz"


def test_the_link_and_the_names_show_to_those_who_come(network, malee, somchai, as_):
    activity = make_activity(network, link=LINK)
    other = make_member(display_name="คนที่ไปด้วย")
    answer(member=other, activity=activity, answer="going")
    for reader in (None, somchai):
        page = as_(reader).get(activity.get_absolute_url()).content.decode()
        assert LINK not in page
        assert "คนที่ไปด้วย" not in page
    response = as_(somchai).post(
        f"/activities/{activity.pk}/answer/", {"answer": "maybe"}, follow=True
    )
    page = response.content.decode()
    assert LINK in page
    assert "คนที่ไปด้วย" in page
    assert LINK in as_(malee).get(activity.get_absolute_url()).content.decode()


def test_who_waits_is_told_so_and_does_not_see_the_link(network, somchai, as_):
    activity = make_activity(network, link=LINK, capacity=1)
    answer(member=make_member(), activity=activity, answer="going")
    response = as_(somchai).post(
        f"/activities/{activity.pk}/answer/", {"answer": "going"}, follow=True
    )
    assert "รายชื่อสำรอง" in text_of(response)
    assert LINK not in response.content.decode()


def test_odd_answers_are_refused(network, somchai, as_):
    activity = make_activity(network)
    address = f"/activities/{activity.pk}/answer/"
    assert as_(somchai).post(address, {"answer": "waiting"}).status_code == 400
    assert as_(somchai).post(address).status_code == 400
    cancel(member=network.registered_by, activity=activity, reason="ฝนตก")
    assert as_(somchai).post(address, {"answer": "going"}).status_code == 409


def test_a_visitor_is_led_to_sign_in_and_back(network, as_):
    activity = make_activity(network)
    page = as_(None).get(activity.get_absolute_url()).content.decode()
    assert f"/accounts/login/?next=/activities/{activity.pk}/" in page
