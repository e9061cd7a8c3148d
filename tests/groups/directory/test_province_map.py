"""The map: where the beads stand, what they count, and that it is sound."""

import re
from math import dist
from xml.etree import ElementTree

from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.provinces import REGIONS
from forums.groups.directory import province_map
from forums.groups.networks.models import Network
from tests.make import make_network

NAN, SONGKHLA = "55", "90"


def svg(html: str) -> ElementTree.Element:
    """The first drawing of a page, read as XML: it must be well formed."""
    found = re.search(r'<svg class="(map|web)".*?</svg>', html, re.S)
    assert found
    return ElementTree.fromstring(found[0])


def test_every_province_has_its_place_inside_the_drawing_and_to_itself():
    places = province_map.places()
    assert len(places) == 77
    for x, y in places.values():
        assert 4 < x < province_map.WIDTH - 4
        assert 4 < y < province_map.HEIGHT - 4
    points = list(places.values())
    nearest = min(dist(a, b) for n, a in enumerate(points) for b in points[:n])
    assert nearest > province_map.APART - 0.3


def test_north_is_up_and_east_is_right():
    places = province_map.places()
    chiang_rai, narathiwat, mae_hong_son, ubon = (places[code] for code in ("57", "96", "58", "34"))
    assert chiang_rai[1] < narathiwat[1]
    assert mae_hong_son[0] < ubon[0]


def test_each_province_counts_the_networks_that_work_there(founder):
    make_network("หนึ่ง", founder, provinces=[NAN, SONGKHLA])
    make_network("สอง", founder, provinces=[NAN])
    make_network("ทุกที่", founder, nationwide=True, provinces=[NAN])
    drawn = province_map.current()
    counts = {bead.name: bead.count for region in drawn.regions for bead in region.beads}
    assert len(counts) == 77
    assert counts["น่าน"] == 2
    assert counts["สงขลา"] == 1
    assert sum(counts.values()) == 3
    assert drawn.nationwide == 1
    assert {region.name: region.count for region in drawn.regions if region.count} == {
        "ภาคเหนือ": 2,
        "ภาคใต้": 1,
    }


def test_hidden_and_archived_networks_are_not_counted(founder):
    for number, state in enumerate(("hidden_at", "archived_at")):
        network = make_network(f"ไป {number}", founder, provinces=[NAN], nationwide=number == 1)
        Network.objects.filter(pk=network.pk).update(**{state: timezone.now()})
    drawn = province_map.current()
    assert drawn.counts.get(NAN, 0) == 0
    assert drawn.nationwide == 0


def test_it_is_counted_once_a_minute(founder, django_assert_num_queries):
    with django_assert_num_queries(1):
        first, second = province_map.current(), province_map.current()
    assert first.stamp == second.stamp


def test_the_drawing_is_sound_and_every_bead_says_its_name_and_number(founder):
    for number in range(5):
        make_network(f"น่าน {number}", founder, provinces=[NAN])
    html = render_to_string("networks/_map.html", {"map": province_map.current()})
    assert "style=" not in html
    drawing = svg(html)
    circles = {circle.findtext("title"): circle for circle in drawing.iter("circle")}
    assert len(circles) == 77
    assert circles["น่าน: 5 เครือข่าย"].get("class") == "n2"


def test_a_thumb_hits_a_region_and_a_keyboard_passes_six_of_them(founder):
    """77 links 12 px apart were too small to hit, and 77 stops on the way to the list."""
    drawing = svg(render_to_string("networks/_map.html", {"map": province_map.current()}))
    links = list(drawing.iter("a"))
    assert [link.get("aria-label") for link in links] == [str(name) for _, name in REGIONS]
    assert links[0].get("href") == "/networks/?region=north"
    for link in links:
        around = link.find("path")
        assert around is not None
        assert around.get("d", "").count("M") == len(list(link.iter("circle")))


def test_the_table_says_the_same_as_the_drawing(founder):
    make_network("หนึ่ง", founder, provinces=[NAN])
    html = render_to_string("networks/_map.html", {"map": province_map.current()})
    assert html.count('<tr><th scope="row">') == 77
    assert f'<a href="/networks/?province={NAN}">น่าน</a></th><td>1</td>' in html
    assert '<a href="/networks/?region=north">ภาคเหนือ</a>' in html


def test_in_english_it_speaks_english(founder):
    make_network("หนึ่ง", founder, provinces=[NAN])
    with translation.override("en"):
        north = province_map.current().regions[0]
        assert north.name == "Northern region"
        assert {bead.label for bead in north.beads} >= {"Nan: 1 network", "Phrae: 0 networks"}


def test_the_outline_is_light_and_inside_the_drawing():
    assert len(province_map.OUTLINE) < 6_000
    assert re.fullmatch(r"(M\d+ \d+l[-0-9 ]+z)+", province_map.OUTLINE)
