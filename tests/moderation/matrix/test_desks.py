"""What desks offer, about whatever: who may decide it, at the desk and, of topics and posts, on the site's own page."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation.desks.desk import Desk
from forums.moderation.models import TRAITS, Act
from forums.reading.messages.actions import report
from tests.clients import signed_in
from tests.moderation.matrix.place import HEAD, NETWORK, NOBODY, SITE, WHY, who_does

# Each desk's acts, by who is the least that may.
DESKS = {
    "topic": {
        NETWORK: "hide unhide lock unlock pin unpin keep_back slow unslow close_at keep_open unlist relist"
        " archive reopen split unsplit join unjoin",
        SITE: "move",
    },
    "post": {NETWORK: "hide unhide keep_back delete undelete"},
    "member": {
        SITE: "warn unwarn silence unsilence suspend ban restore empty trust",
        HEAD: "appoint dismiss",
    },
    "network": {
        SITE: "verify unverify feature unfeature hand_over archive reopen hide unhide merge unmerge"
    },
    "organisation": {SITE: "hide unhide rename merge unmerge"},
    "activity": {SITE: "hide unhide"},
    "staffrequest": {SITE: "verify hand_over refuse"},
    "messagereport": {SITE: "answer"},
}
ELSEWHERE = {  # what waits: tests/moderation/holding; who lost her device: …/lost_devices; what was taken out: …/withdrawing
    ("topic", "admit"),
    ("post", "admit"),
    ("member", "check"),
    ("member", "deny"),
    ("decision", "put_back"),
}
ROWS = [
    (kind, act, least)
    for kind, acts in DESKS.items()
    for least, names in acts.items()
    for act in names.split()
]
ON_THE_SITE = ("topic", "post")


def test_every_act_of_every_desk_stands_in_the_table():
    offered = {
        (desk.opts.model_name, offer.act.value)
        for desk in admin.site._registry.values()
        if isinstance(desk, Desk)
        for offer in desk.offers
    }
    assert offered == {(kind, act) for kind, act, _least in ROWS} | ELSEWHERE


def target(place, kind, act):
    """What the act is about."""
    match kind:
        case "staffrequest":
            return place.pk("take_over" if act == "hand_over" else "verify")
        case "messagereport":
            one = place.people["level 1"]
            return report(member=one, message=place.things["message"], reason=WHY).pk
        case _:
            return place.pk(kind)


def at_the_desk(kind, act, pk):
    app = "accounts" if kind == "member" else "forums"
    return f"{reverse(f'admin:{app}_{kind}_act', args=[act])}?ids={pk}"


def prepare(place, kind, act, pk):
    """As the act wants it: what it takes back has been decided, by whoever may, the lowest."""
    if act == "dismiss":
        Member.objects.filter(pk=pk).update(is_staff=True)
    if act == "empty":
        Member.objects.filter(pk=pk).update(bio="สวัสดี")
    if act == "keep_back":
        now = timezone.now()
        held = {"topic": Topic, "post": Post}[kind].objects.filter(pk=pk)
        held.update(held_at=now, hidden_at=now)
    before = TRAITS[Act(act)].undoes
    if before is not None and before in {each for one, each, _least in ROWS if one == kind}:
        low = "network moderator" if kind in ON_THE_SITE else "administrator"
        url = f"/moderation/act/{before}/?{kind}={pk}"
        if kind not in ON_THE_SITE:
            url = at_the_desk(kind, before, pk)
        answer = signed_in(place.people[low]).post(url, place.fields(kind))
        assert answer.status_code == 302, (before, answer.status_code)


@pytest.mark.parametrize(("kind", "act", "least"), ROWS)
def test_who_may_decide_what(place, kind, act, least):
    pk = target(place, kind, act)
    prepare(place, kind, act, pk)
    fields = place.fields(kind)
    assert who_does(place, at_the_desk(kind, act, pk), fields) == least & SITE
    on_the_site = least if "network moderator" in least else NOBODY
    found = who_does(place, f"/moderation/act/{act}/?{kind}={pk}", fields)
    assert found == (on_the_site if kind in ON_THE_SITE else NOBODY)
