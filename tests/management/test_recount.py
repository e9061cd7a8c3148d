"""What is counted wrongly is put right, and said."""

import pytest
from django.utils import timezone

from forums.discussions.boards.models import Access, Board
from forums.discussions.posts.actions import react
from forums.discussions.posts.models import Post, ReactionKind
from forums.discussions.topics.models import Topic
from forums.groups.organisations.lists import found_by
from forums.groups.organisations.models import Organisation
from forums.tags.models import Tag
from tests.groups.organisations.make import make_organisation
from tests.make import make_board, make_member, make_post, make_topic
from tests.management.commands import recount


@pytest.fixture
def talk(malee, somchai) -> Topic:
    """A topic with two comments, two replies, three marks and a tag."""
    topic = make_topic(malee, tags=["น้ำ"])
    first = make_post(topic, somchai)
    make_post(topic, make_member(), parent=first)
    make_post(topic, make_member(), parent=first)
    second = make_post(topic, make_member())
    react(member=malee, post=first, kind=ReactionKind.USEFUL, on=True)
    react(member=somchai, post=second, kind=ReactionKind.USEFUL, on=True)
    react(member=malee, post=second, kind=ReactionKind.AGREE, on=True)
    return topic


def everything() -> list[list[tuple[object, ...]]]:
    return [list(model.objects.order_by("pk").values_list()) for model in (Board, Topic, Post, Tag)]


@pytest.mark.django_db
def test_nothing_wrong_is_nothing_written(talk):
    before = everything()
    assert recount() == ["Everything was right."]
    assert everything() == before


@pytest.mark.django_db
def test_an_empty_forum_is_right():
    assert recount() == ["Everything was right."]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("reply_count", 99),
        ("last_number", 7),
        ("useful_count", 0),
        ("hot", 5.5),
        ("taking_part", []),
        ("last_post_at", timezone.now()),
    ],
)
def test_a_topics_column_is_repaired_and_named(talk, column, wrong):
    right = everything()
    Topic.objects.update(**{column: wrong})
    assert recount() == [f"topic {talk.pk}: {column}", "1 corrected."]
    assert everything() == right


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["useful_count", "agree_count", "last_reply_number"])
def test_a_posts_column_is_repaired_and_named(talk, column):
    right = everything()
    post = Post.objects.get(topic=talk, number=1, reply_number=0)
    Post.objects.filter(pk=post.pk).update(**{column: 42})
    assert recount() == [f"post {post.pk}: {column}", "1 corrected."]
    assert everything() == right


@pytest.mark.django_db
def test_boards_and_tags_are_repaired_and_named(talk):
    right = everything()
    Board.objects.update(topic_count=8)
    Tag.objects.update(topic_count=9)
    assert recount() == [
        f"board {talk.board.slug}: 8 topics, in truth 1",
        "tag น้ำ: 9 topics, in truth 1",
        "2 corrected.",
    ]
    assert everything() == right


@pytest.mark.django_db
def test_what_is_hidden_deleted_or_closed_to_some_is_not_counted(talk, malee):
    make_topic(malee, talk.board, tags=["น้ำ"])
    Topic.objects.exclude(pk=talk.pk).update(hidden_at=timezone.now())
    Post.objects.filter(topic=talk, number=2).update(deleted_at=timezone.now())
    said = recount()
    assert f"board {talk.board.slug}: 2 topics, in truth 1" in said
    assert "tag น้ำ: 2 topics, in truth 1" in said
    talk.refresh_from_db()
    assert (talk.reply_count, talk.last_number, talk.useful_count) == (3, 2, 1)
    assert recount() == ["Everything was right."]


@pytest.mark.django_db
def test_a_board_that_was_closed_takes_its_topics_from_the_tags_count(talk):
    Board.objects.update(read_level=Access.MEMBERS)
    assert recount() == ["tag น้ำ: 1 topics, in truth 0", "1 corrected."]


@pytest.mark.django_db
def test_more_topics_than_a_batch_are_all_looked_at(malee, monkeypatch):
    from forums.management.commands import recount as command

    monkeypatch.setattr(command, "TOPICS", 2)
    board = make_board()
    topics = [make_topic(make_member(), board) for _ in range(5)]
    Topic.objects.update(reply_count=3)
    assert recount() == [*[f"topic {topic.pk}: reply_count" for topic in topics], "5 corrected."]
    assert set(Topic.objects.values_list("reply_count", flat=True)) == {0}


@pytest.mark.django_db
def test_an_organisation_is_found_by_its_words_again():
    organisation = make_organisation("มูลนิธิสายน้ำ")
    Organisation.objects.update(search_words=None)
    assert recount() == [
        f"organisation {organisation.slug}: the words it is found by",
        "1 corrected.",
    ]
    assert recount() == ["Everything was right."]
    assert list(found_by(Organisation.objects.all(), "สายน้ำ")) == [organisation]
