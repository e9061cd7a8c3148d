"""Filters looked up: by every name a thing has, among what the reader may see, and nothing else."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.discussions.boards.models import Access, Board, OpenTo
from forums.groups.memberships.models import forget_roles
from forums.groups.networks.models import NetworkAddress
from forums.moderation.merging.actions import merge
from forums.moderation.networks import actions
from forums.search.query.asking import ask
from forums.search.query.filters import FILTERS
from forums.search.query.language import MAX_FILTERS, MAX_TERMS, Question, Term, read
from forums.search.results.find import find
from forums.tags.models import Tag
from forums.text.thai import sort_key
from tests.benchmarks.plans import queries_of, work_of
from tests.make import (
    join,
    make_board,
    make_member,
    make_network,
    make_network_board,
    make_topic,
)

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def asked(line: str, member=VISITOR, **fields) -> Question:
    return ask(
        read(line), {name.rstrip("_"): value for name, value in fields.items()}, member=member
    )


def test_authors_by_handle_and_by_the_name_shown(malee, somchai):
    for line in ("author:malee", "@MALEE", 'โดย:"มาลี คำหล้า"', "โดย:มาลีคำหล้า", "ผู้เขียน: malee"):
        assert asked(line) == Question(wanted={"author": (malee.pk,)}), line
    assert asked("@malee @somchai").wanted["author"] == tuple(sorted([malee.pk, somchai.pk]))
    assert asked("-@malee @somchai").without == {"author": (malee.pk,)}
    malee.is_active = False  # what she wrote is still there
    malee.save()
    assert asked("@malee").wanted["author"] == (malee.pk,)


def test_a_name_two_people_share_is_nobodys(malee):
    twin = make_member("malee2", display_name="มาลี  คำหล้า")
    found = asked('โดย:"มาลี คำหล้า" น้ำ')
    assert found.wanted == {}
    assert found.terms == (Term("น้ำ"), Term("มาลี คำหล้า", exact=True))
    assert "มาลี คำหล้า" in found.notices[0]
    assert found.notices != asked("โดย:ใครไม่รู้").notices
    make_member("คำแก้ว", display_name="มาลีวัลย์")
    assert asked("@malee2").wanted["author"] == (twin.pk,)
    make_member("somsri", display_name="malee2")  # an address is stronger than a name
    assert asked("@malee2").wanted["author"] == (twin.pk,)


def test_boards_by_address_and_by_name(malee):
    health = make_board("สุขภาพชุมชน ๒๕๖๙", slug="health")
    other = make_board("น้ำ (และ ป่า)", slug="ลำน้ำ")
    for line in ("in:health", "ห้อง:HEALTH", "ใน:สุขภาพชุมชน2569", 'in:"สุขภาพ ชุมชน 2569"'):
        assert asked(line) == Question(wanted={"board": (health.pk,)}), line
    for line in ("in:น้ำและป่า", "in:ลำน้ำ"):
        assert asked(line).wanted["board"] == (other.pk,), line
    both = asked("in:health ห้อง:ลำน้ำ")
    assert both.wanted["board"] == tuple(sorted([health.pk, other.pk]))
    assert asked("-in:health in:ลำน้ำ") == Question(
        wanted={"board": (other.pk,)}, without={"board": (health.pk,)}
    )


def test_a_board_is_known_by_its_name_without_reading_all_boards():
    """Each network has its rooms: there are ten thousand, and a filter names one."""
    Board.objects.bulk_create(
        Board(name=f"ห้อง {n}", sort_key=sort_key(f"ห้อง {n}"), slug=f"room-{n}") for n in range(1000)
    )
    health = make_board("สุขภาพชุมชน ๒๕๖๙", slug="health")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE forums_board")
    with queries_of() as queries:
        found = asked("ใน:สุขภาพชุมชน2569").wanted["board"]
    assert found == (health.pk,)
    assert work_of(queries).rows < 20


def test_networks_by_address_by_name_and_by_what_they_were(moderator):
    canal = make_network("คนรักคลอง")
    old = make_network("เพื่อนคลอง")
    NetworkAddress.objects.create(slug="คลองเก่า", network=canal)
    for line in (
        f"network:{canal.slug}",
        "เครือข่าย:คนรักคลอง",
        'network:"คน รัก คลอง"',
        "network:คลองเก่า",
    ):
        assert asked(line) == Question(wanted={"network": (canal.pk,)}), line
    assert asked("-network:คนรักคลอง").without == {"network": (canal.pk,)}
    merge(moderator=moderator, network=old, into=canal, reason="เป็นเครือข่ายเดียวกัน")
    assert asked("network:เพื่อนคลอง").wanted["network"] == (canal.pk,)
    actions.archive(moderator=moderator, network=canal, reason="จบงานแล้ว")
    assert asked("network:คนรักคลอง").wanted["network"] == (canal.pk,)


def test_tags_by_every_spelling():
    make_topic(tags=["ข้าวหอม", "Rice"])
    jasmine, rice = Tag.objects.get(name="ข้าวหอม"), Tag.objects.get(name="Rice")
    assert asked("tag:RICE #ข้าวหอม") == Question(
        wanted={"tag": tuple(sorted([jasmine.pk, rice.pk]))}
    )
    assert asked("-แท็ก:rice").without == {"tag": (rice.pk,)}


def test_kinds_days_pictures_and_answers():
    assert asked("kind:question ชนิด:ข่าว -kind:article") == Question(
        wanted={"kind": ("question", "news")}, without={"kind": ("article",)}
    )
    days = asked("after:2569 after:2569-03 before:2570 before:2571-01-05 -before:2568").wanted
    assert set(days) == {"after", "before"}
    assert set(days["after"]) == {"2026-01-01", "2026-03-01", "2025-01-01"}  # -before: from it on
    # every day must hold: the latest "after" and the earliest "before"
    assert FILTERS["after"].binds(days["after"]).date() == date(2026, 3, 1)
    assert FILTERS["before"].binds(days["before"]).date() == date(2027, 1, 1)
    assert asked("-after:2569") == Question(wanted={"before": ("2026-01-01",)})
    assert asked("has:image").wanted == {"has": ("image",)}
    assert asked("-มี:รูป").wanted == {"has": ("no image",)}
    assert asked("is:answered").wanted == {"is": ("answered",)}
    assert (
        asked("is:unanswered") == asked("-is:answered") == Question(wanted={"is": ("unanswered",)})
    )
    assert asked("is:answered is:unanswered") == Question()  # either will do
    assert asked("") == Question()
    assert asked("").is_empty
    assert not asked("has:image").is_empty
    assert find(Question(wanted={"has": ("no image",)}), member=VISITOR).matches == []


READERS = ("visitor", "outsider", "insider", "moderator")


@pytest.fixture
def people(moderator):
    return {
        "visitor": VISITOR,
        "outsider": make_member(),
        "insider": make_member(),
        "moderator": moderator,
    }


@pytest.mark.parametrize(
    ("thing", "seen_by"),
    [
        ("members' board", "outsider insider moderator"),
        ("staff's board", "moderator"),
        ("network's board", "insider moderator"),
        ("hidden network", "moderator"),
        ("merged into a hidden one", "moderator"),
        ("tag of a network's board", "insider moderator"),
        ("tag of a hidden topic", ""),
    ],
)
def test_only_what_one_may_see_is_found(thing, seen_by, people, moderator):
    """Who may not see it reads the same as for a name nobody ever used."""
    network = make_network("คนรักคลอง")
    join(network, people["insider"])
    inside = make_network_board(network, OpenTo.NETWORK, "ห้องลับ")
    key, name = "in", "ห้องลับ"
    match thing:
        case "members' board":
            make_board("ห้องปิด", read=Access.MEMBERS, slug="closed")
            name = "closed"
        case "staff's board":
            make_board("ห้องปิด", read=Access.STAFF)
            name = "ห้องปิด"
        case "network's board":
            assert asked(f"in:{inside.slug}", moderator).wanted["board"] == (inside.pk,)
        case "hidden network":
            actions.hide(moderator=moderator, network=network, reason="รอตรวจสอบ")
            key, name = "network", "คนรักคลอง"
        case "merged into a hidden one":
            old = make_network("เพื่อนคลอง")
            merge(moderator=moderator, network=old, into=network, reason="เป็นเครือข่ายเดียวกัน")
            actions.hide(moderator=moderator, network=network, reason="รอตรวจสอบ")
            key, name = "network", "เพื่อนคลอง"
        case "tag of a network's board":
            make_topic(network.registered_by, inside, tags=["ความลับ"])
            key, name = "tag", "ความลับ"
        case "tag of a hidden topic":
            topic = make_topic(tags=["ความลับ"])
            type(topic).objects.update(hidden_at=topic.created_at)
            Tag.objects.update(topic_count=0)
            key, name = "tag", "ความลับ"
    name_of = {"in": "board", "network": "network", "tag": "tag"}[key]
    for who, member in people.items():
        forget_roles(member)
        for found in (asked(f"{key}:{name}", member), asked("", member, **{f"{key}_": name})):
            if who in seen_by.split():
                assert len(found.wanted[name_of]) == 1, who
                assert found.terms == found.notices == (), who
            else:
                nobody = asked(f"{key}:ไม่มีจริง", member)
                assert found.terms == (Term(name),), who
                assert [said.replace(name, "…") for said in found.notices] == [
                    said.replace("ไม่มีจริง", "…") for said in nobody.notices
                ]
                assert found.wanted == {}
                assert len(found.notices) == 1


def test_what_is_not_found_keeps_its_place_among_the_words_and_its_minus():
    found = asked('น้ำ in:"ไม่มี ห้องนี้" -tag:ไม่มีแท็ก kind:แปลก')
    assert found.terms == (
        *(Term("น้ำ"), Term("แปลก")),
        *(Term("ไม่มี ห้องนี้", exact=True), Term("ไม่มีแท็ก", excluded=True)),
    )
    assert len(found.notices) == 3
    assert found.without == {}


def test_the_fields_of_the_form_ask_the_same(malee):
    board = make_board("สุขภาพชุมชน", slug="health")
    network = make_network("คนรักคลอง")
    make_topic(tags=["ข้าว", "น้ำ"])
    by_line = asked(
        "@malee in:health network:คนรักคลอง #ข้าว #น้ำ kind:news kind:article"
        " after:2569-01-31 before:2570 has:image is:answered"
    )
    by_field = asked(
        "", author="@malee", in_="health", network="คนรักคลอง", tag="#ข้าว, น้ำ",
        kind=["news", "article"], after="2026-01-31", before="2570", image=True, answered="answered",
    )  # fmt: skip
    assert by_field == by_line
    assert by_line.wanted["board"] == (board.pk,)
    assert by_line.wanted["network"] == (network.pk,)
    both = asked("น้ำ @malee", in_="health", author="malee")
    assert both == Question(
        terms=(Term("น้ำ"),), wanted={"author": (malee.pk,), "board": (board.pk,)}
    )
    nothing = asked(
        "น้ำ", author="", kind=[], after="เมื่อไหร่ดี", image=False, answered="ใช่", other="x"
    )
    assert nothing == Question(terms=(Term("น้ำ"),))


def test_words_and_filters_have_their_limits_here_as_well():
    line = read(" ".join(f"w{n}" for n in range(MAX_TERMS)) + " in:ไม่มี")
    found = ask(line, {"tag": " ".join(f"t{n}" for n in range(40))}, member=VISITOR)
    assert len(found.terms) == MAX_TERMS
    assert len(found.notices) == 2 + MAX_FILTERS
    found = ask(read("x"), {"author": "\0" * 9_000, "in": ["ก" * 9_000] * 90}, member=VISITOR)
    assert found.terms == (Term("x"), Term("ก" * 200))


def test_one_query_for_each_kind_of_filter_and_none_without(malee):
    make_network("คนรักคลอง")
    make_topic(tags=["ข้าว"])
    lines = {
        'น้ำ "แม่น้ำ" -บ้าน kind:news before:2569 has:image is:answered': 0,
        "โดย:มาลี @malee -@somchai author:ใคร": 1,
        "in:a in:b -in:c": 1,
        "network:คนรักคลอง -network:b": 1,
        "#ข้าว #น้ำ -#ปลา": 1,
        "@malee in:a network:b #ข้าว": 4,
    }
    for member in (VISITOR, malee):
        asked("in:a", member)  # her roles are known from then on
        for line, count in lines.items():
            with CaptureQueriesContext(
                connection,
            ) as made:
                asked(line, member)
            assert len(made) == count, line
