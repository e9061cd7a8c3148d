"""Who may see what: each rule's text says what its ORM form says, and both stand in one place."""

import itertools
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from accounts.models import Member
from forums.activities.models import Activity, ActivityHost, Open
from forums.base.constant_sql import select
from forums.base.visibility import RULES, Rule, is_signed_in, reader
from forums.discussions.boards.models import BOARD_READABLE, Board, OpenTo, readers_of
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import TOPIC_VISIBLE, Topic
from forums.discussions.voices.models import View
from forums.groups.memberships.models import Role
from forums.groups.networks.models import NETWORK_VISIBLE, Event, Network
from forums.groups.organisations.models import Organisation
from forums.knowledge.portrayals.models import Portrayal
from forums.knowledge.restatements.models import Restatement
from forums.knowledge.statements.models import Statement
from tests.groups.organisations.make import make_organisation
from tests.make import join, make_board, make_member, make_network, make_network_board
from tests.test_house_rules import PYTHON, found

# Rules of one row's own state: the same for whoever asks.
FOR_ANYONE = (
    "neither hidden nor deleted",
    "not hidden",
    "not taken out",
    "shown, and not taken off",
    "named beside",
    "in the directory",
    "put to the vote",
)


@pytest.fixture
def people(malee, somchai, moderator) -> dict[str, object]:
    """Everybody the rules tell apart; the networks are those of `world`."""
    keeper, suspended, elsewhere, of_hidden = (make_member() for _ in range(4))
    Member.objects.filter(pk=suspended.pk).update(is_active=False)
    mine = make_network("คนรักคลอง", malee)
    join(mine, somchai, suspended)
    join(mine, keeper, role=Role.MODERATOR)
    make_network("คนรักป่า", elsewhere)
    make_network("ซ่อนแล้ว", of_hidden)
    make_network("เก็บแล้ว", elsewhere)
    found = {
        "coordinator": malee, "member": somchai, "network moderator": keeper, "suspended": suspended,
        "of another network": elsewhere, "of a hidden network": of_hidden, "stranger": make_member(),
        "trusted stranger": make_member(trust_level=2), "staff": moderator,
        "superuser": make_member(is_staff=True, is_superuser=True),
    }  # fmt: skip
    again = {name: Member.objects.get(pk=member.pk) for name, member in found.items()}
    return {"none": None, "visitor": AnonymousUser()} | again


@pytest.fixture
def world(people) -> None:
    """Every thing in every state."""
    now = timezone.now()
    gone = list(itertools.product((None, now), repeat=2))
    mine, other, hidden, archived = networks = list(Network.objects.order_by("pk"))
    authors = [people["stranger"], people["coordinator"]]
    boards = [make_board(read=level) for level in (-1, 0, 2, 9)]
    boards.append(make_board(parent=boards[0]))
    for network, open_to in itertools.product(networks, OpenTo.values):
        boards.append(make_network_board(network, open_to, name=open_to))
    Network.objects.filter(pk=hidden.pk).update(hidden_at=now)
    for name, hidden_at in (("สหกรณ์", None), ("มูลนิธิ", now)):
        organisation = make_organisation(name)
        Organisation.objects.filter(pk=organisation.pk).update(hidden_at=hidden_at)
    Network.objects.filter(pk=archived.pk).update(archived_at=now)
    topics = Topic.objects.bulk_create(
        Topic(
            board=board, author=author, last_author=author, title="คลอง", slug="x", created_at=now,
            last_post_at=now, hidden_at=hidden_at, deleted_at=deleted_at,
        )
        for board in boards for author in authors for hidden_at, deleted_at in gone
    )  # fmt: skip
    Post.objects.bulk_create(
        Post(
            topic=topic, author=topic.author, number=number, body="คลอง", created_at=now, renderer_version=0,
            hidden_at=hidden_at, deleted_at=deleted_at,
        )
        for topic in topics for number, (hidden_at, deleted_at) in enumerate(gone)
    )  # fmt: skip
    looked = {"looked_at": now, "looked_by": authors[0]}
    fates = [
        {}, looked, looked | {"refusal": "double"}, looked | {"withdrawn_at": now}, looked | {"hidden_at": now},
        looked | {"parted_at": now},
    ]  # fmt: skip
    said = Statement.objects.bulk_create(
        Statement(topic=topics[0], number=number, body="คลอง", key=f"{number}", author=authors[0], **fate)
        for number, fate in enumerate(fates, 1)
    )  # fmt: skip
    Statement.objects.create(
        topic=topics[0], number=99, body="คลอง", key="99", author=authors[0], merged_into=said[1], **looked
    )  # fmt: skip
    post = Post.objects.filter(topic=topics[0]).first()
    view = View.objects.create(
        topic=topics[0], network=mine, number=1, body="คลอง", author=authors[1]
    )
    for number, hidden_at in enumerate((None, now), 1):
        Restatement.objects.create(
            topic=topics[0],
            post=post,
            author=authors[1],
            number=number,
            body="คลอง",
            hidden_at=hidden_at,
        )
        for about in (mine, hidden):
            Portrayal.objects.create(
                topic=topics[0], target=about, network=other, author=authors[0], against=view, body="คลอง",
                hidden_at=hidden_at,
            )  # fmt: skip
    held = [
        [(mine, now)], [(other, now), (mine, None)], [(other, now)], [(hidden, now), (mine, now)],
        [(mine, now), (hidden, now)], [(archived, now)],
    ]  # fmt: skip
    for open_to, hidden_at, hosts in itertools.product(Open.values, (None, now), held):
        activity = Activity.objects.create(
            title="เก็บขยะ", slug="x", starts_at=now, ends_at=now + timedelta(hours=1),
            open_to=open_to, hidden_at=hidden_at, created_by=mine.registered_by,
        )  # fmt: skip
        for place, (host, confirmed) in enumerate(hosts):
            ActivityHost.objects.create(
                activity=activity, network=host, position=place, confirmed_at=confirmed
            )


def by_orm(rule: Rule, member: object) -> set[int]:
    rows = apps.get_model(rule.model)._default_manager.filter(rule.q(member))
    return set(rows.values_list("pk", flat=True))


def by_text(rule: Rule, member: object) -> set[int]:
    alias = rule.tables.split()[1]
    rows = select(f"SELECT {alias}.id FROM {rule.tables} WHERE {rule.sql}", **reader(member))
    return {pk for (pk,) in rows}


def test_each_rule_says_in_text_what_it_says_to_the_orm(people, world):
    for rule in RULES:
        if not rule.sql:
            continue
        seen = {}
        for who, member in people.items():
            seen[who] = by_orm(rule, member)
            assert by_text(rule, member) == seen[who], (rule.model, rule.what, who)
        told_apart = len(set(map(frozenset, seen.values())))
        every = apps.get_model(rule.model)._default_manager.count()
        assert 0 < len(seen["visitor"]) < every, rule
        assert seen["none"] == seen["visitor"] <= seen["stranger"], rule
        assert told_apart == 1 if rule.what.startswith(FOR_ANYONE) else told_apart > 1, rule


def test_moderators_of_the_site_see_what_anybody_sees(people, world):
    for rule in (NETWORK_VISIBLE, BOARD_READABLE, TOPIC_VISIBLE):
        everybody = set().union(*(by_orm(rule, member) for member in people.values()))
        assert by_orm(rule, people["staff"]) == everybody


def test_who_may_enter_a_board_is_the_same_rule_turned_round(people, world):
    members = {who: one for who, one in people.items() if is_signed_in(one)}
    for board in Board.objects.all():
        readers = set(Member.objects.filter(readers_of(board)))
        for who, member in members.items():
            may = Board.objects.visible_to(member).filter(pk=board.pk).exists()
            assert (member in readers) == may, (board, who)


def test_a_rule_holds_at_the_end_of_a_path(people, world):
    for member in people.values():
        topics = Topic.objects.visible_to(member)
        assert set(Post.objects.filter(TOPIC_VISIBLE.q(member, "topic__"))) == set(
            Post.objects.filter(topic__in=topics)
        )
        boards = Board.objects.visible_to(member)
        assert set(Topic.objects.filter(BOARD_READABLE.q(member, "board__"))) == set(
            Topic.objects.filter(board__in=boards)
        )
        # What is about no other network is nobody's to hide, for moderators either.
        told = Q(other=None) | NETWORK_VISIBLE.q(member, "other__")
        assert Event.objects.filter(told).count() == Event.objects.count()


def test_whatever_has_visible_to_has_a_rule():
    with_visible_to = {
        model._meta.label
        for model in apps.get_models()
        if hasattr(model._default_manager, "visible_to")
    }
    assert with_visible_to <= {rule.model for rule in RULES}
    assert len({(rule.model, rule.what) for rule in RULES}) == len(RULES)


def test_what_is_hidden_is_asked_of_the_rules_only():
    outside = [
        path for path in PYTHON if path.name != "models.py" and "migrations" not in path.parts
    ]
    asked = r"(?<!update\()(hidden|deleted)_at( IS (NOT )?NULL|=None|__isnull)"
    written = found(asked, outside)
    acts = (  # they unhide
        "forums/moderation/actions.py",
        "forums/moderation/networks/actions.py",
        "forums/moderation/posts/actions.py",
        "forums/moderation/sweeping/actions.py",
        "forums/moderation/withdrawing/actions.py",
    )
    # A writer's own, for her alone: what she sent before, how much she wrote today, what of hers waits.
    of_her_own = (
        "forums/discussions/posts/lately.py",
        "forums/moderation/holding/looking.py",
    )
    left_of_posts = (
        "forums/discussions/standpoints/counters.py",
        "forums/discussions/naming/finding.py",
    )
    # What was hidden is looked for: by moderators, and by who wrote it (her own words).
    looked_for = ("forums/moderation/desks/tables/organisations.py", "forums/moderation/views.py")
    assert [
        each
        for each in written
        if not each.startswith((*acts, *of_her_own, *looked_for, *left_of_posts))
    ] == []
