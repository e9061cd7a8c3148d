"""Everything of a spammer at once: taken, in lots, and given back within a week."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Role
from forums.knowledge.glossary.actions import say_meaning
from forums.knowledge.restatements.actions import restate
from forums.knowledge.results.actions import publish
from forums.moderation import actions as acts
from forums.moderation.models import Decision
from forums.moderation.sweeping import actions
from forums.moderation.sweeping.models import Sweep
from forums.moderation.sweeping.taking import phrase_met, taking
from forums.moderation.watched.actions import watch
from forums.moderation.watched.models import NewAccount, WatchedEntry
from forums.moderation.withdrawing.actions import show_again, withdraw_poll, withdraw_statement
from tests.discussions.polls.making import make_poll
from tests.knowledge.making import make_round, make_statement, network_in, say
from tests.make import join, make_member, make_post, make_topic


@pytest.fixture
def spammer(db):
    return make_member("spammer")


@pytest.fixture
def topic(spammer):
    return make_topic(author=spammer, body="ซื้อเลย https://www.pills.example/a")


@pytest.fixture
def post(spammer, malee):
    return make_post(make_topic(author=malee), spammer, body="ถูกมาก https://pills.example/b")


def swept(moderator, spammer, **how):
    return actions.sweep(moderator=moderator, member=spammer, reason="โฆษณาซ้ำทุกห้อง", **how)


def test_what_it_would_take_is_said_before(spammer, topic, post, malee):
    there = taking(spammer)
    assert (there.topics, there.posts) == ("1", "1")
    assert ("host pills.example", "pills.example") in there.patterns
    assert taking(malee).posts == "0"


def test_she_is_out_and_what_she_wrote_is_hidden_and_nothing_of_others(
    moderator, spammer, topic, post, malee
):
    others = make_post(post.topic, malee)
    swept(moderator, spammer)
    for row in (topic, post, spammer, others):
        row.refresh_from_db()
    assert topic.hidden_at
    assert post.hidden_at
    assert not spammer.is_active
    assert others.hidden_at is None
    assert Decision.objects.filter(reason="โฆษณาซ้ำทุกห้อง").count() == 3


def test_what_marks_it_is_watched_for_until_the_sweep_is_undone(moderator, spammer, topic):
    watch(moderator=moderator, kind="host", text="casino.example", follows="hold")
    marks = [
        *(("host", "casino.example"), ("host", "pills.example"), ("mail", "throwaway.example")),
        *(("net", "203.0.113.7"), ("word", "ซื้อวันนี้ลดครึ่งหนึ่ง")),
    ]
    made = swept(moderator, spammer, patterns=marks)
    watched = WatchedEntry.objects.filter(retired_at=None)
    assert dict(watched.values_list("text", "follows")) == {
        "casino.example": "hold",  # what was said of it before stays
        "pills.example": "refuse",
        "throwaway.example": "refuse",
        "203.0.113.7/32": "hold",
        "ซื้อวันนี้ลดครึ่งหนึ่ง": "hold",
    }
    assert watched.get(kind="net").until > timezone.now() + timedelta(days=29)
    actions.undo_sweep(moderator=moderator, sweep=made, reason="ผิดคน")
    assert [entry.text for entry in watched.all()] == ["casino.example"]


def test_her_mail_domain_and_where_she_signed_up_are_offered_but_not_what_everybody_has(spammer):
    spammer.email = "x@Throwaway.example"
    NewAccount.objects.create(member=spammer, net="2001:db8::/64", at=timezone.now())
    offered = [value for value, _label in taking(spammer).patterns]
    assert offered == ["mail throwaway.example", "net 2001:db8::/64"]
    spammer.email = "x@gmail.com"
    assert [value for value, _label in taking(spammer).patterns] == ["net 2001:db8::/64"]


def test_a_phrase_is_looked_for_in_what_she_and_others_wrote(spammer, topic, post, malee):
    make_post(post.topic, malee, body="ร้านนี้ ถูก-มาก จริงไหม")
    met = phrase_met("ถูกมาก", spammer)
    assert (met.hers, met.others) == (1, 1)
    assert met.beginnings[0].startswith("ร้านนี้")


def test_undone_within_a_week_she_and_her_texts_are_back(moderator, spammer, topic, post):
    made = swept(moderator, spammer)
    assert actions.undo_sweep(moderator=moderator, sweep=made, reason="ผิดคน")
    for row in (topic, post, spammer):
        row.refresh_from_db()
    assert topic.hidden_at is None
    assert post.hidden_at is None
    assert spammer.is_active
    assert not actions.undo_sweep(moderator=moderator, sweep=made, reason="ผิดคน")


def test_what_was_hidden_before_stays_hidden(moderator, spammer, topic, post):
    acts.hide_post(moderator=moderator, post=post, reason="ว่าร้าย")
    made = swept(moderator, spammer)
    actions.undo_sweep(moderator=moderator, sweep=made, reason="ผิดคน")
    post.refresh_from_db()
    assert post.hidden_at


def test_after_a_week_it_is_undone_no_more_at_once(moderator, spammer, topic):
    made = swept(moderator, spammer)
    Sweep.objects.update(made_at=timezone.now() - timedelta(days=7, minutes=1))
    assert not actions.undo_sweep(moderator=moderator, sweep=made, reason="ผิดคน")
    topic.refresh_from_db()
    assert topic.hidden_at


def test_lots_are_taken_one_after_another_and_what_is_left_at_the_next_press(
    moderator, spammer, malee, monkeypatch
):
    monkeypatch.setattr(actions, "MOST", 2)
    monkeypatch.setattr(actions, "LOTS", 2)
    for _each in range(5):
        make_post(make_topic(author=malee, board=None), spammer) if _each < 2 else make_topic(
            author=spammer
        )
    first = swept(moderator, spammer)
    assert len(first.topics) + len(first.posts) == 5
    assert taking(spammer).topics == "0"


def test_members_sweep_nobody_and_moderators_no_moderator(moderator, spammer, malee):
    other = make_member(is_staff=True)
    for who, whom in ((malee, spammer), (moderator, other), (moderator, moderator)):
        with pytest.raises(NotAllowed):
            swept(who, whom)
    with pytest.raises(BadText):
        actions.sweep(moderator=moderator, member=spammer, reason=" ")
    assert not Sweep.objects.exists()


def test_the_account_may_stay_as_it_is(moderator, spammer, topic):
    made = swept(moderator, spammer, out="none")
    spammer.refresh_from_db()
    assert spammer.is_active
    assert not made.kept_out


# -- What stands in topics ---------------------------------------------------------------------------


@pytest.fixture
def parts(spammer, malee):
    """A statement that was put to the vote, one that waits, a poll, a card, and what she said another meant."""
    spammer.trust_level = 1
    topic = make_topic(author=malee)
    network = network_in(topic)
    join(network, spammer, role=Role.SPOKESPERSON)
    return [
        make_statement(topic, spammer, "ซื้อยาที่ร้านนี้"),
        make_statement(topic, spammer, "ยานี้ดีกว่า", looked=False),
        make_poll(topic, spammer, question="ซื้อกี่ขวด"),
        say_meaning(member=spammer, topic=topic, network=network, term="ยา", body="ของร้านเรา"),
        restate(member=spammer, post=make_post(topic, malee), body="อยากซื้อยา"),
    ]


def counts(parts) -> tuple[int, int]:
    topic = Topic.objects.get(pk=parts[0].topic_id)
    return topic.statement_count, topic.poll_count


def test_her_statements_polls_and_words_go_along_are_counted_no_more_and_come_back(
    moderator, spammer, parts, malee
):
    others = make_statement(parts[0].topic, malee)
    there = taking(spammer)
    assert there.parts == "5"
    assert "ซื้อกี่ขวด" in there.beginnings
    made = swept(moderator, spammer)
    for part in parts:
        part.refresh_from_db()
        assert part.hidden_at
    others.refresh_from_db()
    assert (others.hidden_at, counts(parts), len(made.parts)) == (None, (1, 0), 5)
    assert taking(spammer).parts == "0"
    assert actions.undo_sweep(moderator=moderator, sweep=made, reason="ผิดคน")
    for part in parts:
        part.refresh_from_db()
        assert part.hidden_at is None
    assert counts(parts) == (2, 1)


def test_one_that_was_hidden_before_or_again_since_stays_hidden(moderator, spammer, parts):
    before, since = parts[0], parts[2]
    withdraw_statement(moderator=moderator, statement=before, reason="ว่าร้าย")
    made = swept(moderator, spammer)
    show_again(moderator=moderator, poll=since, reason="ดูใหม่แล้ว")
    withdraw_poll(moderator=moderator, poll=since, reason="ว่าร้าย")
    actions.undo_sweep(moderator=moderator, sweep=made, reason="ผิดคน")
    for part in (before, since):
        part.refresh_from_db()
        assert part.hidden_at


def test_what_is_told_of_a_round_is_told_anew_without_her_statement(moderator, spammer, malee):
    spammer.trust_level = 1
    topic = make_topic(author=malee)
    hers, other = make_statement(topic, spammer), make_statement(topic, malee)
    networks = [network_in(topic), network_in(topic)]
    round_ = make_round(topic)
    for network in networks:
        for statement in (hers, other):
            say(round_, network, statement, 5, 1)
    assert {each.statement for each in publish(round_=round_).statements} == {hers.pk, other.pk}
    made = swept(moderator, spammer)
    assert {each.statement for each in publish(round_=round_).statements} == {other.pk}
    actions.undo_sweep(moderator=moderator, sweep=made, reason="ผิดคน")
    assert {each.statement for each in publish(round_=round_).statements} == {hers.pk, other.pk}
