"""How much of a network's talk crosses over, and its neighbours."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape

from forums.front.networks import neighbours
from forums.front.networks.neighbours import Crossing, external_internal
from forums.groups.networks.models import Network, Tie
from forums.groups.networks.ties import tie_members, tie_replies, tie_topics
from tests.groups.networks.many import many_networks
from tests.make import make_network


@pytest.fixture
def network(founder):
    return make_network("คนรักคลอง", founder)


def another(name: str, **fields) -> Network:
    network = make_network(name)
    if fields:
        Network.objects.filter(pk=network.pk).update(**fields)
    return network


def replies(network: Network, *, within: int, to: Network, across: int) -> None:
    Tie.objects.create(source=network, target=network, replies=within)
    Tie.objects.update_or_create(source=network, target=to, defaults={"replies": across})


# -- the index ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("external", "internal", "index"), [(20, 0, 1), (0, 20, -1), (10, 10, 0), (8, 12, -0.2)]
)
def test_the_index_is_that_of_krackhardt_and_stern(external, internal, index):
    assert external_internal(external, internal) == pytest.approx(index)


@pytest.mark.parametrize(
    ("external", "internal", "words"),
    [
        (8, 12, "คุยข้ามเครือข่าย 4 ใน 10"),
        (0, 20, "คุยข้ามเครือข่าย 0 ใน 10"),
        (1, 99, "คุยข้ามเครือข่ายไม่ถึง 1 ใน 10"),
        (99, 1, "คุยข้ามเครือข่ายกว่า 9 ใน 10"),
        (20, 0, "คุยข้ามเครือข่าย 10 ใน 10"),
    ],
)
def test_it_is_told_in_tenths(external, internal, words):
    assert Crossing(external, internal).words == words


def test_its_figure_has_a_true_minus_and_no_negative_nothing():
    assert Crossing(8, 12).index == "−0.20"
    assert Crossing(10, 10).index == "0.00"
    assert Crossing(999, 1001).index == "0.00"


def test_below_twenty_replies_nothing_is_said(network, visitor):
    other = another("ป่าชุมชน")
    replies(network, within=12, to=other, across=7)
    assert neighbours.context(network, visitor)["crossing"] is None
    tie_replies(network.pk, other.pk, 1)
    crossing = neighbours.context(network, visitor)["crossing"]
    assert (crossing.external, crossing.internal) == (8, 12)


def test_replies_to_this_network_are_not_its_own(network, visitor):
    other = another("ป่าชุมชน")
    Tie.objects.create(source=other, target=network, replies=50)
    assert neighbours.context(network, visitor)["crossing"] is None


# -- the table ----------------------------------------------------------------------------------------


def table(network: Network, member) -> str:
    context = neighbours.context(network, member)
    return render_to_string("networks/_neighbours.html", context | {"network": network})


def test_without_neighbours_there_are_words_and_no_table(network, visitor):
    assert neighbours.context(network, visitor)["neighbours"] == []
    html = table(network, visitor)
    assert "<table" not in html
    assert "ยังไม่มีเครือข่ายใกล้เคียง" in html


def test_a_network_answered_but_with_nothing_shared_is_no_neighbour(network, visitor):
    tie_replies(network.pk, another("ป่าชุมชน").pk, 1)
    assert neighbours.context(network, visitor)["neighbours"] == []


def test_the_twelve_strongest_are_told_the_strongest_first(network, visitor):
    others = [another(f"เพื่อน {n}") for n in range(15)]
    for strength, other in enumerate(others):
        for _n in range(strength + 1):
            tie_topics(network.pk, [other.pk], 1)
    rows = neighbours.context(network, visitor)["neighbours"]
    assert [row.name for row in rows] == [f"เพื่อน {n}" for n in range(14, 2, -1)]
    assert rows[0].topics == 15


@pytest.mark.parametrize("state", ["hidden_at", "archived_at"])
@pytest.mark.parametrize("who", ["visitor", "somchai", "malee", "moderator"])
def test_hidden_and_archived_networks_are_told_to_nobody(network, state, who, request):
    gone, there = another("หายไปแล้ว", **{state: timezone.now()}), another("ยังอยู่")
    tie_members(network.pk, [gone.pk, there.pk], 1)
    tie_topics(gone.pk, [there.pk], 1)
    html = table(network, request.getfixturevalue(who))
    assert "ยังอยู่" in html
    assert "หายไปแล้ว" not in html
    assert gone.slug not in html


def test_members_kept_to_itself_are_told_by_no_number_no_bar_and_no_order(network, visitor):
    """Of two with as many topics, the one that shares ten members in secret stands where its name does."""
    shy, open_one = another("ฮ เก็บไว้เอง", members_shown_to="network"), another("ก เปิดเผย")
    tie_topics(network.pk, [shy.pk, open_one.pk], 1)
    for _n in range(10):
        tie_members(network.pk, [shy.pk], 1)
    rows = neighbours.context(network, visitor)["neighbours"]
    assert [(row.name, row.members, row.members_bar) for row in rows] == [
        ("ก เปิดเผย", 0, 0), ("ฮ เก็บไว้เอง", 0, 0),
    ]  # fmt: skip


def test_a_bar_is_as_long_as_its_number_beside_the_longest(network, visitor):
    few, many = another("น้อย"), another("มาก")
    for _n in range(8):
        tie_members(network.pk, [many.pk], 1)
    tie_members(network.pk, [few.pk], 1)
    for _n in range(100):
        tie_topics(network.pk, [many.pk], 1)
    tie_topics(network.pk, [few.pk], 1)
    rows = neighbours.context(network, visitor)["neighbours"]
    assert [(row.name, row.topics_bar, row.members_bar) for row in rows] == [
        ("มาก", 100, 8), ("น้อย", 4, 4),  # one of a hundred is still to be seen
    ]  # fmt: skip


def test_the_table_says_every_name_and_holds_no_style(network, visitor):
    others = [another(f"เพื่อนบ้าน <{n}> & ญาติ") for n in range(12)]
    tie_members(network.pk, [other.pk for other in others], 1)
    html = table(network, visitor)
    assert "style=" not in html
    for other in others:
        assert escape(other.name) in html
    assert html.count('<th scope="row">') == 12
    assert html.count('class="bar"') == 24


@pytest.mark.parametrize("ties", [0, 1, 40])
def test_it_takes_one_query(founder, visitor, ties, django_assert_num_queries):
    network = many_networks(60, founder, ties=ties)[0]
    with django_assert_num_queries(1):
        neighbours.context(network, visitor)


def test_the_page_of_a_network_shows_them_to_everybody(network, as_):
    tie_members(network.pk, [another("ป่าชุมชน").pk], 1)
    page = as_(None).get(network.get_absolute_url())
    assert page.status_code == 200
    assert "ป่าชุมชน" in page.content.decode()
