"""The fields beside the box: what they read, what they say, and which boards they offer."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from forums.discussions.boards.models import Access, OpenTo
from forums.groups.memberships.models import forget_roles
from forums.search.query.asking import ask
from forums.search.query.forms import PARAMS, Filters
from forums.search.query.language import read
from tests.make import join, make_board, make_member, make_network, make_network_board

VISITOR = AnonymousUser()


def form(query: str = "", member=VISITOR) -> Filters:
    return Filters(QueryDict(query), member=member)


def test_it_has_every_field_one_can_ask_by(db):
    assert list(form().form.fields) == PARAMS
    assert form("q=น้ำ").asked() == {}
    assert not form("q=น้ำ").is_used


def test_what_stands_in_it_is_what_is_asked():
    query = (
        "author=malee&in=health&network=คลอง&tag=ข้าว+น้ำ&kind=news&kind=article"
        "&after=31/1/2569&before=มี.ค. 2569&image=on&answered=unanswered&q=x&page=9"
    )
    found = form(query)
    assert found.is_used
    assert found.asked() == {
        "author": "malee",
        "in": "health",
        "network": "คลอง",
        "tag": "ข้าว น้ำ",
        "kind": ["news", "article"],
        "after": "2026-01-31",
        "before": "2026-03-01",
        "image": True,
        "answered": "unanswered",
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        *(("after=31/2/2569", "after"), ("before=ไม่รู้", "before"), ("kind=poem", "kind")),
        *(("answered=perhaps", "answered"), (f"author={'ก' * 300}", "author")),
    ],
)
def test_what_it_cannot_read_is_said_there_and_left_out(query, field):
    found = form(f"{query}&image=1")
    assert found.asked() == {"image": True}
    assert set(found.form.errors) == {field}
    assert found.is_used
    assert found.form[field].value() in (
        query.split("=")[1],
        ["poem"],
    )  # still there as it was typed


def test_hostile_values_stop_nothing(db):
    for value in ("%00", "%ED%A0%80", "'; drop table--", "x" * 9_000, "%E2%80%AE", "ๆ", "-1"):
        found = form("&".join(f"{name}={value}" for name in PARAMS))
        ask(read(value), found.asked(), member=VISITOR)
        assert found.form.as_div()


def test_it_offers_the_boards_one_sees(db, moderator, django_assert_num_queries):
    """The house's and those of one's own networks; and the one asked for, if one may see it."""
    health = make_board("สุขภาพชุมชน", slug="health")
    make_board("เวรผู้ป่วย", slug="room", parent=health)
    make_board("ห้องสมาชิก", slug="members", read=Access.MEMBERS)
    make_board("ห้องผู้ดูแล", slug="staff", read=Access.STAFF)
    network = make_network("คนรักคลอง")
    inside = make_network_board(network, OpenTo.NETWORK, "ห้องใน")
    outside = make_network_board(network, OpenTo.EVERYONE, "ลานคลอง")
    insider, outsider = make_member(), make_member()
    join(network, insider)
    forget_roles(insider)

    def offered(member, query: str = "") -> set[str]:
        found = set()
        for value, label in form(query, member).form.fields["in"].choices:
            found |= {slug for slug, _name in label} if isinstance(label, list) else {value}
        return found - {""}

    assert offered(VISITOR) == {"health", "room"}
    assert offered(outsider) == {"health", "room", "members"}
    assert offered(insider) == {"health", "room", "members", inside.slug, outside.slug}
    assert offered(moderator) == {"health", "room", "members", "staff"}
    assert offered(VISITOR, f"in={outside.slug}") == {"health", "room", outside.slug}
    assert offered(VISITOR, f"in={inside.slug}") == {"health", "room"}
    assert not form(f"in={inside.slug}").form.errors  # nor is it told that there is one
    assert f'value="{outside.slug}" selected' in str(form(f"in={outside.slug}").form["in"])
    with django_assert_num_queries(0):
        form("in=health&author=x").asked()
    with django_assert_num_queries(1):
        str(form().form["in"])
