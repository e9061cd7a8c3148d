"""What is quoted beside a figure: one of each network, alike."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Member
from forums.discussions.posts.actions import react
from forums.discussions.posts.models import Post, ReactionKind
from forums.discussions.topics.models import Topic
from forums.discussions.voices.actions import set_view
from forums.groups.memberships.models import Role
from forums.groups.networks.models import Network
from forums.groups.networks.references import NetworkRef
from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.reasons.actions import give_reason
from forums.knowledge.reasons.quoted import comments_of, quoted, reason_of
from forums.knowledge.results.figures import NetworkShare, StatementFigures
from forums.knowledge.voting.models import Answered
from forums.reading.following.actions import block
from tests.knowledge.making import make_statement, member_of, network_in
from tests.make import join, make_member, make_post, make_topic

pytestmark = pytest.mark.django_db
AGREE, DISAGREE, PASS = Answered.AGREE, Answered.DISAGREE, Answered.PASS


@pytest.fixture
def topic():
    return make_topic()


@pytest.fixture
def statement(topic):
    return make_statement(topic)


@pytest.fixture
def network(topic):
    return network_in(topic, "คนเฝ้าป่า")


def reason(statement, side, body="เพราะน้ำพอ", *, network=None, by=None):
    by = by or member_of(*[network] if network else [])
    made = give_reason(
        member=by, topic=statement.topic, statement=statement, side=side, body=body,
        speak_from=network.pk if network else None,
    )  # fmt: skip
    return made.post


def useful(post, times=1):
    for _ in range(times):
        react(member=make_member(), post=post, kind=ReactionKind.USEFUL, on=True)


def test_the_most_useful_is_quoted_then_the_oldest(visitor, statement, network):
    oldest = reason(statement, AGREE, "ข้อแรก", network=network)
    found = reason(statement, AGREE, "ข้อที่สอง", network=network)
    assert quoted([statement.pk], visitor).of(statement.pk, network.pk, AGREE).key == oldest.pk
    useful(found)
    one = quoted([statement.pk], visitor).of(statement.pk, network.pk, AGREE)
    assert (one.text, one.label, one.url) == ("ข้อที่สอง", "2", f"/p/{found.pk}/")
    assert one.network.name == "คนเฝ้าป่า"
    assert one.author.name == str(found.author)


def test_what_it_is_about_and_what_others_said_is_not_quoted(visitor, statement):
    reason(statement, AGREE, "> คนอื่นว่าไว้\n\nแต่ที่บ้านเราน้ำพอ\n\n" + "น้ำ" * 200)
    text = quoted([statement.pk], visitor).best(statement.pk, AGREE).text
    assert text.startswith("แต่ที่บ้านเราน้ำพอ น้ำ")
    assert text.endswith("…")
    assert len(text) < 600


@pytest.mark.parametrize("how", ["hidden_at", "deleted_at"])
def test_what_is_hidden_or_deleted_is_not_quoted(visitor, statement, how):
    post = reason(statement, AGREE)
    Post.objects.filter(pk=post.pk).update(**{how: timezone.now()})
    assert quoted([statement.pk], visitor).best(statement.pk, AGREE) is None


def test_nor_where_the_reader_may_not_read(visitor, statement):
    reason(statement, AGREE)
    Topic.objects.filter(pk=statement.topic_id).update(hidden_at=timezone.now())
    assert quoted([statement.pk], visitor).best(statement.pk, AGREE) is None


def test_nor_whom_she_blocked(statement, malee):
    post = reason(statement, AGREE)
    block(member=malee, person=post.author)
    malee = Member.objects.get(pk=malee.pk)
    assert quoted([statement.pk], malee).best(statement.pk, AGREE) is None
    assert quoted([statement.pk], make_member()).best(statement.pk, AGREE) is not None


def test_a_hidden_network_is_not_named(visitor, statement, network):
    reason(statement, AGREE, network=network)
    Network.objects.filter(pk=network.pk).update(hidden_at=timezone.now())
    assert quoted([statement.pk], visitor).best(statement.pk, AGREE).network is None


def test_a_network_speaks_for_the_asked_side_first(visitor, statement, network):
    reason(statement, PASS, "ยังไม่รู้", network=network)
    no = reason(statement, DISAGREE, "ไม่พอ", network=network)
    quotes = quoted([statement.pk], visitor)
    assert quotes.of(statement.pk, network.pk, DISAGREE).key == no.pk
    assert quotes.of(statement.pk, network.pk, AGREE).side == DISAGREE
    assert quotes.of(statement.pk, None, AGREE) is None


def test_where_nobody_of_a_network_gave_a_reason_its_own_view_stands(
    visitor, topic, statement, network
):
    speaker = make_member()
    join(network, speaker, role=Role.SPOKESPERSON)
    set_view(member=speaker, topic=topic, network=network, body="\nเราเฝ้าป่ามาสิบปี\nบรรทัดสอง")
    ref = NetworkRef.of(network.name, network.slug, network.colour, network.emblem)
    found = quoted([statement.pk], visitor, topic=topic, networks={network.pk: ref})
    view = found.of(statement.pk, network.pk, AGREE)
    assert (view.text, view.side, view.author.name) == ("เราเฝ้าป่ามาสิบปี", None, str(speaker))
    reason(statement, DISAGREE, network=network)
    found = quoted([statement.pk], visitor, topic=topic, networks={network.pk: ref})
    assert found.of(statement.pk, network.pk, AGREE).side == DISAGREE


def figures(statement, *shares):
    return StatementFigures(
        statement.pk,
        Finding.DIFFERS,
        tuple(NetworkShare(each.pk, 20, agree, 100 - agree, 0) for each, agree in shares),
    )


def test_the_strongest_dissent_is_of_the_network_that_agrees_least(
    visitor, topic, statement, network
):
    other, third = network_in(topic), network_in(topic)
    told = figures(statement, (network, 80), (other, 20), (third, 5))
    assert quoted([statement.pk], visitor).strongest_dissent(told) is None
    anybody = reason(statement, DISAGREE)
    assert quoted([statement.pk], visitor).strongest_dissent(told).key == anybody.pk
    useful(reason(statement, DISAGREE, network=network), 3)
    least = reason(statement, DISAGREE, network=other)
    reason(statement, AGREE, network=third)
    assert quoted([statement.pk], visitor).strongest_dissent(told).key == least.pk


def test_two_statements_cost_as_much_as_ten(topic, django_assert_num_queries):
    said = [make_statement(topic) for _ in range(10)]
    for statement in said:
        reason(statement, AGREE)
        reason(statement, DISAGREE)
    for some in (said[:2], said):
        with django_assert_num_queries(1):
            quotes = quoted([each.pk for each in some], AnonymousUser())
        assert len(quotes.said) == 2 * len(some)


def test_a_writer_finds_her_own(topic, statement, malee):
    assert reason_of(malee, statement) is None
    plain = make_post(topic, malee)
    said = reason(statement, AGREE, by=malee)
    assert reason_of(malee, statement).post == said
    assert list(comments_of(malee, topic)) == [said, plain]
