"""The box under a topic, printed by shape: to the letter what its template prints, and each reader's own."""

import re
from typing import Any

import pytest
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from forums.discussions.posts.forms import reply_form
from forums.discussions.standpoints.choosing import settle
from forums.discussions.topics.loading import topic_at
from forums.front.topic.reply_box import reply_box
from forums.groups.memberships.models import Role
from tests.clients import signed_in
from tests.make import join, make_member, make_network, make_topic

_NEW = re.compile(r"[A-Za-z0-9]{64}|[0-9a-f]{8}-[0-9a-f-]{27}")


def asked_by(member: Any) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = member
    get_token(request)
    return request


def as_the_template_prints(request: HttpRequest, topic: Any) -> str:
    context = {"topic": topic, "form": reply_form(request.user, topic), "user": request.user}
    return render_to_string("posts/_reply_box.html", context, request)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("networks", [0, 2])
@pytest.mark.parametrize("slow_minutes", [0, 1, 30])
def test_the_box_is_to_the_letter_what_its_template_prints(
    db: None, language: str, networks: int, slow_minutes: int
) -> None:
    member, topic = make_member(), make_topic()
    joined = [make_network(f'คนรัก "{n}" & <b>คลอง</b>') for n in range(networks)]
    for network in joined:
        join(network, member, role=Role.SPOKESPERSON)
    with override(language):
        for before in [None, *joined]:
            if before:
                settle(topic.pk, member, speak_from=before.pk, in_name=True)
            request = asked_by(member)
            found = topic_at(topic.pk, member)
            found.slow_minutes = slow_minutes
            made = [reply_box(request, found), as_the_template_prints(request, found)]
            assert _NEW.sub("…", made[0]) == _NEW.sub("…", made[1])
            assert made[0].count("<option") == (networks and 2 + 2 * networks)


def test_each_has_her_own_token_name_and_networks(db: None) -> None:
    malee, somchai, topic = make_member(), make_member(), make_topic()
    join(make_network("คนรักคลอง"), malee)
    readers = (malee, somchai, malee)
    boxes = [reply_box(asked_by(who), topic_at(topic.pk, who)) for who in readers]
    assert "คนรักคลอง" in boxes[0]
    assert "คนรักคลอง" not in boxes[1]
    assert f'data-member="{somchai.pk}"' in boxes[1]
    for name in ("csrfmiddlewaretoken", "submission"):
        values = {re.findall(f'name="{name}" value="([^"]+)"', box)[0] for box in boxes}
        assert len(values) == len(boxes), name


def test_a_network_may_be_called_like_a_value(db: None) -> None:
    malee, topic = make_member(), make_topic()
    join(make_network("{csrf} {0} {คลอง} %s"), malee)
    box = reply_box(asked_by(malee), topic_at(topic.pk, malee))
    assert "“{csrf} {0} {คลอง} %s”" in box


def test_who_may_not_write_has_no_box(db: None) -> None:
    topic = make_topic()
    address = topic.get_absolute_url()
    assert 'name="submission"' in signed_in(make_member()).get(address).content.decode()
    assert 'name="submission"' not in signed_in(None).get(address).content.decode()
