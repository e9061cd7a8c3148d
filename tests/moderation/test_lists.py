"""The desk's lists: what the box finds, what a filter shows, what it all costs."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation import actions
from forums.moderation.desks.paginator import CappedPaginator
from forums.moderation.lookups import (
    members_by_handle,
    members_by_name,
    number_in,
    topics_by_title,
)
from forums.moderation.models import Decision
from forums.moderation.sanctions import actions as sanctions
from forums.moderation.trust.actions import set_trust
from tests.make import make_board, make_member, make_post, make_topic

WHY = "โฆษณา"


def listed(browser, url: str) -> list[int]:
    """The ids a list shows, top to bottom."""
    answer = browser.get(url)
    assert answer.status_code == 200, answer.status_code
    return [row.pk for row in answer.context["cl"].result_list]


# -- finding ------------------------------------------------------------------------------------


def test_topics_are_found_by_number_title_and_handle(as_, moderator, malee):
    water = make_topic(malee, title="น้ำท่วมหมู่บ้านแม่สาย ทำอย่างไรดี")
    forest = make_topic(make_member("ป่าไม้"), title="ป่าชุมชนกับน้ำซับ")
    browser = as_(moderator)
    for term, found in [
        (str(water.pk), [water.pk]),
        (f"%23{water.pk}", [water.pk]),
        ("น้ำท่วม", [water.pk]),
        ("หมู่บ้าน น้ำท่วม", [water.pk]),
        ("ป่าชุมชน", [forest.pk]),
        ("malee", [water.pk]),
        ("@mal", [water.pk]),
        ("MALEE", [water.pk]),
        ("ป่าไม้", [forest.pk]),
        ("ไม่มีคำนี้เลย", []),
        ("' | !", []),
        ("%25", []),
        ("_", []),
        ("9" * 40, []),
    ]:
        assert listed(browser, f"/admin/forums/topic/?q={term}") == found, term


def test_thai_digits_are_numbers_too():
    assert (number_in("๑๒๓"), number_in(" #45 "), number_in("1e3"), number_in("")) == (
        123, 45, None, None,
    )  # fmt: skip
    assert number_in("9" * 19) is None
    assert number_in(str(2**63 - 1)) == 2**63 - 1


def test_posts_are_found_by_number_topic_and_handle(as_, moderator, malee, somchai):
    topic = make_topic(malee)
    text = Post.objects.get(topic=topic)
    post = make_post(topic, somchai)
    make_post(make_topic(), make_member())
    browser = as_(moderator)
    assert post.pk in listed(browser, f"/admin/forums/post/?q={post.pk}")
    assert {text.pk, post.pk} <= set(listed(browser, f"/admin/forums/post/?q={topic.pk}"))
    assert listed(browser, "/admin/forums/post/?q=somchai") == [post.pk]


def test_members_are_found_by_number_handle_and_name(as_, moderator, malee, somchai):
    browser = as_(moderator)
    for term in (malee.pk, "malee", "มาลี", "มาลี คำ", "mal"):
        assert listed(browser, f"/admin/accounts/member/?q={term}") == [malee.pk], term


def test_an_address_finds_a_member_only_for_an_administrator(as_, moderator, malee):
    head = make_member(is_staff=True, is_superuser=True)
    url = f"/admin/accounts/member/?q={malee.email}"
    assert listed(as_(moderator), url) == []
    assert listed(as_(head), url) == [malee.pk]
    assert listed(
        as_(head), url.upper().replace("/ADMIN/ACCOUNTS/MEMBER/?Q", "/admin/accounts/member/?q")
    ) == [malee.pk]


def test_decisions_are_found_by_what_they_are_about(as_, moderator, malee):
    topic = make_topic(malee)
    of_topic = actions.pin(moderator=moderator, topic=topic, reason=WHY)
    of_member = sanctions.suspend(moderator=moderator, member=malee, reason=WHY)
    browser = as_(moderator)
    assert of_topic.pk in listed(browser, f"/admin/forums/decision/?q={topic.pk}")
    assert listed(browser, "/admin/forums/decision/?q=malee") == [of_member.pk]
    assert listed(browser, "/admin/forums/decision/?q=moderator") == [of_member.pk, of_topic.pk]


def test_each_state_has_its_filter(as_, moderator, board):
    topics = [make_topic(make_member(), board, kind=kind) for kind in ("news", "question", "news")]
    actions.hide_topic(moderator=moderator, topic=topics[0], reason=WHY)
    actions.lock(moderator=moderator, topic=topics[1], reason=WHY)
    browser = as_(moderator)
    url = "/admin/forums/topic/?"
    assert listed(browser, f"{url}state=hidden_at") == [topics[0].pk]
    assert listed(browser, f"{url}state=locked_at") == [topics[1].pk]
    assert listed(browser, f"{url}state=pinned_at") == []
    assert listed(browser, f"{url}kind__exact=news") == [topics[2].pk, topics[0].pk]
    assert listed(browser, f"{url}board__id__exact={make_board().pk}") == []
    assert len(listed(browser, f"{url}board__id__exact={board.pk}")) == 3
    post = make_post(topics[2])
    actions.hide_post(moderator=moderator, post=post, reason=WHY)
    assert listed(browser, "/admin/forums/post/?state=hidden_at") == [post.pk]
    assert listed(browser, "/admin/forums/decision/?act__exact=lock") == [
        Decision.objects.get(act="lock").pk
    ]


@pytest.mark.parametrize(
    "query",
    [
        "p=99999999999999999999999999", "p=-1", "p=x", "o=99.-3.x", "state=hidden_at'", "all=",
        "kind__exact=%F0%9F%98%80", "board__id__exact=x", "board__id__exact=99999999999999999999",
        "q=%FF%FE", "_facets=True", "_popup=1", "e=1", "_to_field=email", "act__exact=x",
        "created_at__gte=x", "created_at__gte=99999-01-01", "q=" + "น้ำ" * 400,
    ],
)  # fmt: skip
def test_nothing_a_browser_sends_breaks_a_list(query, as_, moderator, malee):
    actions.pin(moderator=moderator, topic=make_topic(malee), reason=WHY)
    browser = as_(moderator)
    for table in ("forums/topic", "forums/post", "forums/decision", "accounts/member"):
        assert browser.get(f"/admin/{table}/?{query}").status_code < 500


# -- cost ---------------------------------------------------------------------------------------


def queries(browser, url: str) -> list[str]:
    browser.get("/admin/forums/topic/")  # the footer's pages are now in this process's cache
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return [query["sql"] for query in captured]


def make_many(count: int, moderator) -> list[Topic]:
    """Topics in as many boards, each with a comment, a decision about it and one about its author."""
    topics = []
    for n in range(count):
        topic = make_topic(make_member(display_name=f"สมาชิก {n}"), make_board(f"ห้อง {n}"))
        actions.lock(moderator=moderator, topic=topic, reason=WHY)
        actions.hide_post(moderator=moderator, post=make_post_as_staff(topic), reason=WHY)
        set_trust(moderator=moderator, member=topic.author, level=1, reason=WHY)
        topics.append(topic)
    return topics


def make_post_as_staff(topic: Topic) -> Post:
    return make_post(topic, make_member(is_staff=True))  # a moderator may write in a closed topic


def test_no_page_runs_a_query_per_row(as_, moderator, django_assert_max_num_queries):
    browser = as_(moderator)
    topics = make_many(2, moderator)
    pages = [
        "/admin/",
        "/admin/forums/topic/",
        "/admin/forums/post/",
        "/admin/forums/decision/",
        "/admin/accounts/member/",
        "/admin/forums/topic/?q=ผู้ป่วย",
        "/admin/forums/post/?state=hidden_at",
        f"/admin/forums/topic/{topics[0].pk}/change/",
    ]

    def counted() -> dict[str, int]:
        caches["process"].clear()  # the figures of the first page are kept for ten minutes
        return {page: len(queries(browser, page)) for page in pages}

    few = counted()
    topics += make_many(38, moderator)
    for n in range(20):
        act = actions.pin if n % 2 == 0 else actions.unpin
        act(moderator=moderator, topic=topics[0], reason=WHY)
    assert counted() == few
    assert few.pop("/admin/") <= 30
    assert max(few.values()) <= 12, few


def test_asking_about_many_costs_as_much_as_about_two(as_, moderator):
    browser = as_(moderator)
    topics = make_many(20, moderator)
    url = "/admin/forums/topic/act/pin/?ids="
    two = queries(browser, url + ",".join(str(topic.pk) for topic in topics[:2]))
    all_of_them = queries(browser, url + ",".join(str(topic.pk) for topic in topics))
    assert len(all_of_them) == len(two)


def test_no_list_counts_its_table(as_, moderator):
    make_many(3, moderator)
    browser = as_(moderator)
    for table in ("forums/topic", "forums/post", "forums/decision", "accounts/member"):
        counting = [sql for sql in queries(browser, f"/admin/{table}/") if "COUNT(" in sql]
        assert counting
        assert all("LIMIT 1000" in sql for sql in counting), counting


def test_a_list_stops_counting_at_a_thousand(malee, board, as_, moderator):
    topics = [
        Topic(board=board, author=malee, last_author=malee, title="ก", slug="ก",
              created_at=malee.created_at, last_post_at=malee.created_at)
        for _ in range(1003)
    ]  # fmt: skip
    Topic.objects.bulk_create(topics)
    pages = CappedPaginator(Topic.objects.order_by("-pk"), 50)
    assert (pages.count, pages.num_pages, pages.is_capped) == (1000, 20, True)
    assert not CappedPaginator(
        Topic.objects.filter(pk__lte=topics[2].pk).order_by("pk"), 50
    ).is_capped
    page = as_(moderator).get("/admin/forums/topic/?p=20").content.decode()
    assert "เฉพาะ 1000 รายการล่าสุด" in page.replace(",", "")


def plan(rows, *, without: tuple[str, ...] = ("seqscan",)) -> str:
    """How PostgreSQL would read these rows in a large table, ways that suit a small one left out."""
    with connection.cursor() as cursor:
        for way in without:
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return rows.explain()


def test_handles_and_names_are_searched_by_an_index(malee):
    assert "handle_key" in plan(members_by_handle("mal")).split("Index Cond")[1]
    assert "sort_key" in plan(members_by_name("มาลี")).split("Index Cond")[1]
    small = ("seqscan", "indexscan", "indexonlyscan", "nestloop", "mergejoin")
    assert "search_heads" in plan(topics_by_title("น้ำท่วม"), without=small)


@pytest.mark.parametrize("state", ["hidden", "locked", "pinned", "deleted"])
def test_rare_states_are_read_from_their_own_index(state, board):
    rows = Topic.objects.filter(**{f"{state}_at__isnull": False}).order_by("-id")[:50]
    assert f"topic_{state}" in plan(rows)


def test_half_a_word_finds_members_topics_and_posts(as_, moderator, board):
    writer = make_member("writer", display_name="พี่นา อาสาหน่วยสอง")
    topic = make_topic(make_member(), board, title="ชวนอาสาสมัครเก็บขยะ")
    post = make_post(topic, make_member(), body="หน่วยกู้ภัยอาสาพร้อมแล้ว")
    browser = as_(moderator)
    assert listed(browser, "/admin/accounts/member/?q=อาสา") == [writer.pk]
    assert listed(browser, "/admin/forums/topic/?q=อาสา") == [topic.pk]
    assert post.pk in listed(browser, "/admin/forums/post/?q=อาสา")
    mine = make_topic(writer, board, title="เรื่องอื่น")
    assert listed(browser, "/admin/forums/topic/?q=พี่นา") == [mine.pk]


def test_an_unknown_number_is_left_out_and_the_others_go_on(as_, moderator, board):
    topic = make_topic(make_member(), board)
    url = f"/admin/forums/topic/act/hide/?ids={topic.pk},999999999,x"
    page = as_(moderator).get(url)
    assert topic.title in page.content.decode()
    assert "2" in page.content.decode().split('class="messagelist"')[1][:300]
    assert as_(moderator).post(url, {"reason": "ขายของ"}).status_code == 302
    topic.refresh_from_db()
    assert topic.hidden_at is not None
    assert as_(moderator).get("/admin/forums/topic/act/hide/?ids=999999999").status_code == 404


@pytest.mark.parametrize("table", ["topic", "post", "network", "organisation", "decision"])
def test_the_way_back_is_the_same_on_every_list(table, as_, moderator):
    page = as_(moderator).get(f"/admin/forums/{table}/").content.decode()
    crumbs = page.split('class="breadcrumbs"')[1].split("</ol>")[0]
    assert crumbs.count("<li") == 2
    assert "ดูแลเว็บ" in crumbs
