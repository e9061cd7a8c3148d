"""How much of a network's talk crosses over, and its neighbours."""

from itertools import combinations
from math import dist

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from forums.front.networks import neighbours
from forums.front.networks.neighbours import Crossing, external_internal
from forums.groups.networks.models import Network, Tie
from forums.groups.networks.ties import tie_members, tie_replies, tie_topics
from tests.groups.directory.test_province_map import svg
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


# -- the drawing --------------------------------------------------------------------------------------


def test_without_neighbours_there_are_words_and_no_drawing(network, visitor):
    context = neighbours.context(network, visitor)
    assert context["neighbours"] is None
    html = render_to_string("networks/_neighbours.html", context | {"network": network})
    assert '<svg class="web"' not in html
    assert "ยังไม่มีเครือข่ายใกล้เคียง" in html


def test_a_network_answered_but_with_nothing_shared_is_no_neighbour(network, visitor):
    tie_replies(network.pk, another("ป่าชุมชน").pk, 1)
    assert neighbours.context(network, visitor)["neighbours"] is None


def test_the_twelve_strongest_are_drawn_the_strongest_first(network, visitor):
    others = [another(f"เพื่อน {n}") for n in range(15)]
    for strength, other in enumerate(others):
        for _n in range(strength + 1):
            tie_topics(network.pk, [other.pk], 1)
    rows = neighbours.context(network, visitor)["neighbours"]["rows"]
    assert [row.name for row in rows] == [f"เพื่อน {n}" for n in range(14, 2, -1)]
    assert [row.number for row in rows] == list(range(1, 13))
    assert rows[0].topics == 15


@pytest.mark.parametrize("state", ["hidden_at", "archived_at"])
@pytest.mark.parametrize("who", ["visitor", "somchai", "malee", "moderator"])
def test_hidden_and_archived_networks_are_not_drawn_for_anyone(network, state, who, request):
    gone, there = another("หายไปแล้ว", **{state: timezone.now()}), another("ยังอยู่")
    tie_members(network.pk, [gone.pk, there.pk], 1)
    tie_topics(gone.pk, [there.pk], 1)
    context = neighbours.context(network, request.getfixturevalue(who))
    html = render_to_string("networks/_neighbours.html", context | {"network": network})
    assert "ยังอยู่" in html
    assert "หายไปแล้ว" not in html
    assert gone.slug not in html


def test_members_and_topics_are_lines_of_their_own_kind_the_more_the_wider(network, visitor):
    few, many = another("น้อย"), another("มาก")
    tie_members(network.pk, [few.pk, many.pk], 1)
    for _n in range(7):
        tie_members(network.pk, [many.pk], 1)
        tie_topics(network.pk, [many.pk], 1)
    tie_topics(few.pk, [many.pk], 1)
    lines = neighbours.context(network, visitor)["neighbours"]["lines"]
    found = [(line.kind, line.width, len(line.ends)) for line in lines]
    assert found == [
        ("members", 1.5, 1), ("members", 4.5, 1), ("topics", 1.5, 1), ("topics", 4.5, 1),
    ]  # fmt: skip
    assert all(line.path.count("M") == len(line.ends) for line in lines)


def test_the_drawing_is_sound_and_says_every_name(network, visitor):
    others = [another(f"เพื่อนบ้าน <{n}> & ญาติ") for n in range(12)]
    tie_members(network.pk, [other.pk for other in others], 1)
    context = neighbours.context(network, visitor)
    html = render_to_string("networks/_neighbours.html", context | {"network": network})
    assert "style=" not in html
    drawing = svg(html)
    assert {link.get("aria-label") for link in drawing.iter("a")} == {each.name for each in others}
    assert network.name in str(drawing.get("aria-label"))
    assert html.count('<th scope="row">') == 12


def test_beads_and_names_stay_inside_and_out_of_each_others_way(network, visitor):
    others = [another(f"เครือข่ายที่มีชื่อยาวมากทีเดียว {n}") for n in range(12)]
    tie_members(network.pk, [other.pk for other in others], 1)
    nodes = neighbours.context(network, visitor)["neighbours"]["nodes"]
    assert len(nodes) == 13
    for node in nodes:
        assert 0 < node.x < neighbours.WIDTH
        assert 0 < node.y < neighbours.HEIGHT
    for anchor in ("start", "end"):
        heights = sorted(node.y for node in nodes if node.anchor == anchor)
        gaps = [b - a for a, b in zip(heights, heights[1:], strict=False)]
        assert all(gap > 26.5 for gap in gaps), gaps


def test_the_same_ties_are_drawn_the_same(network, visitor):
    others = [another(f"เพื่อน {n}") for n in range(7)]
    tie_members(network.pk, [other.pk for other in others], 1)
    tie_topics(others[0].pk, [others[3].pk], 1)
    first = neighbours.context(network, visitor)["neighbours"]["nodes"]
    assert neighbours.context(network, visitor)["neighbours"]["nodes"] == first


@pytest.mark.parametrize("many", range(1, 13))
def test_beads_stand_apart_and_no_line_runs_through_the_middle(many):
    beads = list(range(1, many + 1))
    place = neighbours._layout(0, beads, [(one, many, 1, 1) for one in beads[:-1]])
    middle = place[0]
    for one, other in combinations(place, 2):
        assert dist(place[one], place[other]) > 2 * 15 + 27, (one, other)  # room for a name between
        if 0 not in (one, other):
            (x1, y1), (x2, y2) = place[one], place[other]
            across = (x2 - x1) * (y1 - middle[1]) - (x1 - middle[0]) * (y2 - y1)
            assert abs(across) / dist(place[one], place[other]) > 15, (one, other)


def test_those_who_have_much_to_do_with_one_another_stand_side_by_side():
    beads = list(range(1, 13))
    pairs = [
        (n, n + 6, 3, 3) for n in range(1, 7)
    ]  # strongest with weakest, as they come: opposite
    place = neighbours._layout(0, beads, pairs)
    near = dist(*neighbours._slots(12)[2:4])
    assert all(dist(place[one], place[other]) < 1.2 * near for one, other, *_n in pairs)


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
