"""What came of a round is published: rounded, in steps, once for the last time when it is over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from forums.groups.networks.models import Network
from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.results import actions
from forums.knowledge.results.actions import carry_on, due, publish
from forums.knowledge.results.figures import NetworkPart, NetworkShare
from forums.knowledge.results.models import PublishedResults
from forums.knowledge.voting.actions import close_round, vote
from forums.knowledge.voting.models import Answered, Round, StatementVote
from tests.knowledge.making import (
    ballot_of,
    make_round,
    make_statement,
    member_of,
    network_in,
    say,
    steward,
)
from tests.make import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return make_topic()


@pytest.fixture
def statement(topic):
    return make_statement(topic)


@pytest.fixture
def round_(topic, statement):
    return make_round(topic, days=30)


@pytest.fixture
def here(topic):
    return network_in(topic, "อสม. บ้านน้ำใส")


@pytest.fixture
def there(topic):
    return network_in(topic, "คนรักป่าต้นน้ำ")


def test_figures_of_two_networks_are_rounded_and_add_up(round_, statement, here, there):
    say(round_, here, statement, 17, 3, 3)
    say(round_, there, statement, 6, 1)
    figures = publish(round_=round_)
    (told,) = figures.statements
    assert told.finding is Finding.SHARED
    assert told.shares == (
        NetworkShare(here.pk, 23, 74, 13, 13),
        NetworkShare(there.pk, 7, 85, 15, 0),
    )
    assert (figures.people, figures.heard, figures.unheard) == (30, (here.pk, there.pk), ())
    assert figures.shown == (statement.pk,)
    assert figures.coverage == (NetworkPart(here.pk, 74, 23), NetworkPart(there.pk, 95, 7))


def test_of_fewer_than_five_nothing_is_told_and_no_total_says_how_many(
    round_, statement, here, there
):
    say(round_, here, statement, 6, 0)
    say(round_, there, statement, 4, 0)
    for _ in range(4):
        ballot_of(round_, None, {statement: 1})
    figures = publish(round_=round_)
    assert (figures.people, figures.apart) == (6, 0)
    assert (figures.heard, figures.unheard) == ((here.pk,), (there.pk,))
    assert figures.statements[0].unheard == (there.pk,)
    ballot_of(round_, None, {statement: 1})
    assert publish(round_=round_).apart == 5


def test_a_networks_share_moves_when_five_of_its_people_did(round_, statement, here, there):
    say(round_, here, statement, 6, 0)
    say(round_, there, statement, 6, 0)
    first = publish(round_=round_)
    say(round_, there, statement, 0, 4)
    assert publish(round_=round_) == first
    changed = StatementVote.objects.filter(ballot__network=there).earliest("pk")
    StatementVote.objects.filter(pk=changed.pk).update(vote=-1)
    told = publish(round_=round_).statements[0]
    assert told.of(there.pk) == NetworkShare(there.pk, 10, 50, 50, 0)


def test_who_left_is_not_found_by_subtracting(round_, statement, here, there):
    say(round_, here, statement, 6, 0)
    ballots = say(round_, there, statement, 5, 2)
    first = publish(round_=round_)
    ballots[-1].delete()
    assert publish(round_=round_) == first


def test_who_is_suspended_says_nothing_as_long_as_she_is_and_nobody_reads_her_in_the_difference(
    round_, statement, here, there
):
    say(round_, here, statement, 6, 0)
    fakes = [ballot.member for ballot in say(round_, there, statement, 10, 2)[:5]]
    first = publish(round_=round_)
    _suspend(fakes[:1])
    assert publish(round_=round_) == first
    _suspend(fakes)
    assert publish(round_=round_).statements[0].of(there.pk) == NetworkShare(there.pk, 7, 70, 30, 0)


def test_a_hidden_network_decides_nothing(topic, round_, statement, here, there):
    """Ten who set one up to be against everything; nor does hiding it and showing it again tell of one vote."""
    for network, agree in ((here, 10), (network_in(topic), 9)):
        say(round_, network, statement, agree, 0)
    say(round_, there, statement, 0, 10)
    first = publish(round_=round_)
    assert first.statements[0].finding is Finding.DIFFERS
    _hide(there, timezone.now())
    (told,) = publish(round_=round_).statements
    assert (told.finding, told.of(there.pk)) == (Finding.SHARED, None)
    say(round_, there, statement, 1, 0)
    publish(round_=round_)
    _hide(there, None)
    assert publish(round_=round_) == first


def test_nor_is_a_hidden_network_in_the_export(round_, statement, here, there):
    for network in (here, there):
        say(round_, network, statement, 10, 0)
    _hide(there, timezone.now())
    close_round(member=steward(), round_=round_)
    publish(round_=round_)
    rows = PublishedResults.objects.get().dealt["rows"]
    assert {network for network, *_said in rows} == {here.pk}


def _hide(network, at):
    Network.objects.filter(pk=network.pk).update(hidden_at=at)


def _suspend(members):
    type(members[0]).objects.filter(pk__in=[each.pk for each in members]).update(is_active=False)


def test_what_is_asked_next_follows_from_what_is_told_not_from_the_last_vote(
    round_, statement, here, there
):
    """Else whoever asks for cards again and again sees how others answered, before her own five answers."""
    say(round_, here, statement, 6, 0)
    publish(round_=round_)
    statement.refresh_from_db()
    told = statement.pull
    assert told == pytest.approx((1 - 1 / 8) * 7 / 8)
    say(round_, here, statement, 0, 4)
    publish(round_=round_)
    statement.refresh_from_db()
    assert statement.pull == told


def test_of_a_round_that_is_over_no_row_of_a_person_is_kept_and_nothing_moves(
    round_, statement, here, there
):
    say(round_, here, statement, 6, 0)
    gone = say(round_, there, statement, 5, 5)
    close_round(member=steward(), round_=round_)
    last = publish(round_=round_)
    assert PublishedResults.objects.get().course == {"repeated": []}
    for ballot in gone:
        ballot.delete()
    assert publish(round_=round_) == last


def test_when_the_round_is_over_fewer_than_five_new_votes_stay_untold(
    round_, statement, here, there
):
    say(round_, here, statement, 6, 0)
    say(round_, there, statement, 6, 0)
    first = publish(round_=round_).statements[0].shares
    say(round_, there, statement, 0, 4)
    close_round(member=steward(), round_=round_)
    assert publish(round_=round_).statements[0].shares == first


def test_statements_are_told_in_order_whatever_is_shared_first(topic, here, there):
    plain, split, shared, better = (make_statement(topic) for _ in range(4))
    round_ = make_round(topic)
    for network in (here, there):
        say(round_, network, plain, 5, 6)
        say(round_, network, shared, 7, 3)
        say(round_, network, better, 9, 1)
    say(round_, here, split, 9, 1)
    say(round_, there, split, 1, 9)
    figures = publish(round_=round_)
    assert [each.statement for each in figures.statements] == [
        better.pk,
        shared.pk,
        split.pk,
        plain.pk,
    ]
    assert [str(each.finding) for each in figures.statements] == [
        "shared",
        "shared",
        "differs",
        "neither",
    ]


def test_a_mark_appears_a_day_after_it_was_earned(round_, statement, here, there):
    now = timezone.now()
    say(round_, here, statement, 20, 0)
    say(round_, there, statement, 20, 0)
    first = publish(round_=round_, now=now).statements[0]
    assert (first.mark, first.marked_at) == ("", "")
    assert first.due_at == (now + timedelta(days=1)).isoformat(timespec="seconds")
    later = now + timedelta(days=1, seconds=1)
    told = publish(round_=round_, now=later).statements[0]
    assert (told.mark, told.failed) == ("firm", ())
    assert told.marked_at == later.isoformat(timespec="seconds")
    assert publish(round_=round_, now=later).statements[0] == told


def test_what_is_shared_by_votes_after_the_mark_alone_is_fragile(round_, statement, here, there):
    now = timezone.now()
    say(round_, here, statement, 20, 0)
    early = say(round_, there, statement, 20, 0)
    publish(round_=round_, now=now)
    publish(round_=round_, now=now + timedelta(days=2))
    of_early = StatementVote.objects.filter(ballot__in=early)
    of_early.filter(ballot__in=early[:12]).update(vote=-1)
    say(round_, there, statement, 40, 0)
    told = publish(round_=round_, now=now + timedelta(days=2)).statements[0]
    assert (told.finding, told.mark) == (Finding.SHARED, "firm")
    StatementVote.objects.filter(ballot__in=early).update(vote=-1)
    say(round_, there, statement, 60, 0)
    told = publish(round_=round_, now=now + timedelta(days=2)).statements[0]
    assert (told.finding, told.mark) == (Finding.SHARED, "fragile")
    assert told.failed == ("before_the_mark",)


def test_what_was_shared_surely_when_the_round_closed_has_its_mark(round_, statement, here, there):
    say(round_, here, statement, 20, 0)
    say(round_, there, statement, 20, 0)
    publish(round_=round_)
    close_round(member=steward(), round_=round_)
    assert publish(round_=round_).statements[0].mark == "firm"


def test_a_statement_taken_out_is_told_no_more(topic, round_, statement, here, there):
    other = make_statement(topic)
    for network in (here, there):
        say(round_, network, statement, 6, 0)
        say(round_, network, other, 6, 0)
    publish(round_=round_)
    type(other).objects.filter(pk=other.pk).update(hidden_at=timezone.now())
    figures = publish(round_=round_)
    assert [each.statement for each in figures.statements] == [statement.pk]
    assert figures.people == 12


def test_a_round_is_due_with_its_first_votes_when_they_grew_by_a_tenth_and_every_ten_minutes(
    round_, statement, here
):
    now = timezone.now()
    assert due(now) == []
    say(round_, here, statement, 20, 0)
    assert due(now) == [round_]
    publish(round_=round_, now=now)
    assert due(now) == []
    ballot_of(round_, here, {statement: 1})
    assert due(now) == []
    assert due(now + timedelta(minutes=10)) == [round_]
    ballot_of(round_, here, {statement: 1})
    assert due(now) == [round_]


def test_who_changes_an_answer_to_and_fro_has_it_computed_once_in_ten_minutes(
    round_, statement, here, django_assert_num_queries
):
    say(round_, here, statement, 20, 0)
    member = member_of(here)
    vote(member=member, round_=round_, statement=statement, choice=Answered.AGREE)
    told_at = timezone.now()
    publish(round_=round_, now=told_at)
    for choice in [Answered.DISAGREE, Answered.AGREE] * 5:
        vote(member=member, round_=round_, statement=statement, choice=choice)
        assert due(timezone.now()) == []
    again = told_at + timedelta(minutes=10)
    assert due(again - timedelta(seconds=1)) == []
    with django_assert_num_queries(1) as asked:
        assert due(again) == [round_]
    assert '"course"' not in asked.captured_queries[0]["sql"]
    publish(round_=round_, now=again)
    for minutes, wanted in ((1, []), (10, []), (59, []), (60, [round_])):
        assert due(again + timedelta(minutes=minutes)) == wanted


def test_a_mark_that_falls_due_is_shown_though_nobody_votes(round_, statement, here, there):
    now = timezone.now()
    for network in (here, there):
        say(round_, network, statement, 20, 0)
    publish(round_=round_, now=now)
    publish(round_=round_, now=now + timedelta(hours=23, minutes=45))
    assert due(now + timedelta(hours=23, minutes=59)) == []
    day = now + timedelta(days=1, seconds=1)
    assert due(day) == [round_]
    assert publish(round_=round_, now=day).statements[0].mark == "firm"
    assert due(day + timedelta(minutes=20)) == []


def test_a_round_that_is_over_is_computed_once_more(round_, statement, here):
    say(round_, here, statement, 6, 0)
    publish(round_=round_, now=timezone.now() - timedelta(minutes=1))
    close_round(member=steward(), round_=round_)
    assert carry_on() == 1
    assert carry_on() == 0
    assert due(timezone.now() + timedelta(days=9)) == []


def test_a_round_that_ends_by_itself_is_computed_once_more(round_, statement, here):
    say(round_, here, statement, 6, 0)
    end = round_.closes_at + timedelta(seconds=1)
    publish(round_=round_)
    assert due(end) == [round_]
    publish(round_=round_, now=end)
    assert due(end + timedelta(days=1)) == []


def test_nor_is_it_again_and_again_where_it_was_closed_by_a_clock_that_is_ahead(
    round_, statement, here
):
    say(round_, here, statement, 5, 0)
    ahead = timezone.now() + timedelta(seconds=2)
    Round.objects.filter(pk=round_.pk).update(closed_at=ahead)
    assert (carry_on(), carry_on()) == (1, 0)
    assert due(ahead + timedelta(days=1)) == []


def test_one_round_that_fails_keeps_no_other_waiting_and_is_left_for_a_while(
    topic, statement, here, monkeypatch, caplog
):
    other_topic = make_topic()
    other = make_statement(other_topic)
    rounds = [make_round(topic), make_round(other_topic)]
    say(rounds[0], here, statement, 6, 0)
    say(rounds[1], network_in(other_topic), other, 6, 0)

    def fails(*, round_, **said):
        if round_ == rounds[0]:
            raise ValueError
        return publish(round_=round_, **said)

    monkeypatch.setattr(actions, "publish", fails)
    monkeypatch.setattr(actions, "_FAILED", {})
    assert carry_on() == 1
    assert PublishedResults.objects.get().round == rounds[1]
    assert "could not be computed" in caplog.text
    caplog.clear()
    assert carry_on() == 0
    assert caplog.text == ""


def test_without_what_finds_groups_all_but_the_map_is_told(
    round_, statement, here, there, monkeypatch, caplog
):
    def missing(_counted):
        raise ImportError(name="numpy")

    actions._say_once.cache_clear()
    monkeypatch.setattr(actions, "opinions", missing)
    say(round_, here, statement, 6, 0)
    say(round_, there, statement, 6, 0)
    assert publish(round_=round_).map is None
    assert publish(round_=round_).statements[0].finding is Finding.SHARED
    assert caplog.text.count("numpy is not installed") == 1


def test_who_joined_for_the_vote_lifts_nothing(topic, here, there):
    """A twentieth of all voters, all agreeing: with who counts settled when the round opened they change no figure."""
    disputed, plain = make_statement(topic), make_statement(topic)
    round_ = make_round(topic)
    for network in (here, there):
        say(round_, network, plain, 30, 10)
    say(round_, here, disputed, 30, 10)
    say(round_, there, disputed, 8, 32)
    before = publish(round_=round_)
    for _ in range(8):
        ballot_of(round_, there, {disputed: 1, plain: -1}, counts=False)
    after = publish(round_=round_)
    assert (before.apart, after.apart) == (0, 8)
    assert replace(after, apart=0) == before
