"""forums.discussions.posts.cards: a post printed by its shape is, letter for letter, the template's own output."""

import itertools
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Variable
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from accounts.models import TrustLevel
from forums.discussions.openings.actions import accept_answer
from forums.discussions.posts import cards, stream
from forums.discussions.posts.actions import delete_post, edit_post, react
from forums.discussions.posts.labels import labels
from forums.discussions.posts.models import Post, ReactionKind
from forums.discussions.topics.models import Topic
from forums.moderation import actions as moderation
from forums.reading.bookmarks.actions import mark
from forums.text.render import trusted
from tests.make import make_member, make_network, make_post, make_topic


def as_the_template_prints(row, topic, member, may):
    context = {"p": row, "topic": topic, "user": member, **may, **labels()}
    return render_to_string("posts/_post.html", context)


@pytest.fixture
def thread(malee, somchai, moderator):
    """A question with every kind of post in it."""
    somchai.__class__.objects.filter(pk=somchai.pk).update(
        picture="12345678123456781234567812345678"
    )
    topic = make_topic(malee, kind="question")
    odd = make_member(display_name="{pk} <b>&\"' %s {{ x }} {0}")
    first = make_post(topic, somchai, body="มี **รูป**")
    make_post(topic, odd, body="{name} {html} <i>")
    answer = make_post(topic, malee, parent=first)
    deep = make_post(topic, somchai, parent=answer)
    make_post(topic, odd, parent=deep)
    network = make_network("<คลอง> & {colour}", malee)
    make_post(topic, malee, speak_from=network.pk)
    make_post(topic, malee, speak_from=network.pk, in_name=True)
    edit_post(editor=somchai, post=first, body="แก้แล้ว")
    delete_post(member=malee, post=make_post(topic, malee))
    gone = make_post(topic, odd)
    moderation.hide_post(moderator=moderator, post=gone, reason="ลอง")
    react(member=malee, post=first, kind=ReactionKind.USEFUL, on=True)
    react(member=malee, post=first, kind=ReactionKind.AGREE, on=True)
    mark(member=malee, post=first)
    accept_answer(member=malee, topic=topic, post=deep)
    return Topic.objects.get(pk=topic.pk)


def test_a_shape_prints_what_the_template_prints(thread, malee, moderator):
    names = ("open", "may_react", "may_accept", "may_delete")
    for member in (AnonymousUser(), malee, moderator):
        for answers in itertools.product([True, False], repeat=len(names)):
            may = dict(zip(names, answers, strict=True))
            rows = stream.flat(stream.page_rows(thread.pk, member, first=0, last=20))
            stream.mark_reactions(rows, member)
            cards.set_cards(rows, topic=thread, member=member, **may)
            for row in rows:
                assert row.card == as_the_template_prints(row, thread, member, may), row.label


def test_a_page_of_cards_names_every_value_of_the_template(thread):
    """A value the template reads must be known to the rows and to the cards, or it would print empty."""
    source = "".join(
        Path(f"templates/posts/{name}.html").read_text() for name in ("_post", "_acts", "_marks")
    )
    everything = cards._stand_in(cards._Shape(*[True] * len(cards._Shape._fields)))
    rows = stream.flat(stream.page_rows(thread.pk, AnonymousUser(), first=0, last=20))
    spoken = next(row for row in rows if row.network)
    for name in set(re.findall(r"\bp(?:\.\w+)+", source)):
        for p in (everything, spoken):
            Variable(name).resolve(Context({"p": p}))  # raises for what is not there
    for name in set(re.findall(r"\{\{ (p\.[\w.]+) \}\}", source)) - {"p.depth"}:
        assert re.fullmatch(r"\{\w+\}", Variable(name).resolve(Context({"p": everything}))), name


def test_a_knot_prints_what_the_template_prints(thread):
    (comment, *_others) = stream.page_rows(thread.pk, AnonymousUser(), first=1, last=20)
    comment.cards = trusted("<b>{cards} %s</b>")
    for language, begins_new, replies in itertools.product(
        ("th", "en"), (True, False), (0, 11, 40)
    ):
        comment.begins_new, comment.last_reply_number = begins_new, replies
        with override(language):
            cards.set_knots([comment])
            assert comment.knot == render_to_string("topics/_knot.html", {"comment": comment})


def test_english_readers_get_english_cards_after_thai_ones(thread, client):
    thai = client.get(thread.get_absolute_url()).content.decode()
    client.cookies["django_language"] = "en"
    english = client.get(thread.get_absolute_url()).content.decode()
    assert "มีประโยชน์" in thai
    assert "มีประโยชน์" not in english
    assert "Useful" in english


def test_a_name_that_looks_like_a_format_is_printed_as_it_is(thread, client):
    page = client.get(thread.get_absolute_url()).content.decode()
    assert "{pk} &lt;b&gt;&amp;&quot;&#x27; %s {{ x }} {0}" in page
    assert Post.objects.filter(topic=thread).count() == 10


def test_the_menu_offers_an_edit_only_while_her_level_lets_her(as_, malee, board):
    topic = make_topic(make_member(), board)
    post = make_post(topic, malee)
    opening = make_topic(malee, board).posts.get()
    malee.trust_level = TrustLevel.NEW
    malee.save(update_fields=["trust_level"])
    for each in (post, opening):
        page = each.topic.get_absolute_url()
        assert f"/p/{each.pk}/edit/" in as_(malee).get(page).text
        Post.objects.filter(pk=each.pk).update(created_at=timezone.now() - timedelta(days=2))
        Topic.objects.filter(pk=each.topic_id).update(created_at=timezone.now() - timedelta(days=2))
        assert f"/p/{each.pk}/edit/" not in as_(malee).get(page).text
    malee.trust_level = TrustLevel.REGULAR
    malee.save(update_fields=["trust_level"])
    assert f"/p/{post.pk}/edit/" in as_(malee).get(topic.get_absolute_url()).text
