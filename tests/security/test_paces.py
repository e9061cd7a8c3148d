"""Every address that takes a form has a pace, held before anything is done.

The addresses are those of routes/*.txt, which another test holds complete: a new one that takes a form and is
held by nothing fails here. The admin is held as all else is.
"""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from forums.activities.hosting.actions import Details
from forums.activities.hosting.actions import edit as edit_activity
from forums.base.errors import TooFast
from forums.discussions.posts.models import Post, Reaction
from forums.discussions.voices.actions import set_view
from forums.groups.organisations.actions import edit_organisation
from forums.groups.organisations.models import Organisation
from forums.groups.profiles.actions import edit_network
from roypalang.settings import FORUMS_LIGHT_PACE, FORUMS_PACE
from tests.clients import signed_in
from tests.security.test_routes import PEOPLE, ROWS

WRITES = re.compile(r"(INSERT|UPDATE|DELETE)\b")
LETTERS = "ข้อความที่พิมพ์ตั้งนาน"


@pytest.fixture
def names(world):
    return world.names()  # made before anything is held


@pytest.fixture
def used_up(names, settings):
    """Whatever has a pace has been done as often as it may."""
    settings.FORUMS_PACE = {what: [(0, 60)] for what in FORUMS_PACE}
    none = dict.fromkeys(FORUMS_LIGHT_PACE, (0, 0))
    settings.FORUMS_LIGHT_PACE = none | {
        "pages": FORUMS_LIGHT_PACE["pages"]
    }  # of any page there is


@pytest.mark.parametrize("who", PEOPLE)
def test_every_address_that_takes_a_form_is_held_before_it_does_anything(
    world, names, used_up, who
):
    wrong, tried = [], 0
    for row in ROWS:
        if row.post[who] == 405:
            continue
        path = row.address.format(**names)
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            answer = signed_in(world.people[who]).post(path, {"body": LETTERS})
            transaction.set_rollback(True)
        page = answer.content.decode()
        done = [q["sql"] for q in asked.captured_queries if WRITES.match(q["sql"])]
        done = [sql for sql in done if '"django_session"' not in sql]  # she came in
        if answer.status_code != 429 or done:
            wrong.append(f"{path}: {answer.status_code} {done[:1]}")
        elif not int(answer["Retry-After"]) or "รออีก" not in page or LETTERS not in page:
            wrong.append(f"{path}: {page[-300:]}")
        tried += 1
    assert not wrong, "\n".join(wrong)
    assert tried > 100


@pytest.mark.parametrize("who", ["visitor", "malee"])
@pytest.mark.parametrize(
    "path",
    [
        "/search/?q=เตียง",
        "/search/suggest/?q=เตียง",
        "/suggest/networks/?q=คน",
        "/similar/?title=เตียง",
        "/p/1/history/",
    ]
    + ["/tags/suggest/?q=เตียง"],
)
def test_what_costs_much_to_read_is_held_without_a_query(world, used_up, who, path):
    client = signed_in(world.people[who])
    if client.get(path).status_code == 302:
        return  # members only
    assert client.get(path).status_code == 429
    assert client.get("/").status_code == 200


def test_sixty_forms_a_minute_whatever_they_are(world, settings):
    settings.FORUMS_PACE = FORUMS_PACE
    most, _seconds = FORUMS_PACE["writes"][0]
    client, mark = signed_in(world.people["malee"]), f"/p/{world.post.pk}/mark/useful/"
    for number in range(most):
        assert client.post(mark, {"on": number % 2}).status_code == 302
    before = Reaction.objects.count(), Post.objects.count()
    assert client.post(mark, {"on": 0}).status_code == 429
    answer = client.post(f"/t/{world.topic.pk}/reply/", {"body": LETTERS})
    assert answer.status_code == 429
    assert LETTERS in answer.content.decode()
    assert (Reaction.objects.count(), Post.objects.count()) == before
    assert signed_in(world.people["somchai"]).post("/settings/see-others/").status_code == 302


def test_forms_that_are_refused_count_too(world, settings):
    settings.FORUMS_PACE = {"writes": [(3, 60)]}
    client = signed_in(world.people["moderator"])  # who is held as well
    reply = f"/t/{world.topic.pk}/reply/"
    assert [client.post(reply).status_code for _ in range(4)] == [400, 400, 400, 429]


def test_whoever_has_her_session_cannot_keep_her_from_ending_it(world, settings):
    settings.FORUMS_PACE = {"writes": [(0, 60)]}
    client = signed_in(world.people["malee"])
    assert client.post("/settings/see-others/").status_code == 429
    assert client.post("/accounts/sessions/0/end/").status_code == 404
    assert client.post("/accounts/logout/").status_code == 302


def test_visitors_are_counted_by_where_they_come_from(world, settings):
    settings.FORUMS_LIGHT_PACE = {"search": (9, 2)}

    def seek(address: str) -> int:
        return signed_in(None).get("/search/?q=น้ำ", REMOTE_ADDR=address).status_code

    assert [seek("203.0.113.5") for _ in range(3)] == [200, 200, 429]
    assert seek("203.0.113.6") == 200
    # One house has as many of the newer ones as it likes.
    assert [seek(f"2001:db8:1:2::{n}") for n in range(3)] == [200, 200, 429]
    assert seek("2001:db8:1:3::1") == 200
    client = signed_in(world.people["malee"])  # behind the same one, counted by herself
    assert client.get("/search/?q=น้ำ", REMOTE_ADDR="203.0.113.5").status_code == 200


def edits(world, what: str) -> None:
    malee, network = world.people["malee"], world.network
    if what == "network":
        edit_network(editor=malee, network=network, aim="อีกความหมายหนึ่ง")
    elif what == "organisation":
        found = Organisation.objects.get()
        edit_organisation(editor=malee, organisation=found, name=found.name, sector=found.sector)
    elif what == "activity":
        made = world.activity
        details = Details(title="ใหม่", starts_at=made.starts_at, ends_at=made.ends_at, place="ลาน")
        edit_activity(member=malee, activity=made, details=details, seen=None)
    else:
        set_view(member=malee, topic=world.topic, network=network, body="มุมมอง")


@pytest.mark.parametrize("what", ["network", "organisation", "activity", "view"])
def test_what_keeps_versions_or_writes_to_people_is_held_as_edits_are(world, names, settings, what):
    settings.FORUMS_PACE = {"edits": [(0, 60)]}
    with pytest.raises(TooFast):
        edits(world, what)
