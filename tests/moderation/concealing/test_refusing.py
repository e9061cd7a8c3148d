"""Nobody writes back what is hidden: by no edit, in no title, by no other text in the topic."""

import time
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from forums.base.errors import BadText
from forums.discussions.openings.actions import edit_topic
from forums.discussions.posts.actions import edit_post, reply
from forums.discussions.posts.forms import EditForm
from forums.discussions.posts.models import Post
from forums.discussions.voices.actions import set_view
from forums.moderation.concealing.actions import conceal_passages, conceal_until_seen
from forums.moderation.concealing.models import ConcealedPassage
from forums.moderation.concealing.refusing import refuse_hidden
from forums.pictures.actions import save_picture
from forums.pictures.preview import preview_html
from forums.reading.drafts.models import Draft
from tests.make import make_board_of, make_member, make_post, make_topic
from tests.security.world import png

PHONE = "081-000-2345"
THAI = "๐๘๑ ๐๐๐ ๒๓๔๕"
TEXT = f"คนในคลิปคือคนนี้ โทร {PHONE} ไปถามกันเอาเอง"


@pytest.fixture
def post(malee):
    return make_post(make_topic(), malee, body=TEXT)


def said_hers(text):
    """What the second button sends."""
    form = EditForm({"body": text})
    form.is_valid()
    return form.answer


def again(post):
    return Post.objects.select_related("topic__board").get(pk=post.pk)


@pytest.mark.parametrize("body", [TEXT, f"โทร {THAI}", "โทร 0 8 1 0 0 0 2 3 4 5"])
def test_not_in_its_first_minutes_though_no_version_would_be_kept(post, malee, body, settings):
    settings.FORUMS_QUIET_EDIT = 300
    conceal_until_seen(post=post)
    with pytest.raises(BadText):
        edit_post(editor=malee, post=again(post), body=body)
    edit_post(editor=malee, post=again(post), body="แก้แล้ว")
    assert again(post).revision_count == 0  # it was in its first minutes indeed
    with pytest.raises(BadText):
        edit_post(editor=malee, post=again(post), body=body)


def test_nor_later(post, malee):
    conceal_until_seen(post=post)
    Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - timedelta(hours=1))
    edit_post(editor=malee, post=again(post), body="แก้แล้ว")
    with pytest.raises(BadText):
        edit_post(editor=malee, post=again(post), body=TEXT)
    assert again(post).body == "แก้แล้ว"


def test_nor_as_the_reason_of_an_edit(post, malee):
    conceal_until_seen(post=post)
    with pytest.raises(BadText):
        edit_post(editor=malee, post=again(post), body="แก้แล้ว", reason=f"เบอร์คือ {THAI}")


def test_nor_in_the_title_of_her_topic_at_once(malee):
    topic = make_topic(malee, body=TEXT)
    conceal_until_seen(post=Post.objects.get(topic=topic, number=0))
    text = Post.objects.get(topic=topic, number=0).body
    with pytest.raises(BadText):
        edit_topic(editor=malee, topic=topic, title=f"โทร {THAI}", body=text, tags=[])


def test_what_is_somebodys_is_written_into_the_topic_by_nobody(post, malee, somchai):
    conceal_until_seen(post=post)
    for member in (malee, somchai):
        with pytest.raises(BadText):
            reply(author=member, topic=post.topic, body=f"> โทร {THAI}\n\nเบอร์นี้ไง")
    assert reply(author=somchai, topic=make_topic(), body=f"เรื่องอื่น {PHONE}").number == 1


def test_other_words_are_refused_to_their_author_only(post, malee, somchai, moderator):
    conceal_passages(post=post, moderator=moderator, reason="หยาบ", passages=["คนในคลิป"])
    with pytest.raises(BadText):
        reply(author=malee, topic=post.topic, body="ก็คนในคลิปนั่นแหละ")
    assert reply(author=somchai, topic=post.topic, body="ใครคือคนในคลิป").number == 2


@pytest.mark.parametrize(
    "body",
    ["081&#45;000&#45;2345", "&#48;81-000-2345", "081&shy;0002345", "081&hyphen;000&dash;2345"],
)
def test_nor_with_signs_named_by_their_numbers(post, malee, body):
    conceal_until_seen(post=post)
    with pytest.raises(BadText):
        reply(author=malee, topic=post.topic, body=f"โทร {body}")


@pytest.mark.parametrize("words", ["alt", "caption"])
def test_nor_under_a_picture(post, malee, words):
    conceal_until_seen(post=post)
    picture = save_picture(uploader=malee, file=png(), **{words: f"โทร {PHONE}"})
    with pytest.raises(BadText):
        reply(author=malee, topic=post.topic, body=f"![]({picture.address})")


def test_nor_as_a_tag(malee):
    topic = make_topic(malee, body=TEXT)
    conceal_until_seen(post=topic.posts.get(number=0))
    body = topic.posts.get(number=0).body
    for tag in (PHONE, "081.000.2345"):
        with pytest.raises(BadText):
            edit_topic(editor=malee, topic=topic, title=topic.title, body=body, tags=["น้ำ", tag])
    edit_topic(editor=malee, topic=topic, title=topic.title, body=body, tags=["น้ำ"])


@pytest.mark.parametrize("said", [PHONE, "081&#45;000&#45;2345"])
def test_nor_in_the_view_of_a_network_beside_it(malee, network, said):
    topic = make_topic(malee, make_board_of(network, "everyone"), body=TEXT)
    conceal_until_seen(post=topic.posts.get(number=0))
    with pytest.raises(BadText):
        set_view(member=malee, topic=topic, network=network, body=f"โทร {said}")
    assert set_view(member=malee, topic=topic, network=network, body="เราไม่เห็นด้วย").number == 1


@pytest.mark.parametrize("said", ["บ้านเราทำกันแบบนี้ค่ะ ", "0812345678 ", "๐ ๘ "])
def test_a_thousand_hidden_numbers_make_no_text_slow(post, said):
    """4 s, before texts were asked for bare digits."""
    decision = conceal_until_seen(post=post)
    ConcealedPassage.objects.bulk_create(
        ConcealedPassage(
            source=post, post=post, decision=decision, words=f"089-{n:07}",
            created_at=timezone.now(),
        )
        for n in range(1000)
    )  # fmt: skip
    writer, text = make_member(), (said * 15_000)[:31_000]
    took = []
    for _turn in range(3):
        began = time.thread_time()
        refuse_hidden(post.topic, writer, text)
        took.append(time.thread_time() - began)
    assert min(took) < 0.4


def test_her_draft_of_before_is_not_sent_and_what_she_typed_comes_back(post, malee, as_):
    Draft.objects.create(
        key=uuid.uuid4(),
        member=malee,
        place=f"/p/{post.pk}/edit/",
        fields={"body": TEXT},
        saved_at=timezone.now(),
    )
    conceal_until_seen(post=post)
    answer = as_(malee).post(f"/p/{post.pk}/edit/", {"body": TEXT, "mine": said_hers(TEXT)})
    assert answer.status_code == 400
    assert "ในนี้มีช่วงที่ซ่อนไว้อยู่" in answer.text
    assert PHONE in answer.text
    assert PHONE not in again(post).body


def test_a_quotation_brings_the_mark_not_the_words(post, as_):
    conceal_until_seen(post=post)
    page = as_(make_member()).get(f"/t/{post.topic_id}/reply/?to={post.pk}&quote=1")
    assert ConcealedPassage.objects.get().mark in page.text
    assert PHONE not in page.text


def test_a_preview_covers_each_spelling(malee):
    shown = preview_html(f"เบอร์ {PHONE} หรือ {THAI}", reader=malee, where={})
    assert PHONE not in shown
    assert THAI not in shown
