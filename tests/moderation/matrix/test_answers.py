"""What may be answered to each kind of case, about each kind of thing: who may, in the admin and under the network."""

import re

import pytest
from django.utils import timezone

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation import actions as moderation
from forums.moderation.appeals.actions import appeal
from forums.moderation.clarifications.actions import ask
from forums.moderation.holding.models import HeldText
from forums.moderation.lost_devices.models import LostDevice
from forums.moderation.queue.actions import open_case
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import answers_to, case_kinds
from forums.moderation.reports.actions import report
from forums.moderation.reports.things import REPORTED
from forums.moderation.subjects import subject_at
from forums.moderation.takedown.actions import give_notice
from tests.clients import signed_in
from tests.groups.organisations.make import represent
from tests.moderation.matrix.place import HEAD, NETWORK, NOBODY, PEOPLE, SITE, WHY, who_does

ABOUT_AUTHOR = "author_warn author_silence author_empty author_suspend author_ban"
POST = "keep ignore hide delete conceal topic_slow topic_split topic_lock topic_close_at"
TOPIC = "keep ignore lock slow close_at unlist archive split join hide conceal"
# What waits (a kind, about what), and its answers, by who may give them.
ANSWERS = {
    ("report", "post"): {NETWORK: POST, SITE: ABOUT_AUTHOR},
    ("report", "topic"): {NETWORK: TOPIC, SITE: f"move {ABOUT_AUTHOR}"},
    ("report", "picture"): {NETWORK: "keep ignore withdraw", SITE: ABOUT_AUTHOR},
    ("report", "member"): {SITE: "keep ignore warn silence empty suspend ban"},
    ("report", "network"): {SITE: "keep ignore archive hide"},
    ("report", "organisation"): {SITE: "keep ignore hide"},
    ("report", "activity"): {SITE: f"keep ignore hide {ABOUT_AUTHOR}"},
    ("report", "statement"): {NETWORK: "keep ignore withdraw", SITE: ABOUT_AUTHOR},
    ("report", "restatement"): {SITE: f"keep ignore withdraw {ABOUT_AUTHOR}"},
    ("report", "portrayal"): {SITE: f"keep ignore withdraw {ABOUT_AUTHOR}"},
    ("report", "meaning"): {NETWORK: "keep ignore withdraw", SITE: ABOUT_AUTHOR},
    ("report", "line"): {SITE: f"keep ignore withdraw {ABOUT_AUTHOR}"},
    ("report", "poll"): {NETWORK: "keep ignore end withdraw", SITE: ABOUT_AUTHOR},
    ("report", "message"): {SITE: f"keep ignore answer withdraw {ABOUT_AUTHOR}"},
    ("noticed", "post"): {NETWORK: POST, SITE: ABOUT_AUTHOR},
    ("noticed", "topic"): {NETWORK: TOPIC, SITE: f"move {ABOUT_AUTHOR}"},
    ("held", "post"): {NETWORK: "admit keep_back"},
    ("held", "topic"): {NETWORK: "admit keep_back"},
    ("appeal", "decision"): {SITE: "uphold overturn"},
    ("appeal", "own decision"): {HEAD: "uphold overturn"},  # the moderator decided first
    ("clarify", "clarify"): {NETWORK: "pin refuse"},
    ("notice", "post"): {SITE: "refuse ask part remove"},
    ("notice", "topic"): {SITE: "refuse ask part remove"},
    ("notice", "activity"): {SITE: "refuse ask remove"},
    ("notice", "member"): {SITE: "refuse ask remove"},
    ("notice", "network"): {SITE: "refuse ask remove"},
    ("notice", "organisation"): {SITE: "refuse ask remove"},
    ("ballots", "topic"): {SITE: f"{TOPIC} move {ABOUT_AUTHOR}"},
    ("verify", "network"): {SITE: "grant refuse"},
    ("take_over", "network"): {SITE: "grant refuse"},
    ("represents", "organisation"): {SITE: "yes no"},
    ("lost_device", "member"): {SITE: "check deny"},
}
ROWS = [
    (kind, about, answer, least)
    for (kind, about), answers in ANSWERS.items()
    for least, names in answers.items()
    for answer in names.split()
]


def waiting(place, kind, about):
    """A case of this kind, as it comes to be."""
    admin, listener = place.people["administrator"], place.people["level 1"]
    match kind:
        case "report":
            subject = subject_at(about, str(place.pk(about)), listener)
            return report(member=listener, subject=subject, problem="rude").case
        case "noticed":
            return open_case(kind=kind, subject=subject_at(about, str(place.pk(about)), admin))
        case "held":
            return held(place, about)
        case "appeal":
            who = "moderator" if about.startswith("own") else "network moderator"
            decision = moderation.hide_post(
                moderator=place.people[who], post=Post.objects.get(pk=place.pk("post")), reason=WHY
            )
            appeal(member=place.people["author"], decision=decision, words="ไม่ได้ว่าใคร")
        case "clarify":
            words = {"named": "person", "how": "ในข้อแรก", "body": "ขอเล่าจากฝั่งนี้"}
            ask(member=listener, topic=Topic.objects.get(pk=place.pk("topic")), **words)
        case "verify" | "take_over" | "ballots":
            return open_case(kind=kind, subject=subject_at(about, str(place.pk(about)), admin))
        case "represents":
            represent(place.things["organisation"])
        case "lost_device":
            LostDevice.objects.create(member=place.people["author"], words="โทรมาถามได้")
            return open_case(kind=kind, subject=subject_at(about, str(place.pk(about)), admin))
        case "notice":
            page = place.things[about].get_absolute_url()
            address = f"/p/{place.pk('post')}/" if about == "post" else page
            named = {"name": "คนที่ถูกพูดถึง", "email": "named@example.org", "words": "ไม่จริง"}
            give_notice(notifier="person", address=address, harm="defames", **named)
    return Case.objects.get(kind=kind)


def held(place, about):
    now = timezone.now()
    things = {"post": Post, "topic": Topic}[about].objects.filter(pk=place.pk(about))
    things.update(held_at=now, hidden_at=now)
    opening = Post.objects.get(topic=place.pk("topic"), number=0, reply_number=0).pk
    post = place.pk("post") if about == "post" else opening
    HeldText.objects.create(post_id=post, why=["first"], created_at=now)
    subject = subject_at(about, str(place.pk(about)), place.people["administrator"])
    return open_case(kind="held", subject=subject)


def named(place, case):
    """What the administrator may answer, by its name without the number of who asks."""
    subject = subject_at(case.subject, case.key, place.people["administrator"])
    found = answers_to(case, subject, place.people["administrator"])
    return {re.sub(r"_\d+$", "", name): each for name, each in found.items()}


def typed(place, case, answer):
    """The answer, with what it asks beside why."""
    chosen = named(place, case)[answer]
    given = place.fields("topic")
    return {"answer": chosen.name, "reason": WHY} | {
        name: given[name.rpartition("_")[2]]
        for name in chosen.asks
        if name.rpartition("_")[2] in given
    }


def test_every_kind_of_case_and_every_thing_stands_in_the_table():
    assert {kind for kind, _about in ANSWERS} == set(case_kinds())
    assert {about for kind, about in ANSWERS if kind == "report"} == set(REPORTED)


@pytest.mark.parametrize(("kind", "about"), ANSWERS)
def test_every_answer_stands_in_the_table(place, kind, about):
    listed = " ".join(ANSWERS[kind, about].values()).split()
    case = waiting(place, kind, about)
    assert set(named(place, case)) == set(listed)


@pytest.mark.parametrize(("kind", "about"), ANSWERS)
def test_who_looks_into_it(place, kind, about):
    case = waiting(place, kind, about)
    answer = next(iter(ANSWERS[kind, about].values())).split()[0]
    found = who_does(place, in_the_admin(case), typed(place, case, answer))
    assert found == next(iter(ANSWERS[kind, about])) & SITE
    slug = place.things["network"].slug
    there = f"/n/{place.things['into network'].slug}/queue/{case.pk}/"
    assert not {who for who in PEOPLE if signed_in(place.people[who]).get(there).status_code == 200}
    assert who_does(place, there, typed(place, case, answer)) == NOBODY
    for url in (in_the_admin(case), f"/n/{slug}/queue/{case.pk}/"):
        seen = {who for who in PEOPLE if signed_in(place.people[who]).get(url).status_code == 200}
        under_it = case.network_id is not None and url.startswith("/n/")
        assert seen == (NETWORK if under_it else SITE if url.startswith("/admin/") else NOBODY)


# Whom some door lets in, and whose it is: who else asks, is told so before the answer is read.
ASKED = ("author", "network moderator", "moderator of another", "moderator", "administrator")


@pytest.mark.parametrize(("kind", "about", "answer", "least"), ROWS)
def test_who_may_answer_what(place, kind, about, answer, least):
    case = waiting(place, kind, about)
    fields = typed(place, case, answer)
    assert who_does(place, in_the_admin(case), fields, ASKED) == least & SITE
    under_it = f"/n/{place.things['network'].slug}/queue/{case.pk}/"
    found = who_does(place, under_it, fields, ASKED)
    assert found == (NOBODY if case.network_id is None else least)


def in_the_admin(case):
    return f"/admin/queue/{case.pk}/"
