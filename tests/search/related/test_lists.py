"""forums.search.related.lists and relating: topics near a title, and under every topic."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from forums.discussions.boards.models import Access, OpenTo
from forums.discussions.openings.actions import delete_topic, edit_topic
from forums.discussions.topics.models import Topic
from forums.moderation import actions as moderation
from forums.search.index.models import SearchWord
from forums.search.related import lists, storing
from forums.search.related.lists import related_to, shown_under, similar_topics
from tests.make import (
    join,
    make_board,
    make_member,
    make_network,
    make_network_board,
    make_post,
    make_topic,
)

FLOOD = "น้ำท่วมหมู่บ้านริมคลอง"
ASKED = "น้ำท่วมหมู่บ้านเรา"


def titles(found) -> list[str]:
    return [topic.title for topic in found]


# -- while a title is typed -----------------------------------------------------------------------


def test_a_title_finds_those_that_share_its_words(malee, board):
    make_topic(malee, board, title="เดินเยี่ยมผู้ป่วยติดเตียงอย่างไรไม่ให้เหนื่อย")
    make_topic(malee, board, title="ราคายางพาราปีนี้", body="ผู้ป่วยติดเตียง")
    found = similar_topics("จัดเวรเยี่ยมผู้ป่วยติดเตียง", member=malee)
    assert titles(found) == ["เดินเยี่ยมผู้ป่วยติดเตียงอย่างไรไม่ให้เหนื่อย"]


def test_what_is_nearest_comes_first_and_a_single_common_word_is_not_near(malee, board):
    titled = ["น้ำท่วมหมู่บ้าน ขอยืมเรือ", "น้ำท่วมหมู่บ้าน", "ตลาดนัดวันเสาร์ปีนี้มีขนมหวาน"]
    for title in titled:
        make_topic(malee, board, title=title)
    found = similar_topics("น้ำท่วมหมู่บ้านเราปีนี้ ใครมีเรือให้ยืมบ้าง", member=malee)
    assert titles(found) == titled[:2]


def test_at_most_five_are_offered(malee, board):
    for n in range(7):
        make_topic(make_member(), board, title=f"น้ำท่วมหมู่บ้าน {n}")
    assert len(similar_topics(ASKED, member=malee)) == 5


def test_too_short_or_wordless_a_title_finds_nothing(malee, board):
    make_topic(malee, board, title="น้ำ")
    assert similar_topics("น้ำ", member=malee) == []
    assert similar_topics("!!!!!!!!", member=malee) == []


def test_operators_of_the_query_language_are_plain_letters(malee, board):
    make_topic(malee, board, title="น้ำท่วมหมู่บ้าน")
    assert similar_topics("น้ำท่วม & | ! ( ) :* <-> ' \\", member=malee)


def test_a_new_title_is_found_by_and_the_old_one_no_more(malee, board):
    topic = make_topic(malee, board, title="ราคายางพาราปีนี้")
    edit_topic(editor=malee, topic=topic, title=FLOOD, body="ตามหัวข้อ", tags=[])
    assert titles(similar_topics(ASKED, member=malee)) == [FLOOD]
    assert similar_topics("ราคายางพาราวันนี้", member=malee) == []


# -- who may see which ----------------------------------------------------------------------------


@pytest.fixture
def everywhere(malee, somchai, moderator):
    """A topic of the same words in every kind of place, each named in its title by a number."""
    network = make_network("คนรักคลอง", malee)
    join(network, somchai)
    places = {
        "open": make_board(),
        "members": make_board(read=Access.MEMBERS),
        "staff": make_board(read=Access.STAFF),
        "network, open": make_network_board(network, OpenTo.EVERYONE, "ลานเปิด"),
        "network": make_network_board(network, OpenTo.NETWORK, "ลานใน"),
    }
    topics = {place: make_topic(board=board, title=FLOOD) for place, board in places.items()}
    topics |= {
        gone: make_topic(malee, places["open"], title=FLOOD) for gone in ("hidden", "deleted")
    }
    moderation.hide_topic(moderator=moderator, topic=topics["hidden"], reason="ลอง")
    delete_topic(member=malee, topic=topics["deleted"])
    return topics


def readers(malee, somchai, moderator):
    """Who reads, and of `everywhere` what they may find."""
    public = {"open", "network, open"}
    return [
        (None, public),
        (AnonymousUser(), public),
        (make_member(), public | {"members"}),
        (somchai, public | {"members", "network"}),
        (malee, public | {"members", "network"}),
        (moderator, public | {"members", "staff", "network"}),
    ]


def places(topics, found) -> set[str]:
    """Which of `everywhere` was found."""
    by_address = {topic.get_absolute_url(): place for place, topic in topics.items()}
    return {by_address[row.url] for row in found}


def test_nobody_is_offered_what_she_may_not_read(everywhere, malee, somchai, moderator, as_):
    for reader, may in readers(malee, somchai, moderator):
        found = similar_topics(ASKED, member=reader, limit=20)
        assert places(everywhere, found) == may
    fragment = as_(somchai).get("/similar/", {"title": ASKED}).content.decode()
    assert f"/t/{everywhere['network'].pk}/" in fragment
    assert f"/t/{everywhere['staff'].pk}/" not in fragment


def test_of_what_is_stored_each_reader_is_shown_what_she_may_read_now(
    everywhere, malee, somchai, moderator, board, as_
):
    topic = make_topic(board=board, title="เรือยังพอไหม")
    Topic.objects.filter(pk=topic.pk).update(related=[one.pk for one in everywhere.values()])
    topic.refresh_from_db()
    for reader, may in readers(malee, somchai, moderator):
        assert places(everywhere, shown_under(topic, reader)) == may
        page = as_(reader if reader and reader.is_authenticated else None).get(
            f"/t/{topic.pk}/", follow=True
        )
        section = page.content.decode().partition('<section class="related')[2]
        for place, one in everywhere.items():
            assert (f"/t/{one.pk}/" in section) == (place in may)
    moderation.move(
        moderator=moderator, topic=everywhere["open"],
        board=everywhere["staff"].board, reason="ย้ายเข้า",
    )  # fmt: skip
    assert places(everywhere, shown_under(topic, None)) == {"network, open"}


def test_under_a_topic_stands_what_everyone_who_reads_it_may_read(everywhere):
    public = {everywhere["open"].pk, everywhere["network, open"].pk}
    for place in ("members", "network", "staff"):
        topic = everywhere[place]
        beside = make_topic(board=topic.board, title=FLOOD)
        assert set(related_to(topic.pk)) == public | {beside.pk}
    assert set(related_to(everywhere["open"].pk)) == public - {everywhere["open"].pk}
    assert set(related_to(everywhere["hidden"].pk)) == public


# -- under a topic --------------------------------------------------------------------------------


def test_titles_and_tags_find_and_the_nearest_comes_first(malee, board):
    tagged = make_topic(None, board, title="เรือท้องแบนยืมได้ที่ไหน", tags=["น้ำท่วม"])
    titled = make_topic(None, board, title="น้ำท่วมริมคลองทุกปี", body="น้ำท่วมอีกแล้ว")
    make_topic(None, board, title="ราคายางพารา", body="น้ำท่วมริมคลอง")
    topic = make_topic(None, board, title=FLOOD, tags=["น้ำท่วม"])
    topic.refresh_from_db()
    assert topic.related == [titled.pk, tagged.pk]
    assert topic.related_at is not None


def test_an_edit_looks_again(malee, board):
    rubber = make_topic(None, board, title="ราคายางพาราวันนี้")
    topic = make_topic(malee, board, title=FLOOD)
    edit_topic(editor=malee, topic=topic, title="ราคายางพารา", body="ลดอีกแล้ว", tags=[])
    topic.refresh_from_db()
    assert topic.related == [rubber.pk]


def test_once_words_are_counted_rare_ones_of_the_text_find_too(malee, board):
    other = make_topic(None, board, title="วิธีไล่เพลี้ยกระโดด")
    topic = make_topic(None, board, title="ข้าวของป้าเป็นอะไร", body="เพลี้ยกระโดดเต็มนา")
    assert related_to(topic.pk) == []
    counts = {"": 900, "เพลี้ย": 2, "กระโดด": 2, "ข้าว": 90, "ป้า": 40, "นา": 80, "เต็ม": 60}
    SearchWord.objects.bulk_create(
        SearchWord(word=word, documents=posts, skeleton="", counted_at=timezone.now())
        for word, posts in counts.items()
    )
    assert related_to(topic.pk) == [other.pk]


def test_where_all_its_words_are_in_a_great_many_posts_several_must_stand_together(
    malee, board, monkeypatch
):
    make_topic(malee, board, title="น้ำ น้ำ น้ำ")
    make_topic(malee, board, title="น้ำ ป่า เขา")
    counts = {"": 900, "น้ำ": 400, "ป่า": 300, "เขา": 2}
    SearchWord.objects.bulk_create(
        SearchWord(word=word, documents=posts, skeleton="", counted_at=timezone.now())
        for word, posts in counts.items()
    )

    def found(title: str) -> set[str]:
        return set(titles(similar_topics(title, member=malee)))

    assert found("น้ำ ป่า") == {"น้ำ น้ำ น้ำ", "น้ำ ป่า เขา"}
    monkeypatch.setattr(lists, "_MANY", 250)
    assert found("น้ำ ป่า") == {"น้ำ ป่า เขา"}
    assert found("น้ำกับเขา") == {"น้ำ น้ำ น้ำ", "น้ำ ป่า เขา"}  # one of them is rare


def test_looking_again_finds_what_came_later(malee, board):
    first = make_topic(None, board, title=FLOOD)
    second = make_topic(None, board, title=FLOOD)
    third = make_topic(None, board, title=FLOOD)
    first.refresh_from_db()
    assert first.related == []
    assert storing.relate_oldest(size=1) == 1
    first.refresh_from_db()
    assert set(first.related) == {second.pk, third.pk}
    Topic.objects.filter(pk=second.pk).update(related_at=None)
    assert storing.relate_oldest(size=9, new_only=True) == 1
    second.refresh_from_db()
    assert set(second.related) == {first.pk, third.pk}


def test_where_nothing_is_near_there_is_no_section(malee, board, as_):
    topic = make_topic(None, board)
    assert 'id="related"' not in as_(None).get(topic.get_absolute_url()).content.decode()


def test_a_section_shows_five_with_their_boards_and_replies(malee, board, as_):
    for n in range(lists.STORED + 2):
        near = make_topic(None, board, title=f"{FLOOD} {n}")
    for _ in range(3):
        make_post(near)
    topic = make_topic(None, board, title=FLOOD)
    topic.refresh_from_db()
    assert len(topic.related) == lists.STORED
    assert topic.related[0] == near.pk
    section = as_(None).get(topic.get_absolute_url()).content.decode().partition('id="related"')[2]
    section = section.partition("</section>")[0]
    assert section.count("<li>") == lists.SHOWN
    assert f"{board.name} · 3 " in section


def test_a_page_and_a_search_ask_as_often_for_two_as_for_forty(
    malee, board, as_, django_assert_num_queries
):
    alone = make_topic(None, board, title="ราคายางพารา")
    for n in range(40):
        make_topic(None, board, title=f"{FLOOD} {n}")
        if n == 1:
            few = make_topic(None, board, title=FLOOD)
    many = make_topic(None, board, title=FLOOD)
    client = as_(None)
    client.get("/")
    for topic, asked in ((alone, 3), (few, 4), (many, 4)):
        with django_assert_num_queries(asked):
            client.get(topic.get_absolute_url())
        with django_assert_num_queries(3):
            related_to(topic.pk)
        with django_assert_num_queries(2):
            similar_topics(ASKED, member=None)


def test_both_look_in_the_index_of_heads(malee, board):
    make_topic(None, board, title=FLOOD)
    topic = make_topic(None, board, title=FLOOD)
    statements = []

    def plan(execute, sql, params, many, context):
        if "@@" in sql and not sql.startswith("EXPLAIN"):
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute(f"EXPLAIN {sql}", params)
                statements.append("\n".join(row[0] for row in cursor.fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(plan):
        similar_topics(ASKED, member=malee)
        related_to(topic.pk)
    assert len(statements) == 2
    assert all("search_heads" in statement for statement in statements)
