"""Every post has an entry, made of its text as it is now, in the transaction that wrote it."""

import json

import pytest
from django.db import transaction

from forums.discussions.openings.actions import accept_answer, delete_topic, edit_topic
from forums.discussions.posts.actions import delete_post, edit_post, react, reply
from forums.discussions.posts.models import Post, ReactionKind
from forums.discussions.topics.models import Topic
from forums.imports.actions import Result, bring_in
from forums.imports.file_lines import FileLine
from forums.imports.records import read_record
from forums.moderation import actions as moderation
from forums.search.index.models import SearchEntry
from forums.text.words import INDEX_VERSION
from tests.imports.lines import BASE, member, post, topic
from tests.make import join, make_board, make_network, make_post, make_topic
from tests.search.entries import entries, posts_with, remade

BODY = "## แนวกันไฟ\n\nชาวบ้านช่วยกันทำ\n\n::: spoiler เฉลย\nความลับอยู่ตรงนี้\n:::\n"


@pytest.fixture
def article(malee) -> Topic:
    return make_topic(
        malee, kind="article", title="ป้องกันไฟป่า", body=BODY, tags=["PM2.5", "เชียงใหม่"]
    )


def text_of(article: Topic) -> int:
    return Post.objects.values_list("pk", flat=True).get(topic=article, number=0)


def test_title_tags_headings_text_and_names_stand_under_their_weights(article):
    own = [text_of(article)]
    for word, weight in (
        ("ป้องกัน", "a"),
        ("เชียงใหม่", "b"),
        ("pm", "b"),
        ("กัน", "bc"),  # a heading is a part of the text as well
        ("ช่วย", "c"),
        ("มาลี", "d"),
        ("malee", "d"),
    ):
        for each in "abcd":
            assert posts_with(word, each) == (own if each in weight else []), (word, each)


def test_what_a_spoiler_hides_stands_nowhere_in_the_index(article):
    entry = SearchEntry.objects.get()
    for column in (entry.text, entry.words, entry.pairs):
        assert "ช่วย" in column
        assert "ลับ" not in column
    assert "##" not in entry.text


def test_a_reply_is_found_by_its_text_and_by_who_says_it_not_by_its_topic(article, somchai):
    answer = make_post(article, somchai, body="ปีนี้หมอกควันน้อยลง")
    assert posts_with("หมอก", "c") == [answer.pk]
    assert posts_with("somchai", "d") == [answer.pk]
    assert answer.pk not in posts_with("ป้องกัน")
    assert answer.pk not in posts_with("เชียงใหม่")
    entry = SearchEntry.objects.get(pk=answer.pk)
    assert entry.names == "สมชาย ตั้งใจดี @somchai "
    assert entry.version == INDEX_VERSION


def test_who_speaks_from_a_network_is_found_by_its_name(article, somchai):
    network = make_network("คนเฝ้าป่าต้นน้ำ", somchai)
    answer = make_post(article, somchai, speak_from=network.pk)
    assert SearchEntry.objects.get(pk=answer.pk).names.endswith(" คนเฝ้าป่าต้นน้ำ")
    assert posts_with("ต้นน้ำ", "d") == [answer.pk]


def test_an_edited_post_is_found_by_its_new_text_only(article, somchai):
    answer = make_post(article, somchai, body="เก็บใบไม้แห้ง")
    edit_post(editor=somchai, post=answer, body="ทำปุ๋ยหมัก")
    assert posts_with("ใบไม้") == []
    assert posts_with("ปุ๋ย", "c") == [answer.pk]
    assert posts_with("สมชาย", "d") == [answer.pk]
    assert entries() == remade()


def test_an_edited_topic_is_found_by_its_new_title_and_tags(article, malee):
    own = [text_of(article)]
    edit_topic(editor=malee, topic=article, title="ป้องกันไฟป่า", body=BODY, tags=["ลำพูน"])
    assert (posts_with("เชียงใหม่"), posts_with("ลำพูน", "b")) == ([], own)
    edit_topic(editor=malee, topic=article, title="ดับไฟ", body=BODY, tags=["ลำพูน"])
    assert (posts_with("ป้องกัน"), posts_with("ดับ", "a")) == ([], own)
    assert (posts_with("ลำพูน", "b"), posts_with("ช่วย", "c")) == (own, own)
    assert entries() == remade()


def test_the_order_of_tags_does_not_matter(article, malee):
    before = entries()
    tags = ["เชียงใหม่", "PM2.5"]
    edit_topic(editor=malee, topic=article, title=article.title, body=BODY, tags=tags)
    assert entries() == before


def test_what_is_brought_in_has_entries_like_everything_else(db):
    lines = [
        *BASE,
        member("pla", name="ปลา"),
        topic("t2", title="ไฟป่า", body=BODY, tags=["เชียงใหม่", "PM2.5"]),
        post("a", body="ปีนี้หมอกควันน้อยลง", author="pla"),
    ]
    records = [read_record(FileLine(0, json.dumps(line).encode())) for line in lines]
    assert {outcome.result for outcome in bring_in(records)} == {Result.CREATED}
    assert Post.objects.count() == len(entries()) == 3
    assert len(posts_with("ไฟ", "a")) == len(posts_with("ปลา", "d")) == 1
    assert entries() == remade()


def test_nothing_that_happens_to_a_post_but_an_edit_touches_its_entry(
    article, malee, somchai, moderator
):
    """Who may find it is asked of the post itself, each time."""
    network = make_network(coordinator=malee)
    join(network, somchai)
    answer = make_post(article, somchai, body="ปีนี้หมอกควันน้อยลง")
    below = make_post(article, malee, body="จริงด้วย", parent=answer)
    before = entries()
    why = {"moderator": moderator, "reason": "ลองดู"}
    moderation.hide_post(post=answer, **why)
    moderation.unhide_post(post=answer, **why)
    moderation.move(topic=article, board=make_board(), **why)
    moderation.lock(topic=article, **why)
    moderation.unlock(topic=article, **why)
    moderation.hide_topic(topic=article, **why)
    moderation.unhide_topic(topic=article, **why)
    react(member=malee, post=answer, kind=ReactionKind.USEFUL, on=True)
    edit_post(editor=somchai, post=answer, body=answer.body)
    delete_post(member=malee, post=below)
    assert entries() == before == remade()
    alone = make_topic(somchai, kind="question")
    before = entries()
    accept_answer(member=somchai, topic=alone, post=make_post(alone, malee))
    other = make_topic(somchai)
    delete_topic(member=somchai, topic=other)
    assert set(entries()) == set(Post.objects.values_list("pk", flat=True)) > set(before)
    assert entries() == remade()


def test_a_post_erased_with_its_row_takes_its_entry_along(article, somchai):
    answer = make_post(article, somchai)
    Post.objects.filter(pk=answer.pk).delete()
    assert list(entries()) == [text_of(article)]


def test_a_post_that_is_not_written_leaves_no_entry(article, somchai):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        reply(author=somchai, topic=article, body="ไม่ทันได้พูด")
        _ = 1 / 0
    assert list(entries()) == [text_of(article)]
