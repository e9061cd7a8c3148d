"""Which networks the directory finds, in which order, page by page."""

from datetime import timedelta

import pytest
from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import Value
from django.http import Http404, QueryDict
from django.utils import timezone

from forums.groups.directory import lists
from forums.groups.directory.query import Asked
from forums.groups.networks.models import Network, TaggedNetwork
from forums.groups.networks.search_words import search_words
from forums.tags.tagging import get_tags
from tests.benchmarks.plans import explained, queries_of, work_of
from tests.emptying import new_files
from tests.groups.networks.many import many_networks
from tests.make import make_member, make_network

NAN, CHIANG_MAI, SONGKHLA = "55", "50", "90"


def found(query: str = "") -> list[str]:
    asked = Asked.read(QueryDict(query))
    page, count = lists.page(asked, QueryDict(query))
    assert count == len(page.rows)
    return [row.name for row in page.rows]


def turned(asked: Asked, query):
    """A page alone, without how many there are of all."""
    return lists.page(asked, query)[0]


def change(network: Network, **fields) -> Network:
    Network.objects.filter(pk=network.pk).update(**fields)
    return network


def hide(network: Network) -> None:
    change(network, hidden_at=timezone.now())


def archive(network: Network) -> None:
    change(network, archived_at=timezone.now())


@pytest.fixture
def three(founder):
    make_network("ป่าต้นน้ำ", founder, kind="physical", sectors=["community"], provinces=[NAN])
    make_network(
        "เมืองเดินได้", founder, kind="online", sectors=["civil", "academic"], nationwide=True
    )
    make_network("เกลือทะเล", founder, kind="both", sectors=["state"], provinces=[SONGKHLA, NAN])


# -- filters --------------------------------------------------------------------------------------


def test_without_a_filter_all_stand_there_the_last_active_first(three):
    assert found() == ["เกลือทะเล", "เมืองเดินได้", "ป่าต้นน้ำ"]


def test_a_network_of_both_kinds_is_found_under_each(three):
    assert found("kind=physical") == ["เกลือทะเล", "ป่าต้นน้ำ"]
    assert found("kind=online") == ["เกลือทะเล", "เมืองเดินได้"]
    assert found("kind=both") == ["เกลือทะเล"]


def test_several_sectors_find_what_is_in_any_of_them(three):
    assert found("sector=academic") == ["เมืองเดินได้"]
    assert found("sector=academic&sector=state") == ["เกลือทะเล", "เมืองเดินได้"]


def test_a_province_finds_who_works_there_and_nobody_who_works_everywhere(three):
    assert found(f"province={NAN}") == ["เกลือทะเล", "ป่าต้นน้ำ"]
    assert found(f"province={CHIANG_MAI}") == []


def test_a_region_finds_all_of_its_provinces(three):
    assert found("region=north") == ["เกลือทะเล", "ป่าต้นน้ำ"]
    assert found("region=south") == ["เกลือทะเล"]
    assert found("region=west") == []
    assert found("region=nationwide") == ["เมืองเดินได้"]


def test_what_is_both_nationwide_and_of_a_province_counts_as_nationwide(founder):
    make_network("ทุกที่", founder, nationwide=True, provinces=[NAN])
    assert found(f"province={NAN}") == []
    assert found("region=nationwide") == ["ทุกที่"]


def test_a_tag_finds_who_carries_it_however_it_is_typed(three):
    (tag,) = get_tags(["น้ำท่วม"])
    TaggedNetwork.objects.create(network=Network.objects.get(name="ป่าต้นน้ำ"), tag=tag)
    assert found("tag=น้ำท่วม") == ["ป่าต้นน้ำ"]
    assert found("tag=นำ้ท่วม") == ["ป่าต้นน้ำ"]
    assert found("tag=ไม่มี") == []


def test_filters_narrow_one_another(three):
    assert found(f"kind=physical&province={NAN}&sector=state") == ["เกลือทะเล"]


# -- words ----------------------------------------------------------------------------------------


def test_words_are_looked_for_in_name_aim_tags_and_story(founder):
    network = make_network("คนรักษ์ป่า", founder, aim="เฝ้าต้นน้ำ")
    words = search_words(network.name, network.aim, ["ไฟป่า"], "เมื่อปีที่ฝนแล้ง")
    change(network, search_words=words)
    make_network("ครูข้ามดอย", founder, aim="สอนเด็ก")
    for words in ("ป่า", "ต้นน้ำ", "ไฟป่า", "ฝนแล้ง", "รักษ์ ฝนแล้ง"):
        assert found(f"q={words}") == ["คนรักษ์ป่า"], words
    assert found("q=ฝนแล้ง ดอย") == []


def test_half_a_name_finds_it_whatever_its_tone_marks_and_spaces(founder):
    make_network("บ้านมั่นคงคลองท่าเรือ", founder)
    for typed in ("บ้านมั่น", "บานมั", "มั่นคงคล", "บ้าน มั่นคง คลองท่า", "เรือ"):
        assert found(f"q={typed}") == ["บ้านมั่นคงคลองท่าเรือ"], typed


def test_am_written_as_two_letters_or_with_its_tone_misplaced_is_the_same(founder):
    make_network("คนต้นน้ำ", founder)
    assert found("q=ต้นนํ้า") == ["คนต้นน้ำ"]
    assert found("q=ต้นนำ้") == ["คนต้นน้ำ"]


def test_what_holds_no_word_finds_nothing(three):
    assert found("q=!!!") == []
    assert found("q=' | '") == []


def test_operators_of_the_search_are_only_letters(three):
    for typed in ("ป่า | ทะเล", "!ป่า", "ป่า:*", "'ป่า", "ป่า\\", "%", "_"):
        found(f"q={typed}")
    assert found("q=ป่า | ทะเล") == []


# -- orders and pages -------------------------------------------------------------------------------


def test_by_name_vowels_written_before_their_consonant_sort_by_the_consonant(founder):
    names = ["ไก่ชน", "แกะรอย", "ขนมไทย", "เกลือทะเล", "โขนเมือง", "ใกล้บ้าน", "กล้วยน้ำว้า", "เขาใหญ่"]
    for name in names:
        make_network(name, founder)
    assert found("sort=name") == [
        "กล้วยน้ำว้า", "เกลือทะเล", "แกะรอย", "ใกล้บ้าน", "ไก่ชน", "ขนมไทย", "เขาใหญ่", "โขนเมือง",
    ]  # fmt: skip


def test_by_size_the_largest_stand_first(three):
    change(Network.objects.get(name="ป่าต้นน้ำ"), member_count=50)
    assert found("sort=size")[0] == "ป่าต้นน้ำ"


def walk(query: str) -> tuple[list[int], list[int]]:
    """The ids met going forwards to the end, and those met coming back from there."""
    asked = Asked.read(QueryDict(query))
    page = turned(asked, QueryDict(query))
    there, back = [row.id for row in page.rows], []
    while page.next:
        page = turned(asked, QueryDict(page.next))
        there += [row.id for row in page.rows]
    while page.previous:
        page = turned(asked, QueryDict(page.previous))
        back = [row.id for row in page.rows] + back
    return there, back


@pytest.mark.parametrize("sort", ["active", "name", "size"])
def test_pages_show_each_network_once_forwards_and_backwards(founder, sort):
    many_networks(55, founder)
    Network.objects.update(member_count=7, last_active_at=timezone.now())  # ties of every key
    there, back = walk(
        f"sort={sort}&kind=physical&sector=state&sector=civil&sector=community&sector=business"
    )
    assert len(there) == len(set(there))
    assert 20 < len(there) < 55
    assert back == there[: len(back)]
    assert len(there) - len(back) <= lists.SIZE
    there, _back = walk(f"sort={sort}")
    assert sorted(there) == sorted(Network.objects.values_list("pk", flat=True))


def test_who_becomes_active_meanwhile_shifts_no_page(founder):
    many_networks(45, founder)
    asked = Asked()
    first = turned(asked, QueryDict())
    after = QueryDict(first.next)
    second = [row.id for row in turned(asked, after).rows]
    last_of_first = first.rows[-1].id
    Network.objects.filter(pk=last_of_first).update(last_active_at=timezone.now() + timedelta(1))
    assert [row.id for row in turned(asked, after).rows] == second


@pytest.mark.parametrize(
    "cursor",
    [
        *(
            "x",
            "1",
            "1_",
            "_1",
            "x_1",
            "-1_5",
            "1_-5",
            "9" * 30 + "_1",
            "1_" + "9" * 30,
            "๑_๑",
            "1_1_1",
        ),
        *(
            "1.",
            ".1",
            "1.x",
            "-1.5",
            "1.-5",
            "9" * 30 + ".1",
            "1." + "9" * 30,
            "๑.๑",
            "1.1.1",
            "1.1_1",
        ),
    ],
)
def test_a_mangled_place_is_no_page(db, cursor):
    for sort in ("active", "size"):
        with pytest.raises(Http404):
            lists.page(Asked(sort=sort), {"after": cursor})


def test_a_mangled_place_by_name_is_no_page(db):
    for cursor in ("ก_x", "_1", "1", "ก" * 201 + "_1", "a\x00_1", "x.ก", "1.", "1.a\x00"):
        with pytest.raises(Http404):
            lists.page(Asked(sort="name"), {"before": cursor})


@pytest.mark.parametrize("sort", ["active", "name", "size"])
def test_addresses_of_before_the_id_stood_last_lead_where_they_led(founder, sort):
    many_networks(45, founder)
    Network.objects.filter(pk=Network.objects.first().pk).update(name="5.5 กิโลเมตร", sort_key="ก")
    first = turned(Asked(sort=sort), QueryDict())
    now = QueryDict(first.next)
    key, pk = now["after"].rsplit("_", 1)
    before = turned(Asked(sort=sort), {"after": f"{pk}.{key}"})
    assert before == turned(Asked(sort=sort), now)
    assert turned(Asked(sort=sort), QueryDict(before.previous)).rows == first.rows


def test_a_name_with_a_number_and_a_dot_is_no_address_of_before(founder):
    make_network("5.5 กิโลเมตร", founder)
    make_network("ก", founder)
    assert turned(Asked(sort="name"), {"after": "5.5 กิโลเมตร_0"}).rows != []


def test_the_count_stops_at_its_limit(founder, monkeypatch):
    many_networks(30, founder)
    monkeypatch.setattr(lists, "COUNTED", 10)
    assert lists.page(Asked(), QueryDict())[1] == 11


def test_words_that_many_have_find_the_same_in_the_same_order(founder, monkeypatch):
    many_networks(60, founder)
    make_network("ของคนอื่น", founder)
    Network.objects.exclude(name="ของคนอื่น").update(
        search_words=Value("'ทะเล':1B", output_field=SearchVectorField())
    )
    asked = [Asked(words="ทะเล", sort=sort) for sort in ("active", "name", "size")]
    few = [turned(one, QueryDict()) for one in asked]
    monkeypatch.setattr(lists, "COUNTED", 10)
    assert [turned(one, QueryDict()) for one in asked] == few
    assert [lists.page(one, QueryDict())[1] for one in asked] == [11] * 3


# -- who is in it -------------------------------------------------------------------------------------


@pytest.mark.parametrize("away", [hide, archive])
def test_what_is_hidden_or_archived_is_nowhere(founder, away):
    (tag,) = get_tags(["คลอง"])
    networks = [make_network(f"คลอง{n}", founder, provinces=[NAN]) for n in "หนึ่ง สอง สาม สี่".split()]
    for network in networks:
        TaggedNetwork.objects.create(network=network, tag=tag)
        change(network, featured_at=timezone.now())
    away(networks[0])
    gone = networks[0].name
    for query in ("", "q=คลอง", f"province={NAN}", "region=north", "tag=คลอง", "sort=name"):
        assert gone not in found(query), query
        assert len(found(query)) == 3
    for rows in (
        lists.featured(),
        lists.active(),
        lists.named("คลอง"),
        lists.tagged("คลอง")[0],
    ):
        assert len(rows) == 3
        assert gone not in [row.name for row in rows]


def test_what_was_featured_a_moment_ago_and_is_hidden_now_is_gone_at_once(founder):
    network = change(make_network("คลองแรก", founder), featured_at=timezone.now())
    assert [row.name for row in lists.featured()] == ["คลองแรก"]
    hide(network)
    assert lists.featured() == []


# -- what a row shows ---------------------------------------------------------------------------------


def test_a_row_says_who_what_where_and_how_many(founder):
    network = make_network(
        "คนเฝ้าป่า", founder, sectors=["state"], provinces=["50", "51", "52", "53", "54", "55"]
    )
    change(network, member_count=2140, organisation_count=1)
    row = turned(Asked(), QueryDict()).rows[0]
    assert row.places == "เชียงใหม่ ลำพูน ลำปาง อุตรดิตถ์"
    assert row.more_places == 2
    assert row.members == "2,140"
    assert row.sectors == "ภาครัฐ"


# -- the garland of home, and search ------------------------------------------------------------------


def test_home_has_the_eight_that_were_active_last_with_their_aims_for_one_query_a_minute(
    founder, django_assert_num_queries
):
    many_networks(12, founder)
    with django_assert_num_queries(1):
        beads = [lists.active(), lists.active()][1]
    expected = Network.objects.order_by("-last_active_at", "-pk").values_list("name", flat=True)[:8]
    assert [bead.name for bead in beads] == list(expected)
    assert all(bead.aim for bead in beads)


def test_search_shows_five_and_those_that_bear_the_word_in_their_name_first(founder):
    named = make_network("เพื่อนทะเล", founder)
    for n in range(7):
        make_network(f"กลุ่ม {n}", founder, aim="ดูแลทะเล")
    rows = lists.named("ทะเล")
    assert len(rows) == 5
    assert rows[0].name == named.name


def test_a_word_all_networks_have_is_not_looked_up_in_all_of_them(founder):
    many_networks(600, founder)
    last = Network.objects.order_by("-last_active_at", "-pk")[0]
    Network.objects.update(search_words=Value("'ทะเล':1B", output_field=SearchVectorField()))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE forums_network")
    lists.named("ทะเล")  # names are read once a minute
    with queries_of() as queries:
        rows = lists.named("ทะเล")
    assert len(rows) == 5
    assert rows[0].name == last.name
    assert work_of(queries).rows < 60
    change(last, search_words=None)
    Network.objects.exclude(pk=last.pk).update(search_words=None)
    rare = Network.objects.order_by("last_active_at", "pk")[0]
    change(rare, search_words=Value("'ทะเล':1B", output_field=SearchVectorField()))
    assert [row.name for row in lists.named("ทะเล")] == [rare.name]


# -- how fast -----------------------------------------------------------------------------------------


def test_two_thousand_networks_are_read_by_an_index(db):
    new_files()  # rows that other tests took back still stand in its indexes
    founder = make_member()
    many_networks(2000, founder)
    for sort, index in (
        ("active", "network_active"),
        ("name", "network_by_name"),
        ("size", "network_largest"),
    ):
        with queries_of() as found:
            page, count = lists.page(Asked(sort=sort), QueryDict())
        assert (len(page.rows), count) == (lists.SIZE, lists.COUNTED + 1)
        assert index in str(explained(found[-1]))
        assert work_of(found).rows <= count + lists.SIZE + 1
