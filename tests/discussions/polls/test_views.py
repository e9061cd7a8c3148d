"""The pages of polls: who comes in, what they say, what comes back."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.discussions.boards.models import OpenTo
from forums.discussions.polls.actions import close
from forums.discussions.polls.models import Poll, PollBallot, PollKind
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.reading.following.models import Block
from tests.discussions.polls.making import end, make_ballots, make_poll
from tests.make import join, make_member, make_network, make_network_board, make_topic

pytestmark = pytest.mark.django_db


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def topic():
    return make_topic(make_member())


def asked(**fields):
    return {
        "question": "ประชุมวันไหนดี",
        "options": "วันเสาร์\nวันอาทิตย์",
        "closes_day": f"{timezone.now() + timedelta(days=5):%d/%m/%Y}",
        "closes_time": "20:00",
        "names_shown": "0",
        "shown": "answered",
    } | fields


# -- Asking ------------------------------------------------------------------------------------------


def test_a_kind_is_chosen_first_and_then_the_poll_is_asked(topic):
    client = signed_in(make_member())
    page = client.get(f"/t/{topic.pk}/polls/new/").content.decode()
    assert all(f"/polls/new/{kind}/" in page for kind in PollKind.values)
    for kind in PollKind.values:
        assert client.get(f"/t/{topic.pk}/polls/new/{kind}/").status_code == 200
    sent = client.post(f"/t/{topic.pk}/polls/new/one/", asked())
    poll = Poll.objects.get()
    assert sent["Location"] == f"/t/{topic.pk}/polls/{poll.pk}/"
    assert (poll.shown, poll.names_shown, poll.kind) == ("answered", False, "one")


def test_what_was_typed_comes_back_with_what_is_wrong(topic):
    client = signed_in(make_member())
    sent = client.post(
        f"/t/{topic.pk}/polls/new/several/",
        asked(options="มีข้อเดียว", least="x", most="99", closes_day="31/2/2570", closes_time="25:99"),
    )
    page = sent.content.decode()
    assert sent.status_code == 400
    assert "มีข้อเดียว" in page
    assert "31/2/2570" in page
    assert page.count('class="error"') >= 5
    assert not Poll.objects.exists()


def test_a_poll_that_closes_too_late_is_refused_above_the_form(topic):
    late = f"{timezone.now() + timedelta(days=99):%d/%m/%Y}"
    sent = signed_in(make_member()).post(f"/t/{topic.pk}/polls/new/one/", asked(closes_day=late))
    assert sent.status_code == 400
    assert 'role="alert"' in sent.content.decode()


def test_networks_of_the_topic_and_ones_own_may_be_asked(topic):
    member, network, foreign = make_member(), make_network(), make_network()
    join(network, member)
    client = signed_in(member)
    page = client.get(f"/t/{topic.pk}/polls/new/one/").content.decode()
    assert network.name in page
    assert foreign.name not in page
    said = asked(networks=[network.pk], speak_from="0")
    assert client.post(f"/t/{topic.pk}/polls/new/one/", said).status_code == 302
    assert list(Poll.objects.get().asked.all()) == [network]


def test_a_network_that_was_hidden_since_is_not_named_among_those_asked(topic):
    hidden, other = make_network(), make_network()
    poll = make_poll(topic)
    for each in (hidden, other):
        poll.asked.add(each)
    Network.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    page = Client().get(poll.get_absolute_url()).content.decode()
    assert hidden.name not in page
    assert other.name in page


def test_visitors_sign_in_first_and_who_may_not_reply_may_not_ask(topic):
    address = f"/t/{topic.pk}/polls/new/one/"
    assert Client().get(address).status_code == 302
    Topic.objects.filter(pk=topic.pk).update(locked_at=timezone.now())
    assert signed_in(make_member()).get(address).status_code == 403


# -- Who comes in --------------------------------------------------------------------------------------


def test_nobody_sees_a_poll_whose_topic_she_does_not_see():
    network = make_network()
    topic = make_topic(network.registered_by, make_network_board(network, OpenTo.NETWORK))
    poll = make_poll(topic, network.registered_by)
    for path in ("", f"{poll.pk}/"):
        address = f"/t/{topic.pk}/polls/{path}"
        assert Client().get(address).status_code == 404
        assert signed_in(make_member()).get(address).status_code == 404
        assert signed_in(network.registered_by).get(address).status_code == 200
    for path in ("back", "close", "remove"):
        sent = signed_in(make_member()).post(f"/t/{topic.pk}/polls/{poll.pk}/{path}/")
        assert sent.status_code == 404


def test_a_hidden_poll_is_for_its_author_and_moderators_and_one_taken_back_for_nobody(topic):
    poll = make_poll(topic)
    Poll.objects.filter(pk=poll.pk).update(hidden_at=timezone.now())
    address = poll.get_absolute_url()
    people = [None, make_member(), poll.author, make_member(is_staff=True)]
    clients = [signed_in(each) if each else Client() for each in people]
    assert [each.get(address).status_code for each in clients] == [404, 404, 200, 200]
    Poll.objects.filter(pk=poll.pk).update(hidden_at=None, withdrawn_at=timezone.now())
    assert [each.get(address).status_code for each in clients] == [404] * 4


def test_a_poll_of_another_topic_is_not_here_and_one_of_a_merged_topic_is_led_on(topic):
    poll, other = make_poll(topic), make_topic(make_member())
    assert Client().get(f"/t/{other.pk}/polls/{poll.pk}/").status_code == 404
    Poll.objects.filter(pk=poll.pk).update(topic=other, came_through=[topic.pk])
    moved = Client().get(f"/t/{topic.pk}/polls/{poll.pk}/")
    assert moved["Location"] == f"/t/{other.pk}/polls/{poll.pk}/"


# -- Answering ---------------------------------------------------------------------------------------


ANSWERS = {
    PollKind.ONE: ({"choice": "1"}, [0, 1, 0]),
    PollKind.SEVERAL: ({"choice": ["0", "2"]}, [1, 0, 1]),
    PollKind.RANKED: ({"m0": "2", "m1": "1", "m2": "0"}, [2, 1, 0]),
    PollKind.DATE: ({"m0": "2", "m1": "1"}, [2, 1, 0]),
}


@pytest.mark.parametrize("kind", PollKind.values)
def test_an_answer_is_sent_shown_changed_and_taken_back(topic, kind):
    poll = make_poll(topic, kind=kind, most=2)
    member = make_member()
    client, address = signed_in(member), poll.get_absolute_url()
    said, marks = ANSWERS[PollKind(kind)]
    assert client.get(address).status_code == 200
    assert client.post(address, said)["Location"] == address
    assert PollBallot.objects.get(member=member).marks == marks
    page = client.get(address).content.decode()
    assert "checked" in page or "selected" in page
    client.post(f"{address}back/")
    assert not PollBallot.objects.exists()


def test_from_the_topic_one_comes_back_to_the_topic(topic):
    poll = make_poll(topic)
    sent = signed_in(make_member()).post(poll.get_absolute_url(), {"choice": "1", "in_topic": "1"})
    assert unquote(sent["Location"]) == f"{topic.get_absolute_url()}#poll-{poll.pk}"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (PollKind.ONE, {}),
        (PollKind.ONE, {"choice": "7"}),
        (PollKind.SEVERAL, {"choice": ["0", "1", "2"]}),
        (PollKind.RANKED, {"m0": "9"}),
        (PollKind.RANKED, {}),
        (PollKind.DATE, {}),
        (PollKind.DATE, {"m0": "3"}),
    ],
)
def test_what_is_no_answer_comes_back_in_words(topic, kind, said):
    poll = make_poll(topic, kind=kind, most=2)
    sent = signed_in(make_member()).post(poll.get_absolute_url(), said)
    assert sent.status_code == 400
    assert "error" in sent.content.decode()
    assert not PollBallot.objects.exists()


def test_a_ranking_that_puts_all_alike_is_counted_and_said_to_change_nothing(topic):
    poll = make_poll(topic, kind=PollKind.RANKED)
    client = signed_in(make_member())
    page = client.post(poll.get_absolute_url(), {"m0": "1", "m1": "1", "m2": "1"}, follow=True)
    assert PollBallot.objects.exists()
    assert 'class="warning"' in page.content.decode()


def test_who_is_not_asked_reads_whom_it_asks_and_is_refused(topic):
    author, network = make_member(), make_network()
    join(network, author)
    poll = make_poll(topic, author, networks=[network.pk])
    client = signed_in(make_member())
    page = client.get(poll.get_absolute_url()).content.decode()
    assert network.name in page
    assert 'name="choice"' not in page
    assert client.post(poll.get_absolute_url(), {"choice": "1"}).status_code == 403


def test_what_comes_after_it_closed_is_refused_with_what_came_of_it(topic):
    poll = make_poll(topic)
    make_ballots(poll, [1, 0, 0])
    close(member=poll.author, poll=poll)
    sent = signed_in(make_member()).post(poll.get_absolute_url(), {"choice": "1"})
    assert sent.status_code == 409
    assert 'class="bars"' in sent.content.decode()


def test_a_visitor_who_answers_is_asked_to_sign_in(topic):
    poll = make_poll(topic)
    page = Client().get(poll.get_absolute_url()).content.decode()
    assert "/accounts/login/?next=" in page
    assert Client().post(poll.get_absolute_url(), {"choice": "1"}).status_code in (302, 403)
    assert not PollBallot.objects.exists()


# -- Results -----------------------------------------------------------------------------------------


def test_results_stand_where_they_may_and_names_only_of_a_poll_with_names(topic):
    secret = make_poll(topic, shown="always", question="ลับ")
    named = make_poll(topic, shown="closed", names_shown=True, question="เปิดชื่อ")
    people = make_ballots(named, [1, 0, 0], [0, 1, 0])
    make_ballots(secret, [1, 0, 0])
    reader = signed_in(make_member())
    assert 'class="bars"' not in reader.get(secret.get_absolute_url()).content.decode()
    before = reader.get(named.get_absolute_url()).content.decode()
    assert 'class="bars"' not in before
    assert people[0].handle not in before
    end(named)
    end(secret)
    after = reader.get(named.get_absolute_url()).content.decode()
    assert all(each.handle in after for each in people)
    assert 'class="bars"' in reader.get(secret.get_absolute_url()).content.decode()


def test_whom_one_blocked_and_who_has_left_are_not_named(topic):
    named = make_poll(topic, names_shown=True)
    blocked, left, shown = make_ballots(named, [1, 0, 0], [0, 1, 0], [0, 0, 1])
    reader = make_member()
    Block.objects.create(member=reader, person=blocked)
    type(left).objects.filter(pk=left.pk).update(left_at=timezone.now())
    page = signed_in(reader).get(named.get_absolute_url()).content.decode()
    names = [each.handle in page for each in (blocked, left, shown)]
    assert names == [False, False, True]


@pytest.mark.parametrize("kind", PollKind.values)
def test_each_kind_says_its_results_in_words_and_figures(topic, kind):
    poll = make_poll(topic, kind=kind, most=2)
    marks = {"date": [2, 1, 0], "ranked": [1, 2, 0]}.get(kind, [1, 0, 0])
    make_ballots(poll, marks, marks)
    end(poll)
    page = signed_in(make_member()).get(poll.get_absolute_url()).content.decode()
    assert page.count("<rect") >= 6
    assert ('class="pairs"' in page) == (kind == "ranked")


# -- Closing, taking back -------------------------------------------------------------------------------


def test_who_asked_closes_it_and_takes_it_back_and_others_do_not(topic):
    poll = make_poll(topic)
    author, other = signed_in(poll.author), signed_in(make_member())
    address = poll.get_absolute_url()
    assert other.post(f"{address}close/").status_code == 403
    assert other.post(f"{address}remove/").status_code == 403
    assert "/close/" in author.get(address).content.decode()
    assert author.post(f"{address}close/").status_code == 302
    other_poll = make_poll(topic, question="อีกข้อ")
    sent = signed_in(other_poll.author).post(f"{other_poll.get_absolute_url()}remove/")
    assert unquote(sent["Location"]) == topic.get_absolute_url()


# -- In the topic ------------------------------------------------------------------------------------


def test_polls_stand_under_the_topics_text_and_are_answered_there(topic):
    make_poll(topic)
    client = signed_in(make_member())
    page = client.get(topic.get_absolute_url()).content.decode()
    assert "ประชุมวันไหนดี" in page
    assert 'name="in_topic"' in page
    visitor = Client().get(topic.get_absolute_url()).content.decode()
    assert "ประชุมวันไหนดี" in visitor
    assert 'name="in_topic"' not in visitor


def test_the_topic_leads_to_all_its_polls_where_there_are_more(topic):
    for n in range(4):
        make_poll(topic, question=f"คำถามที่ {n}")
    page = Client().get(topic.get_absolute_url()).content.decode()
    assert page.count('class="poll"') == 3
    assert f'href="/t/{topic.pk}/polls/"' in page
    everything = Client().get(f"/t/{topic.pk}/polls/").content.decode()
    assert everything.count('class="poll"') == 4


def queries(address) -> list[str]:
    client = Client()
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return [each["sql"] for each in asked]


def test_a_topic_without_polls_asks_for_none_and_one_with_some_a_fixed_number(topic):

    before = queries(topic.get_absolute_url())
    assert not [sql for sql in before if "forums_poll" in sql.split("FROM")[-1]]
    make_poll(topic)
    one = queries(topic.get_absolute_url())
    for n in range(3):
        make_poll(topic, question=f"อีก {n}")
    assert len(one) == len(before) + 1
    assert len(queries(topic.get_absolute_url())) == len(one)
    few = len(queries(f"/t/{topic.pk}/polls/"))
    for poll in Poll.objects.all():
        end(poll)
    for n in range(3):
        make_poll(topic, question=f"ยังมี {n}")
    assert len(queries(f"/t/{topic.pk}/polls/")) == few


def test_an_empty_list_says_so_and_leads_on(topic):
    page = signed_in(make_member()).get(f"/t/{topic.pk}/polls/").content.decode()
    assert 'class="empty"' in page
    assert f"/t/{topic.pk}/polls/new/" in page
