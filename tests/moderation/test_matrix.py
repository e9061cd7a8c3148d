"""Every act × everybody: who may decide what, at each door it is decided at."""

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Member, TrustLevel
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Role
from forums.moderation.desks import acts
from forums.moderation.models import TRAITS, Act, Decision
from tests.clients import signed_in
from tests.make import (
    join,
    make_board,
    make_board_of,
    make_member,
    make_network,
    make_post,
    make_topic,
)

PEOPLE = (
    *("visitor", "level 0", "level 1", "level 2", "level 3", "author"),
    *("network moderator", "moderator of another", "moderator", "administrator"),
)
SITE = {"moderator", "administrator"}
NETWORK = SITE | {"network moderator"}
HEAD = {"administrator"}
FIELDS = {
    "reason": "ตามกติกา",
    "days": "3",
    "day": "1/1/2570",
    "minutes": "5",
    "numbers": "1",
    "title": "กระทู้ใหม่",
    "level": "2",
}
# tests/moderation/lost_devices; what waited and is let in is no decision: tests/moderation/holding
ELSEWHERE = {Act.CHECK, Act.DENY, Act.ADMIT}
BY_ACT = {
    kind: {offer.act: offer for offer in offers}
    for kind, offers in (
        ("topic", acts.TOPIC_ACTS),
        ("post", acts.POST_ACTS),
        ("member", acts.MEMBER_ACTS),
    )
}
CASES = [(kind, act) for kind, offers in BY_ACT.items() for act in offers if act not in ELSEWHERE]


class Place:
    """A topic of a network's board with a comment, and everybody."""

    def __init__(self) -> None:
        coordinator = make_member()
        here, there = make_network("ที่นี่", coordinator), make_network("ที่อื่น", make_member())
        keeper, other = make_member(), make_member()
        join(here, keeper, role=Role.MODERATOR)
        join(there, other, role=Role.MODERATOR)
        self.author = make_member()
        board = make_board_of(here, "everyone")
        self.topic = make_topic(self.author, board)
        self.post = make_post(self.topic, self.author)
        self.into = make_topic(make_member(), board, title="อีกกระทู้")
        self.board = make_board("ย้ายไป")
        self.people = {
            "visitor": None,
            **{f"level {n}": make_member(trust_level=TrustLevel(n)) for n in range(4)},
            "author": self.author,
            "network moderator": keeper,
            "moderator of another": other,
            "moderator": make_member(is_staff=True),
            "administrator": make_member(is_staff=True, is_superuser=True),
        }

    def address(self, kind, act, *, desk):
        """Where it is decided: on the site's own page, or in the admin."""
        thing = {"topic": self.topic, "post": self.post, "member": self.author}[kind]
        if desk:
            app = "accounts" if kind == "member" else "forums"
            return f"/admin/{app}/{kind}/act/{act}/?ids={thing.pk}"
        return f"/moderation/act/{act}/?{kind}={thing.pk}"

    def fields(self):
        return FIELDS | {"into": str(self.into.pk), "board": str(self.board.pk)}

    def prepare(self, kind, act):
        """As the act wants it: what it takes back has been decided, by whoever may, the lowest."""
        if act == Act.DISMISS:
            Member.objects.filter(pk=self.author.pk).update(is_staff=True)
        if act == Act.EMPTY:
            Member.objects.filter(pk=self.author.pk).update(bio="สวัสดี")
        if act == Act.KEEP_BACK:
            now = timezone.now()
            held = Topic.objects.filter(pk=self.topic.pk)
            if kind == "post":
                held = Post.objects.filter(pk=self.post.pk)
            held.update(held_at=now, hidden_at=now)
        before = TRAITS[act].undoes
        if before in BY_ACT[kind]:
            low = "administrator" if kind == "member" else "network moderator"
            url = self.address(kind, before, desk=kind == "member")
            answer = signed_in(self.people[low]).post(url, self.fields())
            assert answer.status_code == 302, (before, answer.status_code)


def decides(place, who, url):
    """Whether this one's form makes a decision; what it wrote is undone."""
    with transaction.atomic():
        before = Decision.objects.count()
        answer = signed_in(place.people[who]).post(url, place.fields())
        made = Decision.objects.count() - before
        assert (made > 0) == (answer.status_code == 302 and "login" not in answer.url), (
            who,
            url,
            answer.status_code,
            made,
        )
        transaction.set_rollback(True)
    return made > 0


def may(kind, act):
    """Who does it, and at which doors: the site's page, the desk."""
    offer = BY_ACT[kind][act]
    if kind == "member":
        return set(), HEAD if act in (Act.APPOINT, Act.DISMISS) else SITE
    return (NETWORK if offer.by_networks else set()), SITE


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "act"), CASES)
def test_who_may_decide_what(kind, act):
    place = Place()
    place.prepare(kind, act)
    on_the_site, at_the_desk = may(kind, act)
    doors = [(place.address(kind, act, desk=True), at_the_desk)]
    if kind != "member":
        doors.append((place.address(kind, act, desk=False), on_the_site))
    for url, allowed in doors:
        found = {who for who in PEOPLE if decides(place, who, url)}
        assert found == allowed, url


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "offers"),
    [
        ("network", acts.NETWORK_ACTS),
        ("organisation", acts.ORGANISATION_ACTS),
        ("activity", acts.ACTIVITY_ACTS),
    ],
)
def test_the_other_desks_open_for_moderators_only(name, offers):
    place = Place()
    for offer in offers:
        url = f"/admin/forums/{name}/act/{offer.act}/?ids=1"
        for who in PEOPLE:
            status = signed_in(place.people[who]).get(url).status_code
            assert (status in (200, 404)) == (who in SITE), (who, url, status)


def test_every_act_about_a_topic_post_or_member_is_in_the_table():
    listed = {act for _kind, act in CASES} | ELSEWHERE
    offered = {o.act for o in (*acts.TOPIC_ACTS, *acts.POST_ACTS, *acts.MEMBER_ACTS)}
    assert listed == offered
    assert Topic._meta.model_name in BY_ACT
    assert Post._meta.model_name in BY_ACT
