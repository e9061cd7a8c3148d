"""Entries that are missing, of an older form or with an old name are made again, and no others."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.actions import save_profile
from forums.discussions.posts.actions import delete_post, edit_post
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.profiles.actions import edit_network
from forums.moderation.merging.actions import merge
from forums.pictures.bodies import rendered
from forums.search.index.entries import index_post
from forums.search.index.models import SearchEntry, SearchWord
from forums.search.upkeep import actions
from forums.search.upkeep.actions import (
    SortedIn,
    counting_is_due,
    reindex_posts,
    sort_in,
    sort_in_if_due,
    tidy,
)
from forums.text.words import INDEX_VERSION
from tests.make import make_board, make_network, make_post, make_topic
from tests.search.entries import entries, posts_with, remade


@pytest.fixture
def topic(malee) -> Topic:
    return make_topic(malee, title="ป้องกันไฟป่า", body="## แนวกันไฟ\n\nช่วยกัน", tags=["เชียงใหม่"])


@pytest.fixture
def posts(topic, malee, somchai) -> list[Post]:
    """The topic's text, then five replies of two people."""
    for n in range(5):
        make_post(topic, (malee, somchai)[n % 2], body=f"ข้อที่ {n} หมอกควัน")
    return list(Post.objects.order_by("pk"))


def untouched() -> set[int]:
    """Mark every entry, so that those that are written again show."""
    SearchEntry.objects.update(text="kept")
    return set(SearchEntry.objects.values_list("pk", flat=True))


def kept() -> set[int]:
    return set(SearchEntry.objects.filter(text="kept").values_list("pk", flat=True))


def test_posts_from_before_the_index_get_the_entries_their_actions_would_have_made(posts, malee):
    make_topic(board=make_board(read=9), title="ห้องปิด")
    delete_post(member=malee, post=posts[1])
    right = entries()
    SearchEntry.objects.all().delete()
    assert reindex_posts(after=0, size=100) == (max(right), 7, [])
    assert entries() == right
    assert reindex_posts(after=0, size=100) == (None, 0, [])


def test_entries_of_an_older_form_are_made_again_and_no_others(posts):
    everyone = untouched()
    old = {posts[0].pk, posts[3].pk}
    SearchEntry.objects.filter(pk__in=old).update(version=INDEX_VERSION - 1)
    assert reindex_posts(after=0, size=1) == (posts[0].pk, 1, [])
    assert reindex_posts(after=posts[0].pk, size=100) == (posts[3].pk, 1, [])
    assert kept() == everyone - old
    assert set(SearchEntry.objects.values_list("version", flat=True)) == {INDEX_VERSION}


def test_the_version_before_leaves_entries_of_the_new_form_alone(posts, monkeypatch):
    everyone = untouched()
    monkeypatch.setattr(actions, "INDEX_VERSION", INDEX_VERSION - 1)
    assert reindex_posts(after=0, size=100) == (None, 0, [])
    assert kept() == everyone


def test_a_members_new_name_is_found_by_comparing(posts, somchai):
    everyone = untouched()
    save_profile(member=somchai, display_name="ลุงชัย", bio="", province="", links=[])
    hers = {post.pk for post in posts if post.author_id == somchai.pk}
    assert reindex_posts(after=0, size=100).done == len(hers) == 2
    assert kept() == everyone - hers
    assert set(posts_with("ลุง", "d")) == hers
    assert posts_with("สมชาย") == []


def test_a_networks_new_name_is_found_by_comparing(topic, somchai):
    network = make_network("คนเฝ้าป่าต้นน้ำ", somchai)
    spoken = make_post(topic, somchai, speak_from=network.pk)
    make_post(topic)
    untouched()
    edit_network(editor=somchai, network=network, name="สายตรวจไฟ")
    assert reindex_posts(after=0, size=100) == (spoken.pk, 1, [])
    assert posts_with("ตรวจ", "d") == [spoken.pk]
    assert posts_with("ต้นน้ำ") == []
    assert SearchEntry.objects.get(pk=spoken.pk).names.endswith("สายตรวจไฟ")


def test_what_was_said_from_a_merged_network_is_found_by_the_other_ones_name(
    topic, malee, somchai, moderator
):
    network, into = make_network("คนเฝ้าป่าต้นน้ำ", somchai), make_network("สายตรวจไฟ", malee)
    spoken = make_post(topic, somchai, speak_from=network.pk)
    merge(moderator=moderator, network=network, into=into, reason="เรื่องเดียวกัน")
    assert reindex_posts(after=0, size=100) == (spoken.pk, 1, [])
    assert (posts_with("ตรวจ", "d"), posts_with("ต้นน้ำ")) == ([spoken.pk], [])
    assert entries() == remade()


def test_everything_is_made_again_when_that_is_asked_for(posts):
    right = entries()
    untouched()
    assert reindex_posts(after=posts[0].pk, size=100, everything=True).done == 5
    assert kept() == {posts[0].pk}
    reindex_posts(after=0, size=1, everything=True)
    assert entries() == right


def test_a_text_that_cannot_be_indexed_is_named_and_the_others_are(posts, monkeypatch):
    SearchEntry.objects.all().delete()
    real = actions.entry_of

    def entry_of(pk, html, **fields):
        if pk == posts[1].pk:
            raise ValueError("no")
        entry = real(pk, html, **fields)
        if pk == posts[4].pk:
            entry.words = "'not closed"  # which only the database will notice
        return entry

    monkeypatch.setattr(actions, "entry_of", entry_of)
    last, done, failed = reindex_posts(after=0, size=100)
    assert (last, done) == (posts[-1].pk, 4)
    assert [pk for pk, _problem in failed] == [posts[1].pk, posts[4].pk]
    assert failed[0][1] == "ValueError: no"
    assert set(entries()) == {posts[n].pk for n in (0, 2, 3, 5)}


def before_the_lock(monkeypatch, happens) -> None:
    real = actions._lock

    def lock(ids):
        happens()
        real(ids)

    monkeypatch.setattr(actions, "_lock", lock)


def test_a_text_edited_after_it_was_prepared_is_prepared_again(posts, monkeypatch):
    """By a process of before the update, which writes no entry."""
    SearchEntry.objects.all().delete()
    answer = posts[2]
    before_the_lock(
        monkeypatch, lambda: Post.objects.filter(pk=answer.pk).update(body="เก็บใบไม้แห้ง")
    )
    assert reindex_posts(after=0, size=100).done == 6
    assert posts_with("ใบไม้") == [answer.pk]
    assert entries() == remade()


def test_what_an_edit_wrote_or_took_away_meanwhile_is_left_alone(posts, somchai, monkeypatch):
    SearchEntry.objects.all().delete()

    def happens():
        edit_post(editor=somchai, post=posts[2], body="เก็บใบไม้แห้ง")
        SearchEntry.objects.filter(pk=posts[2].pk).update(text="kept")
        Post.objects.filter(pk=posts[5].pk).delete()

    before_the_lock(monkeypatch, happens)
    assert reindex_posts(after=0, size=100).done == 4
    assert kept() == {posts[2].pk}
    assert set(entries()) == {post.pk for post in posts[:5]}


def test_tidying_goes_on_in_small_bites_and_counts_words_at_the_end(posts, monkeypatch):
    counted = []
    monkeypatch.setattr(actions, "count_words", lambda: counted.append(1))
    monkeypatch.setattr(actions, "SOME", 4)
    SearchEntry.objects.all().delete()
    assert tidy(after=0) == posts[3].pk
    assert tidy(after=posts[3].pk) == posts[5].pk
    assert counted == []
    assert tidy(after=posts[5].pk) is None
    assert counted == [1]
    SearchWord.objects.create(word="", documents=6, skeleton="", counted_at=timezone.now())
    assert tidy(after=0) is None
    assert counted == [1]
    assert entries() == remade()


def test_new_entries_are_sorted_in_and_a_failure_stands_in_the_log_only(posts, monkeypatch, caplog):
    def unsorted() -> int:
        # Nothing is left to sort in after all was: the function says how many pages it emptied.
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('search_pairs')")
            return cursor.fetchone()[0]

    sort_in()
    assert unsorted() == 0
    index_post(posts[0], rendered("ข้าวหอมมะลิ", reader=None), author=posts[0].author)
    assert unsorted() > 0
    assert caplog.text == ""
    monkeypatch.setattr(actions, "_answer", lambda *args: 1 / 0)
    sort_in()
    assert "not sorted" in caplog.text


def test_entries_are_sorted_in_by_large_lots_or_after_hours(monkeypatch):
    done, clock = [], iter([])
    monkeypatch.setattr(actions, "sort_in", lambda: done.append(True))
    monkeypatch.setattr(actions, "_written", lambda: next(clock))

    def is_done(written: int, *, now: float, last: SortedIn | None) -> bool:
        nonlocal clock
        clock = iter([written])
        done.clear()
        said = sort_in_if_due(last, now=now)
        assert said == (SortedIn(now, written) if done else last)
        return bool(done)

    last = SortedIn(100.0, 5000)
    assert is_done(5000, now=0.0, last=None)
    assert not is_done(5000, now=1e6, last=last)  # nothing waits
    assert not is_done(5000 + actions.LOT - 1, now=200.0, last=last)
    assert is_done(5000 + actions.LOT, now=200.0, last=last)
    assert not is_done(5001, now=100.0 + actions.LONGEST - 1, last=last)
    assert is_done(5001, now=100.0 + actions.LONGEST, last=last)
    assert is_done(3, now=200.0, last=last)  # the server counts from the beginning


@pytest.mark.django_db(transaction=True)
def test_what_was_written_is_counted_by_the_server_and_waits_where_a_search_finds_it(malee):
    before = actions._written()
    post = make_post(make_topic(malee, make_board("ห้อง")), malee, body="ข้าวหอมมะลิ")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
    assert actions._written() >= before + 2  # the topic's text, and the post
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert posts_with("หอม") == [post.pk]


def test_what_goes_wrong_while_tidying_stands_in_the_log_only(posts, monkeypatch, caplog):
    SearchEntry.objects.all().delete()
    monkeypatch.setattr(actions, "entry_of", lambda *args, **fields: 1 / 0)
    assert tidy(after=0) == posts[-1].pk
    assert f"Post {posts[2].pk} cannot be indexed: ZeroDivisionError" in caplog.text
    monkeypatch.setattr(actions, "_answer", lambda *args: 1 / 0)
    assert tidy(after=0) is None
    assert "not brought up to date" in caplog.text


def test_words_are_counted_after_a_day_or_when_posts_grew_by_a_tenth(posts, topic):
    assert counting_is_due()
    now = timezone.now()
    SearchWord.objects.create(word="", documents=len(posts), skeleton="", counted_at=now)
    assert not counting_is_due()
    SearchWord.objects.update(counted_at=now - timedelta(hours=25))
    assert counting_is_due()
    SearchWord.objects.update(counted_at=now)
    make_topic(board=make_board(read=9))  # not for everyone: it is not among what is counted
    assert not counting_is_due()
    make_post(topic)
    assert counting_is_due()
