"""Pictures that stand in no text go after some days; none that a text names, or is about to."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from forums.activities.models import Activity
from forums.discussions.posts.actions import edit_post, reply
from forums.discussions.posts.models import Post, Revision
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.groups.profiles.actions import edit_network
from forums.ledger.models import LineChange
from forums.notifications.actions import remind
from forums.pictures import actions
from forums.pictures.actions import save_picture, take_loose_away
from forums.pictures.bodies import PictureGone, claim_pictures
from forums.pictures.files import markdown, picture_paths
from forums.pictures.models import Attachment
from tests.clients import signed_in
from tests.make import (
    make_activity,
    make_board,
    make_member,
    make_network,
    make_post,
    make_topic,
)
from tests.pictures.files import kept, picture_file

pytestmark = pytest.mark.django_db


def loose(uploader, days=8) -> Attachment:
    picture = save_picture(uploader=uploader, file=picture_file(60, 40), alt="ภาพหนึ่ง")
    at = timezone.now() - timedelta(days=days)
    Attachment.objects.filter(pk=picture.pk).update(created_at=at)
    return picture


def there(picture: Attachment) -> bool:
    row = Attachment.objects.filter(pk=picture.pk).exists()
    assert {row} == {Path(settings.MEDIA_ROOT, each).exists() for each in picture_paths(picture)}
    return row


def test_what_stands_nowhere_goes_after_a_week_with_its_files(
    malee, django_capture_on_commit_callbacks
):
    old, new = loose(malee), loose(malee, days=6)
    with django_capture_on_commit_callbacks(execute=True):
        assert remind() == []  # what `deliver --forever` runs every hour
    assert not there(old)
    assert there(new)
    assert len(kept()) == 1


def test_in_lots_and_none_is_in_the_way(malee, monkeypatch):
    monkeypatch.setattr(actions, "LOT", 2)
    for _ in range(3):
        loose(malee)
    assert [take_loose_away(timezone.now()) for _ in range(3)] == [2, 1, 0]


def names_it(what: str, picture: Attachment, malee) -> None:
    """Let a text name a picture without claiming it, as texts of older days and of several writers may."""
    said = markdown(picture).upper()
    if what in ("post", "version"):
        post = make_post(make_topic(malee), malee)
        if what == "post":
            Post.objects.filter(pk=post.pk).update(body=said)
        else:
            Revision.objects.create(
                post=post, number=1, author=malee, body=said, created_at=timezone.now()
            )
    elif what == "cover":
        Topic.objects.filter(pk=make_topic(malee).pk).update(cover=picture)
    elif what in ("announcement", "report"):
        activity = make_activity(make_network("คนรักคลอง", malee), malee)
        column = "body" if what == "announcement" else "report"
        Activity.objects.filter(pk=activity.pk).update(
            **{column: said}, reported_at=timezone.now(), reported_by=malee
        )
    elif what == "story":
        Network.objects.filter(pk=make_network("คนรักคลอง", make_member()).pk).update(story=said)
    else:
        from tests.ledger.make import make_line

        network = make_network("คนรักคลอง", malee)
        line = make_line(network, malee)
        if what == "document":
            type(line).objects.filter(pk=line.pk).update(document=picture)
        else:
            LineChange.objects.create(
                line=line,
                network=network,
                number=9,
                author=malee,
                after={"document": str(picture.pk)},
            )


@pytest.mark.parametrize(
    "what",
    ["post", "version", "cover", "announcement", "report", "story", "document", "old document"],
)
def test_what_a_text_names_stays(malee, what):
    picture, other = loose(malee), loose(malee)
    names_it(what, picture, malee)
    assert take_loose_away(timezone.now()) == 1
    assert Attachment.objects.get() == picture, other


def test_a_post_that_names_a_picture_gone_by_then_is_told_and_loses_nothing(malee):
    topic, picture = make_topic(malee), loose(malee)
    take_loose_away(timezone.now())
    said = f"ดูนี่\n\n{markdown(picture)}"
    answer = signed_in(malee).post(f"/t/{topic.pk}/reply/", {"body": said})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "รูปในข้อความนี้ไม่อยู่แล้ว" in page
    assert "ดูนี่" in page
    assert str(picture.pk) in page
    assert Post.objects.filter(number__gt=0).count() == 0


def test_a_text_that_named_it_before_can_still_be_edited(malee):
    picture = loose(malee)
    post = make_post(make_topic(malee), malee)
    Post.objects.filter(pk=post.pk).update(body=markdown(picture))
    Attachment.objects.filter(pk=picture.pk).delete()
    post.refresh_from_db()
    said = f"{markdown(picture)}\n\nแก้คำผิด"
    assert "missing-picture" in edit_post(editor=malee, post=post, body=said).body_html
    with pytest.raises(PictureGone):
        edit_post(editor=malee, post=make_post(post.topic, malee), body=said)


def test_a_story_that_names_one_gone_is_told_too(malee):
    network, picture = make_network("คนรักคลอง", malee), loose(malee)
    take_loose_away(timezone.now())
    with pytest.raises(PictureGone):
        edit_network(editor=malee, network=network, story=markdown(picture))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["the text", "the cleaning"])
def test_a_text_and_the_cleaning_at_the_same_time(first):
    """Whichever comes first: the picture is there and in the text, or the text is refused."""
    malee = make_member("malee")
    topic, picture = make_topic(malee, make_board()), loose(malee)
    holds, goes_on, said = threading.Event(), threading.Event(), []

    def one():
        try:
            with transaction.atomic():
                if first == "the text":
                    claim_pictures(malee, [str(picture.pk)], post=topic.posts.get())
                else:
                    take_loose_away(timezone.now())
                holds.set()
                goes_on.wait(20)
        finally:
            connection.close()

    def other():
        try:
            if first == "the text":
                said.append(take_loose_away(timezone.now()))
            else:
                reply(author=malee, topic=topic, body=f"ดูนี่\n\n{markdown(picture)}")
        except PictureGone as error:
            said.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one), threading.Thread(target=other)]
    threads[0].start()
    assert holds.wait(20)
    threads[1].start()
    threads[1].join(1)
    goes_on.set()
    for thread in threads:
        thread.join()
    if first == "the text":
        assert said == [0]
        assert there(picture)
    else:
        assert isinstance(said[0], PictureGone)
        assert not there(picture)
        assert topic.posts.count() == 1
