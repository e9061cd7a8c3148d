"""A few networks for somebody who is in none: by matter and province, never by size or praise."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.groups.directory.fitting import AWAKE, fitting, offered_tags
from forums.groups.networks.models import Network
from tests.groups.networks.many import many_networks
from tests.make import join, make_network


def found(member, *, matter: str = "", tags: tuple[str, ...] = (), province: str = "") -> list[str]:
    return [
        fit.network.name for fit in fitting(member, matter=matter, tags=tags, province=province)
    ]


@pytest.fixture
def networks(db):
    """From the one that talked longest ago to the one that talked last."""
    make_network("ป่าน่าน", aim="เฝ้าไฟ", provinces=["55"])
    make_network("ป่าสตูล", aim="ปลูกป่า", provinces=["91"])
    make_network("ข้าวน่าน", aim="ปลูกข้าวอินทรีย์", provinces=["55"])
    make_network("ป่าทั้งประเทศ", aim="คุยเรื่องกฎหมาย", nationwide=True)
    make_network("ครูทั้งประเทศ", aim="สอนต่อกัน", nationwide=True)


def test_what_fits_both_comes_first_then_the_matter_then_the_place(networks, visitor):
    assert found(visitor, matter="อยากดูแลป่า", province="55") == ["ป่าน่าน", "ป่าทั้งประเทศ", "ป่าสตูล"]
    assert found(visitor, matter="ข้าวครับ", province="91") == ["ข้าวน่าน", "ป่าสตูล"]


def test_a_matter_alone_and_a_province_alone(networks, visitor):
    assert found(visitor, matter="ป่า") == ["ป่าทั้งประเทศ", "ป่าสตูล", "ป่าน่าน"]
    assert found(visitor, province="55") == ["ข้าวน่าน", "ป่าน่าน", "ครูทั้งประเทศ"]


def test_asked_for_nothing_those_that_talked_last(networks, visitor):
    assert found(visitor) == ["ครูทั้งประเทศ", "ป่าทั้งประเทศ", "ข้าวน่าน"]


def test_where_a_matter_fits_nothing_the_whole_country_is_no_answer(networks, visitor):
    assert found(visitor, matter="ดาราศาสตร์", province="10") == []


@pytest.mark.parametrize("matter", ["และ", "อยากช่วย", "🙏", "   ", "' & !", "|"])
def test_words_that_tell_nothing_raise_nothing(networks, visitor, matter):
    found(visitor, matter=matter)


def test_why_each_stands_there_is_told(networks, visitor):
    fits = fitting(visitor, matter="ป่า", tags=(), province="55")
    why = {fit.network.name: (fit.by_matter, fit.by_place) for fit in fits}
    assert why == {
        "ป่าน่าน": (True, True), "ป่าทั้งประเทศ": (True, False), "ป่าสตูล": (True, False),
    }  # fmt: skip


def test_a_tag_finds_those_that_carry_it(networks, visitor):
    make_network("คนเฝ้าดอย", tags=["ไฟป่า"])
    assert found(visitor, tags=("ไฟป่า",)) == ["คนเฝ้าดอย"]


def test_the_rarer_word_weighs_more_than_the_common_one(visitor, db):
    make_network("รถเข็นสุขภาพ", aim="รถเข็นยืมข้ามตำบล")
    for n in range(3):
        make_network(f"สุขภาพดี {n}", aim="สุขภาพ")
    assert found(visitor, matter="รถเข็นสุขภาพ")[0] == "รถเข็นสุขภาพ"


def test_neither_size_nor_praise_moves_one_up(networks, visitor):
    Network.objects.filter(name="ป่าน่าน").update(
        member_count=5000, verified_at=timezone.now(), featured_at=timezone.now()
    )
    assert found(visitor, matter="ป่า") == ["ป่าทั้งประเทศ", "ป่าสตูล", "ป่าน่าน"]


@pytest.mark.parametrize(
    "fields",
    [
        {"hidden_at": timezone.now()},
        {"archived_at": timezone.now()},
        {"joining": "invitation"},
        {"last_active_at": timezone.now() - AWAKE - timedelta(days=1)},
    ],
    ids=["hidden", "archived", "by invitation", "asleep"],
)
def test_what_she_cannot_join_or_nobody_talks_in_is_not_offered(networks, moderator, fields):
    make_network("ดาวเหนือ", aim="ดาราศาสตร์", tags=["ดูดาว"], provinces=["10"])
    assert found(moderator, matter="ดาราศาสตร์") == ["ดาวเหนือ"]
    assert [tag.name for _key, tag in offered_tags()] == ["ดูดาว"]
    Network.objects.filter(name="ดาวเหนือ").update(**fields)
    assert found(moderator, matter="ดาราศาสตร์", tags=("ดูดาว",), province="10") == []
    assert "ดาวเหนือ" not in found(moderator)


def test_nor_is_one_she_is_in(networks, malee):
    join(Network.objects.get(name="ป่าสตูล"), malee)
    assert found(malee, matter="ป่า") == ["ป่าทั้งประเทศ", "ป่าน่าน"]


def test_it_takes_two_questions_however_many_there_are(founder, visitor, django_assert_num_queries):
    many_networks(60, founder)
    with django_assert_num_queries(2):
        assert len(fitting(visitor, matter="", tags=(), province="")) == 3
    with django_assert_num_queries(1):
        offered_tags()
        offered_tags()
