"""Made-up posts: the same ones each time, as many as asked for."""

from collections import Counter
from functools import partial

import pytest
from django.core.management import CommandError

from accounts.models import Member
from forums.discussions.openings.maintenance import repair_boards, repair_tags, repair_topics
from forums.discussions.posts.models import Post, Reaction
from forums.discussions.topics.models import Topic
from forums.imports.load.discussions import Texts, make_load
from forums.imports.records import PostRecord
from tests.imports.lines import BASE, post, write
from tests.make import make_topic
from tests.management.commands import seed_load

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


def test_the_same_seed_makes_the_same_records():
    options = {"posts": 300, "members": 20, "long_topic": 50, "texts": Texts()}
    assert list(make_load(seed=1, **options)) == list(make_load(seed=1, **options))
    assert list(make_load(seed=1, **options)) != list(make_load(seed=2, **options))


def test_a_longer_run_begins_with_a_shorter_one():
    options = {"seed": 1, "members": 20, "long_topic": 50, "texts": Texts()}
    short, long = (list(make_load(posts=posts, **options)) for posts in (200, 400))
    assert long[: len(short)] == short


def test_comments_have_about_seven_replies_in_ten_and_some_threads_are_long():
    records = make_load(posts=8000, members=20, long_topic=5000, seed=1, texts=Texts())
    roots: dict[str, str] = {}
    for record in records:
        if isinstance(record, PostRecord):
            roots[record.key] = roots[record.parent] if record.parent else record.key
    threads = Counter(roots.values())
    replies = len(roots) - len(threads)
    assert 0.6 < replies / len(threads) < 0.8
    assert max(threads.values()) > 20


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
    seed(posts=150)
    assert "250 posts made, 150 were there already" in seed(posts=400)
    in_two = contents()
    assert len(in_two) == 400
    assert "0 posts made, 400 were there already" in seed(posts=400)
    assert contents() == in_two


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
