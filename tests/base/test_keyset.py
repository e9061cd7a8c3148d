"""forums.base.keyset: lists turned page by page, and what their addresses may say."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.http import Http404
from django.template.loader import render_to_string

from forums.base.constant_sql import select
from forums.base.keyset import DAY, MOMENT, NUMBER, REAL, TEXT, Keyset, Page, Place, kept
from forums.tags.models import Tag

NOON = datetime(2026, 11, 22, 5, 0, 0, 123456, tzinfo=UTC)


def asked(query_string: str) -> dict[str, str]:
    return dict(parse_qsl(query_string, strict_parsing=True))


# -- What stands in an address ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "thing", "written"),
    [
        (NUMBER, 0, "0_7"),
        (NUMBER, 2**63 - 1, "9223372036854775807_7"),
        (MOMENT, NOON, "1795323600123456_7"),
        (MOMENT, datetime(1970, 1, 1, tzinfo=UTC), "0_7"),
        (REAL, 3.25, "3.25_7"),
        (REAL, -1.5e-07, "-1.5e-07_7"),
        (REAL, 1e22, "1e%2B22_7"),  # a bare + would be read as a space
        (DAY, date(2026, 11, 22), "2026-11-22_7"),
        (TEXT, "บ้าน_ดิน & เพื่อน", None),
        (TEXT, "12_7", "12_7_7"),
    ],
)
def test_every_kind_of_value_comes_back_as_it_was(value, thing, written):
    keyset = Keyset({"key": value, "id": NUMBER})
    link = keyset.onward_from({"key": thing, "id": 7})
    assert written is None or link == f"after={written}"
    assert keyset.place(asked(link)) == Place((thing, 7))
    assert keyset.onward_from(SimpleNamespace(key=thing, id=7)) == link


def test_one_column_is_enough_and_three_are_not_too_many():
    assert Keyset({"id": NUMBER}).onward_from({"id": 5}) == "after=5"
    three = Keyset({"day": DAY, "number": NUMBER, "id": NUMBER})
    link = three.onward_from({"day": date(2026, 1, 2), "number": 3, "id": 4})
    assert link == "after=2026-01-02_3_4"
    assert three.place(asked(link)).values == (date(2026, 1, 2), 3, 4)


def test_what_stays_asked_for_stands_before_the_place():
    assert kept(q="น้ำ ท่วม/1", view="", of="ก&ข") == (
        "q=%E0%B8%99%E0%B9%89%E0%B8%B3%20%E0%B8%97%E0%B9%88%E0%B8%A7%E0%B8%A1/1&of=%E0%B8%81%26%E0%B8%82"
    )
    assert kept(q="", view="") == ""
    assert Keyset({"id": NUMBER}).onward_from({"id": 5}, kept(q="ก")) == "q=%E0%B8%81&after=5"


HOSTILE = [
    "x", "_", "__", "1", "1_", "_1", "1_2_3", "1-2", "1.2", " 1_2", "1_2 ", "1_2\n", "1 _2", "+1_2",
    "-1_2", "1_-2", "01_2", "1_02", "๑_๒", "1_๒", "１_２", "1_x", "x_1", "1e3_2", "0x1_2",
    "9223372036854775808_1", "1_9223372036854775808", "9" * 30 + "_1", "9" * 5000 + "_1", "\0", "1_2\0",
    "\0_1", "nan_1", "inf_1", "-inf_1", "1e400_1", "1_1'", "1_1;--", "(1)_1", "None_1", "true_1",
]  # fmt: skip


@pytest.mark.parametrize("cursor", HOSTILE)
@pytest.mark.parametrize("name", ["before", "after"])
@pytest.mark.parametrize("value", [NUMBER, MOMENT, REAL, DAY])
def test_a_place_that_nobody_wrote_is_404(value, name, cursor):
    keyset = Keyset({"key": value, "id": NUMBER}, onward="before", back="after")
    with pytest.raises(Http404):
        keyset.place({name: cursor})


@pytest.mark.parametrize(
    ("value", "cursor"),
    [
        (MOMENT, f"{2**53}_1"), (MOMENT, "1.5_1"), (REAL, "1.50_1"), (REAL, "1_000.0_1"),
        (DAY, "20261122_1"), (DAY, "2026-W47-7_1"), (DAY, "2026-02-30_1"), (DAY, "๒๕๖๙-๐๑-๐๑_1"),
        (TEXT, "_1"), (TEXT, "ก"), (TEXT, "ก_"), (TEXT, "ก\0_1"), (TEXT, "ก" * 201 + "_1"), (TEXT, "ก_x"),
    ],
)  # fmt: skip
def test_so_is_one_that_only_looks_like_a_value(value, cursor):
    with pytest.raises(Http404):
        Keyset({"key": value, "id": NUMBER}).place({"after": cursor})


@pytest.mark.parametrize(
    "cursor", ["x", "-1", "1_2", "0_1", "๑", "9223372036854775808", "1\0", " 1"]
)
def test_so_is_a_mangled_id_alone(cursor):
    with pytest.raises(Http404):
        Keyset({"id": NUMBER}).place({"after": cursor})


def test_an_empty_place_is_the_first_page_and_a_name_the_list_does_not_know_is_nothing():
    both = Keyset({"id": NUMBER}, onward="before", back="after")
    assert both.place({}) is both.place({"before": "", "after": ""}) is None
    assert both.place({"before": "3"}) == Place((3,), is_back=False)
    assert both.place({"after": "3"}) == Place((3,), is_back=True)
    assert Keyset({"id": NUMBER}, onward="before").place({"after": "x"}) is None


# -- Turning pages ----------------------------------------------------------------------------------


@pytest.fixture
def tags(db):
    """Eleven, some used as often as others; two of one sort key."""
    for n, count in enumerate([5, 5, 5, 5, 3, 3, 2, 1, 1, 1, 0]):
        Tag.objects.create(
            name=f"ป้าย {n}",
            key=f"t{n}",
            slug=f"t{n}",
            sort_key="ก" * (n // 2 + 1),
            topic_count=count,
        )
    return Tag.objects.all()


BY_ID = {"id": NUMBER}
BY_COUNT = {"topic_count": NUMBER, "id": NUMBER}
BY_NAME = {"sort_key": TEXT, "id": NUMBER}
LOOKED_UP = {"sort_key": None, "id": NUMBER}


def among(keyset):
    return Tag.objects if len(keyset.written) < len(keyset.columns) else None


def by_the_orm(keyset, found, query):
    return keyset.page(found, query, size=3, among=among(keyset))


def by_a_statement(keyset, _found, query):
    place = keyset.place(query, among=among(keyset))
    columns = [f"t.{name}" for name in keyset.columns]
    where = keyset.beyond_sql(columns, place) if place else "TRUE"
    ids = select(
        f"SELECT id FROM forums_tag t WHERE {where} ORDER BY {keyset.order_sql(columns, place)} LIMIT 4",
        **(keyset.values_sql(place) if place else {}),
    )
    rows = Tag.objects.in_bulk([pk for (pk,) in ids])
    return keyset.page_of([rows[pk] for (pk,) in ids], place, size=3)


@pytest.mark.parametrize("columns", [BY_ID, BY_COUNT, BY_NAME, LOOKED_UP])
@pytest.mark.parametrize("falling", [True, False])
@pytest.mark.parametrize("read", [by_the_orm, by_a_statement])
def test_every_row_is_met_once_onward_and_back(tags, read, falling, columns):
    keyset = Keyset(columns, falling=falling, onward="onward", back="back")
    pages, page = [], read(keyset, tags, {})
    assert (page.is_first, page.previous) == (True, "")
    while True:
        pages.append(page)
        if not page.next:
            break
        page = read(keyset, tags, asked(page.next))
        assert not page.is_first
    assert [len(page.rows) for page in pages] == [3, 3, 3, 2]
    met = [tag.pk for page in pages for tag in page.rows]
    in_order = tags.order_by(*(f"-{name}" if falling else name for name in columns))
    assert met == [tag.pk for tag in in_order]

    back = [page.rows]
    while page.previous:
        page = read(keyset, tags, asked(page.previous))
        back.insert(0, page.rows)
        assert page.next
    assert back == [page.rows for page in pages]
    assert not page.is_first  # one came back to it: the way to the first page stands there still


def test_a_list_that_is_only_read_onward_has_no_way_back(tags):
    keyset = Keyset(BY_ID)
    second = keyset.page(tags, asked(keyset.page(tags, {}, size=3).next), size=3)
    assert (second.previous, second.is_first) == ("", False)


def test_beyond_the_last_row_is_an_empty_page(tags):
    page = Keyset(BY_ID, back="before").page(tags, {"after": str(2**63 - 1)}, size=3)
    assert (page.rows, page.previous, page.next, page.is_first) == ([], "", "", False)


def test_rows_may_be_read_another_way_and_shown_another_way(tags):
    keyset = Keyset(BY_COUNT, falling=True)
    page = keyset.page(
        tags, {}, size=2, read=lambda found: list(found.values("id", "topic_count", "name"))
    )
    shown = page.with_rows([row["name"] for row in page.rows])
    assert shown == Page(["ป้าย 3", "ป้าย 2"], next=page.next)
    assert keyset.place(asked(shown.next)).values == (5, page.rows[-1]["id"])


def test_a_row_that_is_not_among_those_it_is_looked_up_in_is_404(tags):
    keyset = Keyset(LOOKED_UP)
    one = tags.first()
    assert keyset.place({"after": str(one.pk)}, among=tags).values == (one.sort_key, one.pk)
    for pk, others in ((one.pk, tags.exclude(pk=one.pk)), (2**63 - 1, tags)):
        with pytest.raises(Http404):
            keyset.place({"after": str(pk)}, among=others)


def test_a_page_costs_one_query_and_no_offset(tags, django_assert_num_queries):
    keyset = Keyset(BY_COUNT, falling=True)
    onward = asked(keyset.page(tags, {}, size=3).next)
    with django_assert_num_queries(1) as captured:
        keyset.page(tags, onward, size=3)
    (sql,) = [query["sql"] for query in captured]
    assert "LIMIT 4" in sql
    assert "OFFSET" not in sql


def test_an_index_is_read_from_the_place_on(tags):
    keyset = Keyset({"sort_key": TEXT, "id": NUMBER})
    found = tags.filter(keyset.beyond(Place(("กก", 1)))).order_by(*keyset.order())
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort"):  # eleven rows are read anyhow
            cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = found.explain()
    assert "tag_by_name" in plan.split("Index Cond")[0]
    assert "sort_key >=" in plan.split("Index Cond")[1]


# -- What the pages say -----------------------------------------------------------------------------


def pager(page, **words):
    words = {"next_label": "ต่อไป"} | words
    return render_to_string("components/keyset_pager.html", {"page": page, **words})


def test_one_page_alone_has_no_pager():
    assert "<nav" not in pager(Page([1, 2]), start_label="ต้น")


def test_the_pager_links_to_the_pages_beside():
    html = pager(
        Page([1], previous="q=1&before=5", next="q=1&after=9", is_first=False),
        previous_label="ก่อนหน้า", start_label="ต้น", place="#lines",
    )  # fmt: skip
    assert 'href="?q=1&amp;before=5#lines" rel="prev">ก่อนหน้า<' in html
    assert 'href="?q=1&amp;after=9#lines" rel="next">ต่อไป<' in html
    assert "ต้น" not in html


def test_the_pager_leads_back_to_the_first_page_where_there_is_no_page_before():
    page = Page([1], next="after=9", is_first=False, start="q=1")
    assert 'href="?q=1">ต้น<' in pager(page, start_label="ต้น")
    assert "ต้น" not in pager(page)


def test_moments_are_whole_microseconds_however_late():
    """Floats lose microseconds from some day on; these are counted."""
    late = datetime(2200, 1, 1, tzinfo=UTC) + timedelta(microseconds=1)
    keyset = Keyset({"at": MOMENT})
    assert keyset.place(asked(keyset.onward_from({"at": late}))).values == (late,)
