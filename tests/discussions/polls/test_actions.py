"""Asking, answering, closing, taking back; what the database holds; and several at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Member
from forums.base.errors import BadText, NotAllowed, TooFast
from forums.base.personal import Farewell, Parting
from forums.discussions.polls.actions import (
    MOST_ASKING,
    EnoughPolls,
    PollOver,
    answer,
    close,
    close_in_time,
    empty_polls,
    move_along,
    move_back,
    remind,
    take_answer_back,
    take_answers_back,
    take_back,
)
from forums.discussions.polls.models import EMPTIED, Poll, PollBallot, PollKind
from forums.discussions.polls.tallies import counted
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Membership
from forums.notifications.models import Telling
from tests.discussions.polls.making import end, make_ballots, make_poll
from tests.make import in_days, join, make_member, make_network, make_topic
from tests.threads import in_threads

pytestmark = pytest.mark.django_db


# -- Asking ------------------------------------------------------------------------------------------


def test_a_poll_stands_in_its_topic_and_the_topic_says_so():
    topic = make_topic(make_member())
    poll = make_poll(topic, question="  ประชุม   วันไหนดี ")
    assert (poll.question, poll.options) == ("ประชุม วันไหนดี", ["วันเสาร์", "วันอาทิตย์", "วันจันทร์"])
    assert Topic.objects.get(pk=topic.pk).poll_count == 1
    assert not poll.is_over


def test_the_same_form_sent_twice_is_one_poll():
    topic, author = make_topic(make_member()), make_member()
    assert make_poll(topic, author) == make_poll(topic, author)
    assert Topic.objects.get(pk=topic.pk).poll_count == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"question": " ​ "}, "what you ask"),
        ({"question": "ก" * 201}, "201"),
        ({"options": "มีข้อเดียว"}, "here are 1"),
        ({"options": "\n".join(f"ข้อ {n}" for n in range(21))}, "here are 21"),
        ({"options": "ก" * 101 + "\nข"}, "101"),
        ({"options": "ไป\nไป "}, "twice"),
        ({"options": "ไป\n…"}, "no letters"),
        ({"about": "ก" * 1001}, "1001"),
        ({"kind": PollKind.SEVERAL, "least": 2, "most": 4}, "how many"),
        ({"kind": PollKind.SEVERAL, "least": 0, "most": 2}, "how many"),
        ({"kind": PollKind.DATE, "options": "พรุ่งนี้\nมะรืน"}, "no day we can read"),
        ({"kind": PollKind.DATE, "options": "5/12/2560\n6/12/2560"}, "past already"),
        ({"days": 91}, "ninety days"),
        ({"days": 0.01}, "an hour"),
    ],
)
def test_what_is_no_poll_is_refused_in_words(said, words):
    with override("en"), pytest.raises(BadText) as refused:
        make_poll(**said)
    assert words in str(refused.value.message)
    assert not Poll.objects.exists()


def test_days_are_put_in_order_and_may_have_a_time():
    first, second = in_days(3), in_days(9)
    lines = (
        f"{second:%d/%m/}{second.year + 543}\n{first:%d/%m/%Y} เวลา 18.30 น.\n{first:%d/%m/%Y} 9:00"
    )
    poll = make_poll(kind=PollKind.DATE, options=lines)
    day = f"{first:%Y-%m-%d}"
    assert poll.options == [f"{day} 09:00", f"{day} 18:30", f"{second:%Y-%m-%d}"]


def test_who_may_not_reply_may_not_ask():
    topic = make_topic(make_member())
    Topic.objects.filter(pk=topic.pk).update(locked_at=timezone.now())
    with pytest.raises(NotAllowed):
        make_poll(topic)


def test_a_topic_has_some_open_polls_at_most_and_any_number_of_closed_ones():
    topic = make_topic(make_member())
    polls = [make_poll(topic, question=f"ข้อ {n}") for n in range(MOST_ASKING)]
    with pytest.raises(EnoughPolls):
        make_poll(topic, question="อีกข้อ")
    close(member=polls[0].author, poll=polls[0])
    make_poll(topic, question="อีกข้อ")


def test_one_asks_some_polls_an_hour():
    author = make_member()
    for n in range(5):
        make_poll(None, author, question=f"ข้อ {n}")
    with pytest.raises(TooFast):
        make_poll(None, author, question="อีกข้อ")


def test_a_poll_asks_networks_that_take_part_or_are_hers():
    author, network = make_member(), make_network()
    with pytest.raises(BadText):
        make_poll(None, author, networks=[network.pk])
    join(network, author)
    poll = make_poll(None, author, networks=[network.pk])
    assert list(poll.asked.all()) == [network]


def test_a_spokesperson_asks_in_her_networks_name():
    coordinator = make_member()
    network = make_network(coordinator=coordinator)
    poll = make_poll(None, coordinator, speak_from=network.pk, in_name=True)
    assert (poll.network, poll.in_name) == (network, True)
    with pytest.raises(NotAllowed):
        make_poll(None, make_member(), speak_from=network.pk)


# -- Answering ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "marks", "tally"),
    [
        (PollKind.ONE, [0, 1, 0], [0, 1, 0]),
        (PollKind.SEVERAL, [1, 1, 0], [1, 1, 0]),
        (PollKind.DATE, [2, 1, 0], [1, 0, 0, 0, 1, 0]),
        (PollKind.RANKED, [2, 1, 0], [0, 0, 1, 1, 0, 1, 0, 0, 0]),
        (PollKind.RANKED, [1, 1, 1], [0] * 9),
    ],
)
def test_an_answer_is_counted_changed_and_taken_back(kind, marks, tally):
    poll = make_poll(kind=kind, least=1, most=2 if kind == PollKind.SEVERAL else 1)
    (member,) = make_ballots(poll, marks)
    assert (poll.voters, poll.tally) == (1, tally)
    other = [marks[1], marks[0], *marks[2:]]
    answer(member=member, poll=poll, marks=other)
    answer(member=member, poll=poll, marks=other)
    poll.refresh_from_db()
    assert (poll.voters, poll.tally) == (1, counted(kind, [other]))
    take_answer_back(member=member, poll=poll)
    take_answer_back(member=member, poll=poll)
    poll.refresh_from_db()
    assert (poll.voters, any(poll.tally)) == (0, False)


@pytest.mark.parametrize(
    ("kind", "marks", "words"),
    [
        (PollKind.ONE, [1, 1, 0], "choose one"),
        (PollKind.ONE, [0, 0, 0], "choose one"),
        (PollKind.SEVERAL, [1, 1, 1], "You chose 3"),
        (PollKind.RANKED, [0, 0, 0], "a rank"),
        (PollKind.RANKED, [4, 0, 0], "no answer"),
        (PollKind.DATE, [3, 0, 0], "no answer"),
        (PollKind.ONE, [1, 0], "no answer"),
        (PollKind.ONE, [-1, 1, 1], "no answer"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(kind, marks, words):
    poll = make_poll(kind=kind, most=2)
    with override("en"), pytest.raises(BadText) as refused:
        answer(member=make_member(), poll=poll, marks=marks)
    assert words in str(refused.value.message)
    assert not PollBallot.objects.exists()


def test_after_closing_nobody_answers_and_nobody_takes_back():
    poll = make_poll()
    (member,) = make_ballots(poll, [1, 0, 0])
    close(member=poll.author, poll=poll)
    close(member=poll.author, poll=poll)
    for late in (
        lambda: answer(member=make_member(), poll=poll, marks=[1, 0, 0]),
        lambda: take_answer_back(member=member, poll=poll),
    ):
        with pytest.raises(PollOver):
            late()


def test_who_is_in_none_of_the_networks_asked_or_left_them_does_not_answer():
    author, network = make_member(), make_network()
    join(network, author)
    poll = make_poll(None, author, networks=[network.pk])
    with override("en"), pytest.raises(NotAllowed) as refused:
        answer(member=make_member(), poll=poll, marks=[1, 0, 0])
    assert "certain networks" in str(refused.value.message)
    member = make_member()
    join(network, member)
    answer(member=member, poll=poll, marks=[1, 0, 0])
    Membership.objects.filter(member=member).delete()
    with pytest.raises(NotAllowed):
        answer(member=member, poll=poll, marks=[0, 1, 0])
    take_answer_back(member=member, poll=poll)  # what is hers she may always take back
    poll.refresh_from_db()
    assert poll.voters == 0


def test_a_hidden_topic_takes_no_answers():
    poll = make_poll()
    Topic.objects.filter(pk=poll.topic_id).update(hidden_at=timezone.now())
    with pytest.raises(NotAllowed):
        answer(member=make_member(), poll=poll, marks=[1, 0, 0])


@pytest.mark.parametrize(
    "changed",
    [
        {"question": "อย่างอื่น"},
        {"options": ["ก", "ข", "ค"]},
        {"shown": "closed"},
        {"names_shown": True},
        {"closes_at": timezone.now() + timedelta(days=80)},
        {"voted_at": None},
    ],
)
def test_the_database_holds_that_an_answered_poll_stays_as_it_is(changed):
    poll = make_poll()
    Poll.objects.filter(pk=poll.pk).update(about="ยังไม่มีใครตอบ")
    make_ballots(poll, [1, 0, 0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.filter(pk=poll.pk).update(**changed)


def test_one_ballot_a_member_is_held_by_the_database():
    poll = make_poll()
    (member,) = make_ballots(poll, [1, 0, 0])
    with pytest.raises(IntegrityError), transaction.atomic():
        PollBallot.objects.create(poll=poll, member=member, marks=[0, 1, 0])


# -- Closing, taking back ----------------------------------------------------------------------------


def test_who_asked_closes_it_before_its_time_and_others_do_not_even_moderators():
    poll = make_poll()
    for other in (make_member(), make_member(is_staff=True)):
        with pytest.raises(NotAllowed):
            close(member=other, poll=poll)
    close(member=poll.author, poll=poll)
    poll.refresh_from_db()
    assert poll.is_over
    assert Telling.objects.filter(kind="poll-closed", data__poll=poll.pk).count() == 1


def test_closed_in_its_last_moment_it_closed_in_time(monkeypatch):
    poll = make_poll()
    last, after = (poll.closes_at + timedelta(microseconds=at) for at in (-1, 1))
    moments = iter([last])
    monkeypatch.setattr(timezone, "now", lambda: next(moments, after))
    close(member=poll.author, poll=poll)
    poll.refresh_from_db()
    assert poll.closed_at == poll.closes_at


def test_its_time_closes_it_and_it_is_told_once():
    poll = make_poll()
    past = timezone.now() - timedelta(minutes=1)
    Poll.objects.filter(pk=poll.pk).update(created_at=past - timedelta(days=7), closes_at=past)
    close_in_time(poll=poll)
    close_in_time(poll=poll)
    poll.refresh_from_db()
    assert poll.closed_at == past
    assert Telling.objects.filter(kind="poll-closed").count() == 1


def test_a_reminder_is_told_once():
    poll = make_poll()
    remind(poll=poll)
    remind(poll=poll)
    assert Telling.objects.filter(kind="poll-closing").count() == 1


def test_who_asked_takes_it_back_until_somebody_has_answered():
    poll = make_poll()
    with pytest.raises(NotAllowed):
        take_back(member=make_member(), poll=poll)
    take_back(member=poll.author, poll=poll)
    take_back(member=poll.author, poll=poll)
    assert Topic.objects.get(pk=poll.topic_id).poll_count == 0
    other = make_poll()
    make_ballots(other, [1, 0, 0])
    with pytest.raises(NotAllowed):
        take_back(member=other.author, poll=other)


# -- With its topic, and with its people ----------------------------------------------------------------


def test_polls_go_along_with_a_merged_topic_and_back_again():
    first, second, third = (make_topic(make_member()) for _n in range(3))
    poll = make_poll(first)
    move_along(source=first, target=second)
    move_along(source=second, target=third)
    poll.refresh_from_db()
    assert (poll.topic_id, poll.came_through) == (third.pk, [first.pk, second.pk])
    assert Topic.objects.get(pk=third.pk).poll_count == 1
    move_back(source=second, target=third)
    move_back(source=first, target=second)
    poll.refresh_from_db()
    assert (poll.topic_id, poll.came_through) == (first.pk, [])
    assert [Topic.objects.get(pk=each.pk).poll_count for each in (first, second, third)] == [
        1,
        0,
        0,
    ]


def test_who_leaves_is_counted_no_more_where_it_is_open_and_the_figures_of_a_closed_one_stay():
    closed, still = make_poll(), make_poll()
    (member, *_others) = make_ballots(closed, [1, 0, 0], [0, 1, 0])
    answer(member=member, poll=still, marks=[0, 0, 1])
    end(closed)
    parting = Parting(member, Farewell.NAMELESS)
    while take_answers_back(parting) is not None:
        pass
    closed.refresh_from_db()
    still.refresh_from_db()
    assert not PollBallot.objects.filter(member=member).exists()
    assert (closed.voters, closed.tally) == (2, [1, 1, 0])
    assert (still.voters, still.tally) == (0, [0, 0, 0])


def test_who_empties_what_she_wrote_takes_her_polls_out_of_sight_with_their_words():
    author = make_member()
    poll, kept = make_poll(None, author), make_poll()
    make_ballots(poll, [1, 0, 0])
    parting = Parting(author, Farewell.EMPTIED)
    empty_polls(parting)
    poll.refresh_from_db()
    assert (poll.question, poll.options) == (EMPTIED, [EMPTIED] * 3)
    assert poll.withdrawn_at
    assert Topic.objects.get(pk=poll.topic_id).poll_count == 0
    kept.refresh_from_db()
    assert kept.question != EMPTIED
    assert empty_polls(Parting(author, Farewell.NAMED)) is None


def test_where_the_topic_is_kept_as_it_is_no_answer_comes_and_none_goes():
    poll = make_poll()
    (member,) = make_ballots(poll, [1, 0, 0])
    Topic.objects.filter(pk=poll.topic_id).update(archived_at=timezone.now())
    for what in (
        lambda: answer(member=member, poll=poll, marks=[0, 1, 0]),
        lambda: take_answer_back(member=member, poll=poll),
    ):
        with pytest.raises(NotAllowed):
            what()
    poll.refresh_from_db()
    assert poll.tally == [1, 0, 0]


# -- At once -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_twelve_at_once_are_twelve_and_one_form_sent_ten_times_is_one():
    poll = make_poll()
    members = [make_member() for _n in range(12)]
    in_threads(lambda each: answer(member=each, poll=poll, marks=[1, 0, 0]), members)
    in_threads(lambda _n: answer(member=members[0], poll=poll, marks=[0, 1, 0]), list(range(8)))
    poll.refresh_from_db()
    assert (poll.voters, poll.tally) == (12, [11, 1, 0])
    assert PollBallot.objects.filter(poll=poll).count() == 12


@pytest.mark.django_db(transaction=True)
def test_what_is_answered_while_it_closes_is_counted_or_refused_in_words():
    poll = make_poll()
    members = [make_member() for _n in range(7)]

    def do(each: Member | None):
        if each is None:
            return close(member=poll.author, poll=poll)
        return answer(member=each, poll=poll, marks=[1, 0, 0])

    done = in_threads(do, [*members, None])
    refused = [each for each in done if isinstance(each, Exception)]
    assert all(isinstance(each, PollOver) for each in refused), refused
    poll.refresh_from_db()
    assert poll.voters == 7 - len(refused) == sum(poll.tally) == PollBallot.objects.count()
    assert connection.connection is not None
