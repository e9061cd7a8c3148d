"""From where somebody speaks, and what is counted of it."""

import pytest
from django.db import IntegrityError, transaction

from forums.base.errors import NotAllowed
from forums.discussions.posts.actions import delete_post, reply
from forums.discussions.posts.forms import SpeakingForm
from forums.discussions.posts.models import Post
from forums.discussions.standpoints.choosing import MYSELF, choice
from forums.discussions.standpoints.models import Standpoint
from forums.discussions.topics.models import Topic, TopicNetwork
from forums.discussions.voices.actions import invite_network
from forums.groups.memberships.models import Membership, Role, forget_roles
from forums.groups.networks.models import Network, Tie
from forums.moderation import actions as moderation
from tests.make import join, make_network, make_network_board, make_post, make_topic


def counts(topic: Topic) -> dict[int, int]:
    rows = TopicNetwork.objects.filter(topic=topic).order_by("first_at", "pk")
    return dict(rows.values_list("network_id", "post_count"))


def tie(source, target) -> tuple[int, int, int]:
    found = Tie.objects.filter(source=source, target=target).first()
    return (found.replies, found.members, found.topics) if found else (0, 0, 0)


def test_what_is_said_with_a_post_holds_from_there_on(malee, canal):
    second = make_network("เพื่อนผู้ดูแล", malee)
    topic = make_topic()
    posts = [
        make_post(topic, malee, **said)
        for said in (
            {"speak_from": canal.pk, "in_name": True}, {"speak_from": second.pk}, {},
            {"speak_from": MYSELF}, {},
        )
    ]  # fmt: skip
    spoken = [
        (canal.pk, True),
        (second.pk, False),
        (second.pk, False),
        (None, False),
        (None, False),
    ]
    assert [(post.network_id, post.in_name) for post in posts] == spoken
    assert list(topic.posts.filter(number__gt=0).values_list("network", "in_name")) == spoken
    assert counts(topic) == {canal.pk: 1, second.pk: 2}
    assert Standpoint.objects.get(topic=topic, member=malee).network is None


def test_what_was_said_before_is_offered_and_nothing_else_is(malee, canal):
    topic = make_topic()
    assert choice(malee, topic_id=topic.pk).before is None
    make_post(topic, malee, speak_from=canal.pk, in_name=True)
    assert choice(malee, topic_id=topic.pk).before == (canal.pk, True)
    make_post(topic, malee, speak_from=MYSELF)
    assert choice(malee, topic_id=topic.pk).before == (MYSELF, False)
    assert choice(malee, topic_id=make_topic().pk).before is None


def test_who_spoke_as_herself_may_speak_from_a_network_that_came_later(malee, somchai):
    """From then on: what she said before stays said by herself."""
    topic = make_topic(malee)
    make_post(topic, somchai, speak_from=MYSELF)  # in no network yet: nothing is kept of it
    make_post(topic, malee, speak_from=MYSELF)
    late = make_network("มาทีหลัง", malee)
    join(late, somchai)
    forget_roles(somchai)
    forget_roles(malee)
    invite_network(member=malee, topic=topic, network=late)
    for member in (somchai, malee):
        assert late.pk in {place.network_id for place in choice(member, topic_id=topic.pk).places}
        make_post(topic, member, speak_from=late.pk)
        make_post(topic, member)
    spoken = topic.posts.filter(number__gt=0).order_by("number")
    assert list(spoken.values_list("network", flat=True)) == [None, None, *[late.pk] * 4]
    assert counts(topic) == {late.pk: 4}
    topic.refresh_from_db()
    assert topic.voices == [late.pk]


@pytest.mark.parametrize("lost", ["the network", "the role"])
def test_what_one_could_not_say_now_is_not_offered(malee, canal, somchai, forest, lost):
    join(canal, somchai, role=Role.SPOKESPERSON)
    topic = make_topic()
    make_post(topic, somchai, speak_from=canal.pk, in_name=True)
    if lost == "the network":
        Membership.objects.filter(member=somchai, network=canal).delete()
    else:
        Membership.objects.filter(member=somchai, network=canal).update(role=Role.MEMBER)
    forget_roles(somchai)
    assert choice(somchai, topic_id=topic.pk).before is None
    assert topic.posts.get(number=1).in_name  # what was said stays


def test_the_network_of_the_board_stands_first_but_is_not_chosen(malee, canal):
    second = make_network("ก่อนในพจนานุกรม", malee)
    asked = choice(malee, host=canal.pk)
    assert [place.network_id for place in asked.places] == [canal.pk, second.pk]
    assert SpeakingForm(choice=asked)["speak_from"].value() is None


def test_nobody_is_for_no_network(malee, canal):
    with pytest.raises(IntegrityError), transaction.atomic():
        Standpoint.objects.create(topic=make_topic(), member=malee, network=None, in_name=True)


def test_another_topic_is_another_choice(malee, canal):
    assert make_post(make_topic(), malee, speak_from=canal.pk).network_id == canal.pk
    assert make_post(make_topic(), malee).network_id is None


def test_nobody_speaks_from_a_network_she_is_not_in(somchai, canal):
    topic = make_topic()
    with pytest.raises(NotAllowed):
        make_post(topic, somchai, speak_from=canal.pk)
    assert not Post.objects.filter(topic=topic, author=somchai).exists()


def test_who_has_left_speaks_as_herself(malee, canal, somchai):
    join(canal, somchai)
    topic = make_topic()
    make_post(topic, somchai, speak_from=canal.pk)
    Membership.objects.filter(member=somchai).delete()
    forget_roles(somchai)
    assert make_post(topic, somchai).network_id is None


def test_only_spokespersons_speak_in_the_networks_name(malee, canal, somchai):
    join(canal, somchai)
    topic = make_topic()
    with pytest.raises(NotAllowed):
        make_post(topic, somchai, speak_from=canal.pk, in_name=True)
    Membership.objects.filter(member=somchai).update(role=Role.SPOKESPERSON)
    forget_roles(somchai)
    assert make_post(topic, somchai, speak_from=canal.pk, in_name=True).in_name


def test_a_topic_remembers_who_speaks_in_order_of_arrival(malee, canal, somchai, forest):
    topic = make_topic(malee, speak_from=canal.pk)
    make_post(topic, somchai, speak_from=forest.pk)
    make_post(topic, somchai)
    topic.refresh_from_db()
    assert topic.network == canal
    assert topic.voices == [canal.pk, forest.pk]
    assert counts(topic) == {canal.pk: 1, forest.pk: 2}


def test_replies_across_networks_and_within_are_counted_apart(malee, canal, somchai, forest):
    topic = make_topic(malee, speak_from=canal.pk)
    comment = make_post(topic, somchai, speak_from=forest.pk)  # answers the canal's text
    make_post(topic, malee, parent=comment)  # answers the forest's
    make_post(topic, somchai, parent=comment)  # answers its own
    assert tie(forest, canal) == (1, 0, 1)
    assert tie(canal, forest) == (1, 0, 1)
    assert tie(forest, forest) == (1, 0, 0)


def test_what_cannot_be_read_is_not_counted(malee, canal, somchai, forest, moderator):
    topic = make_topic(malee, speak_from=canal.pk)
    comment = make_post(topic, somchai, speak_from=forest.pk)
    moderation.hide_post(moderator=moderator, post=comment, reason="โฆษณา")
    topic.refresh_from_db()
    assert topic.voices == [canal.pk]
    assert counts(topic)[forest.pk] == 0
    assert tie(forest, canal) == (0, 0, 0)
    moderation.unhide_post(moderator=moderator, post=comment, reason="ดูผิด")
    topic.refresh_from_db()
    assert topic.voices == [canal.pk, forest.pk]
    assert tie(forest, canal) == (1, 0, 1)
    assert tie(canal, forest) == (0, 0, 1)


def test_a_post_hidden_and_deleted_is_taken_out_once(malee, canal, somchai, forest, moderator):
    topic = make_topic(malee, speak_from=canal.pk)
    first = make_post(topic, somchai, speak_from=forest.pk)
    make_post(topic, somchai)
    delete_post(member=somchai, post=first)
    moderation.hide_post(moderator=moderator, post=first, reason="โฆษณา")
    assert counts(topic)[forest.pk] == 1
    assert tie(forest, canal)[0] == 1
    moderation.unhide_post(moderator=moderator, post=first, reason="ดูผิด")
    assert counts(topic)[forest.pk] == 1  # its author has deleted it still
    assert tie(forest, canal)[0] == 1


def test_shared_members_are_counted_both_ways(malee, canal, somchai, forest):
    join(canal, somchai)
    assert tie(canal, forest)[1] == tie(forest, canal)[1] == 1


def test_who_is_in_no_network_leaves_no_choice_behind(somchai, django_assert_num_queries):
    topic = make_topic()
    reply(author=somchai, topic=topic, body="สวัสดี")
    assert not Standpoint.objects.exists()
    assert not TopicNetwork.objects.exists()


def test_what_is_said_in_a_members_board_is_told_by_no_tie(malee, canal, somchai, forest):
    inside = make_network_board(canal, "network")
    join(canal, somchai)
    before = tie(forest, canal)
    alive = Network.objects.get(pk=forest.pk).last_active_at
    topic = make_topic(malee, inside, speak_from=canal.pk)
    comment = make_post(topic, somchai, speak_from=forest.pk)
    make_post(topic, malee, parent=comment)
    delete_post(member=somchai, post=comment)
    assert tie(forest, canal) == before
    assert Network.objects.get(pk=forest.pk).last_active_at == alive
