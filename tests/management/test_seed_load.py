"""Made-up posts: the same ones each time, as many as asked for."""

from functools import partial

import pytest
from django.core.management import CommandError

from accounts.models import Member
from forums.discussions.openings.maintenance import repair_boards, repair_tags, repair_topics
from forums.discussions.posts.models import Post, Reaction
from forums.discussions.topics.models import Topic
from forums.imports.load.discussions import Load, MadePost
from forums.imports.load.texts import Texts
from forums.pictures.bodies import rendered
from forums.search.index.models import SearchEntry
from forums.search.upkeep.actions import reindex_posts
from tests.imports.lines import BASE, post, write
from tests.make import make_topic
from tests.management.commands import recount, seed_load

SMALL = {"members": 30, "long_topic": 120}
seed = partial(seed_load, **SMALL)


def contents() -> list[tuple[object, ...]]:
    """What stands in the database, but for ids."""
    return list(
        Post.objects.order_by("pk").values_list(
            "topic__title", "author__handle", "number", "reply_number", "parent__body", "body",
            "created_at", "useful_count",
        )
    )  # fmt: skip


def made(posts: int, seed: int = 1, long_topic: int = 50) -> list[tuple[int, list[MadePost]]]:
    """Topics by their numbers, each with all its posts in a row."""
    load = Load(members=20, long_topic=long_topic, seed=seed, texts=Texts())
    return [
        (number, [post for thread in load.topic(number, size).threads for post in thread])
        for number, size in load.sizes(posts, there={})
    ]


def test_the_same_seed_makes_the_same_posts():
    assert made(300) == made(300)
    assert made(300) != made(300, seed=2)


def test_a_longer_run_begins_with_a_shorter_one():
    short, long = made(200), made(400)
    assert long[: len(short) - 1] == short[:-1]
    number, posts = short[-1]
    assert long[len(short) - 1] == (number, long[len(short) - 1][1])
    assert long[len(short) - 1][1][: len(posts)] == posts


def test_what_is_there_is_not_made_again_and_one_topic_is_long():
    load = Load(members=20, long_topic=50, seed=1, texts=Texts())
    wanted = dict(load.sizes(300, there={}))
    assert (wanted[0], sum(wanted.values())) == (50, 300)
    some = {number: size for number, size in wanted.items() if number % 3}
    others = {number: size for number, size in wanted.items() if not number % 3}
    assert dict(load.sizes(300, there=some)) == others
    assert dict(load.sizes(400, there={0: 20}))[1] == 50


def test_comments_have_about_seven_replies_in_ten_and_some_threads_are_long():
    load = Load(members=20, long_topic=5000, seed=1, texts=Texts())
    threads = [len(thread) - 1 for thread in load.topic(0, 5000).threads][1:]
    assert 0.6 < sum(threads) / len(threads) < 0.8
    assert max(threads) > 20


def test_hardly_two_texts_are_the_same():
    bodies = [post.text.body for _number, posts in made(2000) for post in posts]
    assert len(set(bodies)) > 0.9 * len(bodies)


@pytest.mark.django_db
def test_there_are_as_many_posts_as_asked_for_and_one_long_topic():
    assert "400 posts made" in seed(posts=400)
    assert Post.objects.count() == 400
    assert Member.objects.count() == 30
    long = Topic.objects.order_by("-reply_count")[0]
    assert long.reply_count + 1 == 120


@pytest.mark.django_db
def test_counters_hold():
    seed(posts=400)
    assert Reaction.objects.exists()
    found = repair_topics(after=0, size=1000)
    assert (found.topics, found.posts, repair_boards()) == ([], [], [])
    assert repair_tags(after=0, size=1000)[1] == []


@pytest.mark.django_db
def test_a_run_that_was_stopped_goes_on_to_the_same_end():
    seed(posts=400)
    whole = contents()
    assert len(whole) == 400
    assert "0 posts made, 400 were there already" in seed(posts=400)
    assert contents() == whole


@pytest.mark.django_db
def test_there_can_be_more_of_them_later():
    seed(posts=150)
    before = contents()
    assert "250 posts made, 150 were there already" in seed(posts=400)
    assert contents()[:150] == before
    assert Post.objects.count() == 400
    assert recount() == ["Everything was right."]


@pytest.mark.django_db
def test_they_are_found_as_if_people_had_written_them():
    seed(posts=400)
    assert reindex_posts(after=0, size=1000).done == 0
    columns = ("text", "names", "words", "pairs")
    before = list(SearchEntry.objects.order_by("pk").values_list(*columns))
    assert reindex_posts(after=0, size=1000, everything=True).done == 400
    assert list(SearchEntry.objects.order_by("pk").values_list(*columns)) == before
    for body, html in Post.objects.values_list("body", "body_html"):
        assert html == rendered(body, reader=None).html


@pytest.mark.django_db
def test_posts_that_are_there_count(malee):
    make_topic()
    assert "299 posts made, 0 were there already, 1 others" in seed(posts=300)
    assert Post.objects.count() == 300
    assert "0 posts made" in seed(posts=300)


@pytest.mark.django_db
def test_texts_come_from_a_corpus_when_one_is_given(tmp_path):
    path = write(tmp_path / "corpus", [*BASE, post("a"), b"{", post("b")])
    seed(posts=200, corpus=str(path))
    assert set(Post.objects.values_list("body", flat=True)) == {"เล่าให้ฟังหน่อย", "ตอบ a", "ตอบ b"}


@pytest.mark.django_db
def test_production_is_spared_unless_it_is_meant(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="This is production"):
        seed(posts=50)
    assert Post.objects.count() == 0
    seed(posts=50, yes=True)
    assert Post.objects.count() == 50


@pytest.mark.django_db
def test_a_corpus_that_is_missing_and_numbers_below_one_are_refused(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        seed(posts=10, corpus=str(tmp_path / "nowhere"))
    with pytest.raises(CommandError, match="at least 1"):
        seed(posts=0)
