"""Who may be told which names while she types, on which form."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.groups.affiliations.actions import Side, agree
from forums.groups.links.actions import ask_link
from forums.groups.networks.models import Audience, Network
from forums.groups.organisations.models import Organisation
from forums.reading.following.models import Block
from forums.search.suggestions import names
from tests.groups.organisations.make import make_organisation
from tests.make import (
    OpenTo,
    join,
    make_board_of,
    make_member,
    make_network,
    make_post,
    make_topic,
)

pytestmark = pytest.mark.django_db


def told(client, kind, typed, **places):
    """The values offered."""
    answer = client.get(f"/suggest/{kind}/", {"q": typed, **places})
    assert answer.status_code == 200
    return [row["value"] for row in answer.json()["rows"]]


def status(client, kind, **places):
    return client.get(f"/suggest/{kind}/", {"q": "คลอง", **places}).status_code


# -- networks -----------------------------------------------------------------------------------


def test_networks_by_half_a_name_what_begins_so_first(as_, malee):
    for name in ("คนรักคลอง", "คลองสวย", "บ้านริมน้ำ"):
        make_network(name, malee)
    Network.objects.filter(name="บ้านริมน้ำ").update(aim="ดูแลคลอง")
    assert told(as_(None), "networks", "คลอง")[:2] == ["คลองสวย", "คนรักคลอง"]
    assert told(as_(None), "networks", "คลองส") == ["คลองสวย"]
    assert told(as_(malee), "networks", "คลอง", but="คลองสวย")[0] == "คนรักคลอง"


def test_a_network_that_would_be_refused_is_not_offered(as_, malee, moderator):
    for name in ("คลองปิด", "คลองซ่อน", "คลองเปิด"):
        make_network(name, malee)
    now = timezone.now()
    Network.objects.filter(name="คลองปิด").update(archived_at=now)
    Network.objects.filter(name="คลองซ่อน").update(hidden_at=now)
    for who in (None, malee, moderator):
        assert told(as_(who), "networks", "คลอง") == ["คลองเปิด"]


def test_into_a_topic_only_who_may_invite_is_told_and_none_that_is_there(
    as_, board, malee, somchai
):
    topic = make_topic(malee, board)
    here, other = make_network("คลองนี้", malee), make_network("คลองอื่น", somchai)
    assert told(as_(malee), "networks", "คลอง", topic=topic.pk) == ["คลองนี้", "คลองอื่น"]
    as_(malee).post(f"/t/{topic.pk}/by/networks/invite/", {"network": other.pk})
    as_(malee).post(f"/t/{topic.pk}/by/networks/ask/", {"network": here.pk})
    assert told(as_(malee), "networks", "คลอง", topic=topic.pk) == []
    assert status(as_(somchai), "networks", topic=topic.pk) == 403
    assert status(as_(None), "networks", topic=topic.pk) == 403
    assert status(as_(malee), "networks", topic=topic.pk + 99) == 404
    assert status(as_(malee), "networks", topic="๗") == 404


def test_a_topic_one_may_not_read_tells_nothing(as_, malee, somchai):
    network = make_network("คนรักคลอง", malee)
    topic = make_topic(malee, make_board_of(network, OpenTo.NETWORK))
    assert status(as_(somchai), "networks", topic=topic.pk) == 404
    assert status(as_(malee), "networks", topic=topic.pk) == 403  # none can be brought into it


def test_links_are_offered_to_coordinators_and_none_twice(as_, malee, somchai):
    ours, other = make_network("คลองเรา", malee), make_network("คลองเขา", somchai)
    assert told(as_(malee), "networks", "คลอง", network=ours.slug) == ["คลองเขา"]
    ask_link(member=malee, network=ours, other=other, kind="linked")
    assert told(as_(malee), "networks", "คลอง", network=ours.slug) == []
    assert told(as_(somchai), "networks", "คลอง", network=other.slug) == []
    assert status(as_(somchai), "networks", network=ours.slug) == 403
    assert status(as_(None), "networks", network=ours.slug) == 403
    Network.objects.filter(pk=ours.pk).update(archived_at=timezone.now())
    assert status(as_(malee), "networks", network=ours.slug) == 403
    Network.objects.filter(pk=ours.pk).update(hidden_at=timezone.now())
    assert status(as_(malee), "networks", network=ours.slug) == 404


# -- organisations ------------------------------------------------------------------------------


def test_organisations_either_side_and_none_that_was_asked(as_, malee, somchai):
    network = make_network("คนรักคลอง", malee)
    house = make_organisation("มูลนิธิคลอง", coordinator=somchai)
    make_organisation("สมาคมคลอง")
    hidden = make_organisation("บริษัทคลอง")
    Organisation.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    assert told(as_(None), "organisations", "คลอง") == ["มูลนิธิคลอง", "สมาคมคลอง"]
    both = {"network": network.slug}
    assert told(as_(malee), "organisations", "คลอง", **both) == ["มูลนิธิคลอง", "สมาคมคลอง"]
    assert told(as_(somchai), "networks", "คลอง", organisation=house.slug) == ["คนรักคลอง"]
    agree(member=malee, network=network, organisation=house, side=Side.NETWORK)
    assert told(as_(malee), "organisations", "คลอง", **both) == ["สมาคมคลอง"]
    assert told(as_(somchai), "networks", "คลอง", organisation=house.slug) == []
    assert status(as_(somchai), "organisations", **both) == 403
    assert status(as_(malee), "networks", organisation=house.slug) == 403
    assert status(as_(malee), "networks", organisation=hidden.slug) == 404


# -- topics -------------------------------------------------------------------------------------


def test_topics_an_activity_for_everyone_may_not_link_are_not_offered(as_, malee, somchai, board):
    inside = make_topic(
        malee, make_board_of(make_network("คนรักคลอง", malee), OpenTo.NETWORK), title="คลองของเรา"
    )
    outside = make_topic(somchai, board, title="คลองของทุกคน")
    hidden = make_topic(somchai, board, title="คลองที่ซ่อนไว้")
    type(hidden).objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    both = {inside.get_absolute_url(), outside.get_absolute_url()}
    assert set(told(as_(malee), "topics", "คลอง", open_to="members")) == both
    assert told(as_(malee), "topics", "คลอง", open_to="everyone") == [outside.get_absolute_url()]
    assert told(as_(somchai), "topics", "คลอง", open_to="members") == [outside.get_absolute_url()]


# -- members ------------------------------------------------------------------------------------


def test_members_of_a_network_to_whom_it_shows_them(as_, malee, somchai, moderator):
    network = make_network("คนรักคลอง", malee)
    join(network, make_member("klong", display_name="คลองใส"))
    make_member("klang", display_name="คลองอื่น")
    for audience, allowed in (
        (Audience.EVERYONE, (None, somchai, malee, moderator)),
        (Audience.MEMBERS, (somchai, malee, moderator)),
        (Audience.NETWORK, (malee, moderator)),
    ):
        Network.objects.filter(pk=network.pk).update(members_shown_to=audience)
        for who in (None, somchai, malee, moderator):
            if who in allowed:
                assert told(as_(who), "members", "คลอง", network=network.slug) == ["klong"]
                assert told(as_(who), "members", "@KLO", network=network.slug) == ["klong"]
            else:
                assert status(as_(who), "members", network=network.slug) == 403


def test_anyone_only_to_moderators_and_nobody_suspended(as_, malee, moderator):
    make_member("klong", display_name="คลองใส")
    make_member("klang", display_name="คลองพัก", is_active=False)
    assert told(as_(moderator), "members", "คลอง") == ["klong"]
    assert status(as_(malee), "members") == status(as_(None), "members") == 403


# -- all of them --------------------------------------------------------------------------------


def test_the_answer_is_kept_nowhere_bounded_and_only_read(as_, malee, moderator):
    for number in range(names.MOST + 3):
        make_network(f"คลองสาย {number}", malee)
        make_organisation(f"สมาคมคลอง {number}")
        make_member(f"klong{number}", display_name=f"คลอง {number}")
    for kind in ("networks", "organisations", "members"):
        answer = as_(moderator).get(f"/suggest/{kind}/", {"q": "คลอง"})
        assert len(answer.json()["rows"]) == names.MOST
        assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
        assert not answer.cookies
        assert as_(moderator).post(f"/suggest/{kind}/", {"q": "คลอง"}).status_code == 405
    assert as_(moderator).get("/suggest/passwords/", {"q": "คลอง"}).status_code == 404


@pytest.mark.parametrize("many", [2, 40])
def test_as_many_statements_for_two_as_for_forty(
    as_, malee, board, django_assert_num_queries, many
):
    topic = make_topic(malee, board)
    network = make_network("คลองเรา", malee)
    for number in range(many):
        make_network(f"คลองสาย {number}", malee)
        make_organisation(f"สมาคมคลอง {number}")
    client = as_(malee)
    for kind, places, queries in (
        ("networks", {}, 1),  # who asks is of no concern
        ("networks", {"topic": topic.pk}, 4),
        ("networks", {"network": network.slug}, 4),
        ("organisations", {}, 1),
        ("organisations", {"network": network.slug}, 4),
    ):
        with django_assert_num_queries(queries):
            told(client, kind, "คลอง", **places)


@pytest.mark.parametrize("kind", ["networks", "organisations", "topics", "members"])
@pytest.mark.parametrize(
    "typed", ["", "ก", "  ", "%%", "__", "\\\\", "''", "​​", "😀😀", "ก" * 10_000, "่" * 5_000]
)
def test_odd_typing_is_answered_with_nothing(as_, malee, moderator, board, kind, typed):
    make_topic(malee, board)
    make_network("บ้านสวน", malee)
    make_organisation("ร้านสวน")
    assert told(as_(moderator), kind, typed) == []


# -- people behind an @ -------------------------------------------------------------------------


def test_those_who_took_part_come_first_also_where_nothing_is_typed(as_, board, malee, somchai):
    topic = make_topic(malee, board)
    koi, _other = make_member("koi", display_name="ก้อย"), make_member("kob", display_name="กบ")
    make_post(topic, somchai)
    make_post(topic, koi)
    asked = {"topic": topic.pk}
    assert told(as_(malee), "people", "", **asked) == ["koi", "somchai"]
    assert told(as_(malee), "people", "ก", **asked) == ["koi", "kob"]
    assert told(as_(malee), "people", "KO", **asked) == ["koi", "kob"]
    assert told(as_(malee), "people", "สมช", **asked) == ["somchai"]
    assert told(as_(malee), "people", "ไม่มี", **asked) == []
    assert told(as_(malee), "people", "ko", board=board.slug) == ["kob", "koi"]
    assert told(as_(malee), "people", "", board=board.slug) == []


def test_only_whom_she_may_name_is_offered(as_, malee, somchai, moderator):
    canal = make_network("คนรักคลอง", malee)
    inside, _outside = make_member("kanda"), make_member("kamon")
    blocking, gone = make_member("kasem"), make_member("kate", is_active=False)
    join(canal, inside, somchai, blocking, gone)
    Block.objects.create(member=blocking, person=malee)
    topic = make_topic(malee, make_board_of(canal, OpenTo.NETWORK))
    assert told(as_(malee), "people", "ka", topic=topic.pk) == ["kanda"]
    Network.objects.filter(pk=canal.pk).update(members_shown_to=Audience.COORDINATORS)
    assert told(as_(somchai), "people", "ka", topic=topic.pk) == []
    assert told(as_(malee), "people", "ka", topic=topic.pk) == ["kanda"]


def test_a_network_is_offered_to_those_who_speak_for_it(as_, board, malee, somchai):
    canal = make_network("คนรักคลอง", malee)
    join(canal, somchai)
    topic = make_topic(somchai, board)
    assert told(as_(malee), "people", "คนรัก", topic=topic.pk) == ["คนรักคลอง"]
    assert told(as_(malee), "people", "", topic=topic.pk) == ["somchai"]
    assert told(as_(somchai), "people", "คนรัก", topic=topic.pk) == []


def test_who_may_not_write_there_is_offered_nobody(as_, malee, somchai):
    canal = make_network("คนรักคลอง", malee)
    closed = make_topic(malee, make_board_of(canal, OpenTo.NETWORK))
    for_reading = make_topic(malee, make_board_of(canal, OpenTo.READERS))
    for who, place, expected in (
        (somchai, {"topic": closed.pk}, 404),
        (somchai, {"board": closed.board.slug}, 404),
        (somchai, {"topic": for_reading.pk}, 403),
        (somchai, {"board": for_reading.board.slug}, 403),
        (None, {"topic": for_reading.pk}, 403),
        (malee, {}, 404),
        (malee, {"topic": "x"}, 404),
        (malee, {"topic": closed.pk}, 200),
    ):
        assert status(as_(who), "people", **place) == expected


def test_people_cost_the_same_however_many_there_are(as_, board, malee):
    topic = make_topic(malee, board)
    make_post(topic)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            told(as_(malee), "people", "mem", topic=topic.pk)
        return len(queries)

    few = asked()
    for _each in range(40):
        make_post(topic)
    assert asked() <= few
