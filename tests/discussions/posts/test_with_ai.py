"""Her own word that AI helped: said with the text, shown as a small mark, taken back with an edit."""

import pytest

from forums.discussions.posts.models import Post
from tests.clients import signed_in
from tests.make import make_member, make_post, make_topic

MARK = 'class="with-ai">ใช้ AI ช่วย'


@pytest.mark.django_db
def test_said_with_a_reply_it_is_shown_and_an_edit_takes_it_back(client):
    member, topic = make_member(), make_topic()
    browser = signed_in(member)
    browser.post(f"/t/{topic.pk}/reply/", {"body": "แปลด้วยเครื่อง", "with_ai": "on"})
    post = Post.objects.get(author=member)
    assert post.with_ai
    assert MARK in client.get(topic.get_absolute_url()).content.decode()
    assert "checked" in browser.get(f"/p/{post.pk}/edit/").content.decode()
    browser.post(f"/p/{post.pk}/edit/", {"body": post.body, "revision": "0"})
    assert not Post.objects.get(pk=post.pk).with_ai
    assert MARK not in client.get(topic.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_nothing_said_is_no_mark(client):
    post = make_post(make_topic())
    assert MARK not in client.get(post.topic.get_absolute_url()).content.decode()
