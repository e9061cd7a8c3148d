"""Levels rise by reading and by being of use; moderators hold one down."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Member
from forums.discussions.posts.actions import react
from forums.discussions.posts.models import ReactionKind
from forums.moderation.trust.actions import raise_some, set_trust
from forums.moderation.trust.kinds import raise_levels
from forums.moderation.trust.models import HeldDown
from forums.moderation.trust.reckoning import needs
from forums.notifications.models import Telling
from forums.reading.marks.models import ReaderState, ReadMark
from tests.make import join, make_board, make_member, make_network, make_post, make_topic
from tests.threads import in_threads


def here(member):
    ReaderState.objects.update_or_create(member=member, defaults={"here_at": timezone.now()})


def read(member, *numbers):
    here(member)
    board = make_board()
    opener = make_member(is_staff=True)
    for number in numbers:
        topic = make_topic(opener, board, title=f"กระทู้ที่อ่าน {number} {board.pk}")
        ReadMark.objects.create(topic=topic, member=member, number=number, seen_at=timezone.now())


def level(member):
    return Member.objects.get(pk=member.pk).trust_level


@pytest.fixture
def nong(db):
    return make_member("nong", trust_level=0)


def test_who_was_here_a_day_and_read_enough_is_known_and_told(nong):
    read(nong, 5, 5, 5, 5, 5)
    raise_levels(timezone.now())
    assert level(nong) == 1
    assert Telling.objects.filter(kind="risen").exists()
    raise_levels(timezone.now())
    assert level(nong) == 1


@pytest.mark.parametrize("numbers", [(10, 10, 10, 10), (1, 1, 1, 1, 1), ()])
def test_who_read_too_few_topics_or_texts_is_not(nong, numbers):
    read(nong, *numbers)
    raise_levels(timezone.now())
    assert level(nong) == 0


def test_nobody_is_known_in_less_than_a_day(db):
    hasty = make_member(trust_level=0, created_at=timezone.now() - timedelta(hours=23))
    read(hasty, 9, 9, 9, 9, 9)
    raise_levels(timezone.now())
    assert level(hasty) == 0
    assert [need.is_met for need in needs(hasty)] == [False, True, True]


def useful(author, *markers):
    post = make_post(make_topic(make_member(is_staff=True), make_board()), author)
    for marker in markers:
        react(member=marker, post=post, kind=ReactionKind.USEFUL, on=True)


@pytest.fixture
def known(db):
    member = make_member("known", trust_level=1)
    here(member)
    return member


@pytest.fixture
def from_two_networks(db):
    one, other = make_member(), make_member()
    make_network(coordinator=one)
    make_network(coordinator=other)
    return one, other


def test_found_useful_in_two_networks_one_is_a_regular(known, from_two_networks):
    useful(known, *from_two_networks)
    raise_levels(timezone.now())
    assert level(known) == 2


def test_one_network_alone_lifts_nobody(known, from_two_networks):
    one, _other = from_two_networks
    friend = make_member()
    join(one.memberships.get().network, friend)
    useful(known, one, friend)
    raise_levels(timezone.now())
    assert level(known) == 1
    assert {need.what: need.there for need in needs(known)}["networks"] == 1


def test_one_person_in_two_networks_lifts_nobody(known, from_two_networks):
    one, other = from_two_networks
    join(other.memberships.get().network, one)
    useful(known, one)
    raise_levels(timezone.now())
    assert level(known) == 1


def test_agreement_lifts_nobody(known, from_two_networks):
    post = make_post(make_topic(make_member(is_staff=True), make_board()), known)
    for marker in from_two_networks:
        react(member=marker, post=post, kind=ReactionKind.AGREE, on=True)
    raise_levels(timezone.now())
    assert level(known) == 1


def test_what_was_hidden_lifts_nobody(known, from_two_networks, moderator):
    from forums.moderation.actions import hide_post

    useful(known, *from_two_networks)
    hide_post(moderator=moderator, post=known.posts.get(), reason="ว่าร้ายกัน")
    raise_levels(timezone.now())
    assert level(known) == 1


def test_set_lower_it_stays_there_until_it_is_let_go(nong, moderator):
    read(nong, 9, 9, 9, 9, 9)
    raise_levels(timezone.now())
    set_trust(moderator=moderator, member=nong, level=0, reason="โพสต์โฆษณาซ้ำ")
    raise_levels(timezone.now())
    assert level(nong) == 0
    assert HeldDown.objects.filter(member=nong).exists()
    set_trust(moderator=moderator, member=nong, level=0, reason="คุยกันแล้ว")
    assert not HeldDown.objects.filter(member=nong).exists()
    raise_levels(timezone.now())
    assert level(nong) == 1


def test_the_command_raises_also_who_was_not_here_lately(nong, capsys):
    read(nong, 9, 9, 9, 9, 9)
    ReaderState.objects.update(here_at=timezone.now() - timedelta(days=20))
    raise_levels(timezone.now())
    assert level(nong) == 0
    call_command("levels")
    assert level(nong) == 1
    assert "1" in capsys.readouterr().out


def test_a_level_costs_the_same_for_two_as_for_many(db, django_assert_num_queries):
    for _n in range(12):
        here(make_member(trust_level=0))
    now = timezone.now()
    with django_assert_num_queries(3):  # savepoint, statement, release
        raise_some(after=0, since=now - timedelta(hours=1), now=now)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_raise_once():
    nong = make_member("nong", trust_level=0)
    read(nong, 9, 9, 9, 9, 9)
    now = timezone.now()
    made = in_threads(
        lambda _n: raise_some(after=0, since=now - timedelta(hours=1), now=now), [1, 2]
    )
    assert sum(risen for _last, risen in made) == 1
    assert level(nong) == 1
