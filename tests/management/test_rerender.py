"""What an older renderer made is made again, and nothing else changes."""

import io
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from forums.discussions.openings import maintenance
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.management.commands import rerender as command
from forums.pages.actions import save_page
from forums.pages.models import Page
from forums.text.render import RENDERER_VERSION
from tests.make import make_post, make_topic

OLD = {"body_html": "<p>old</p>", "renderer_version": 0}


def rerender(**options: object) -> str:
    out = io.StringIO()
    call_command("rerender", stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def article(malee) -> Topic:
    return make_topic(malee, kind="article", body="# หนึ่ง\n\nก\n\n## สอง\n\nข")


@pytest.mark.django_db
def test_old_posts_are_rendered_again_and_keep_their_dates(article, somchai):
    comment = make_post(article, somchai, body="**หนา**")
    right = dict(Post.objects.values_list("pk", "body_html"))
    edited = datetime(2025, 1, 1, tzinfo=UTC)
    Post.objects.update(**OLD, edited_at=edited)
    assert rerender() == "2 posts and 0 pages rendered.\n"
    assert dict(Post.objects.values_list("pk", "body_html")) == right
    assert "<strong>" in right[comment.pk]
    assert set(Post.objects.values_list("renderer_version", "edited_at")) == {
        (RENDERER_VERSION, edited)
    }


@pytest.mark.django_db
def test_what_is_of_this_version_is_left_alone_unless_all_is_asked_for(article):
    Post.objects.update(body_html="<p>kept</p>")
    assert rerender().startswith("0 posts")
    assert Post.objects.get().body_html == "<p>kept</p>"
    assert rerender(all=True).startswith("1 posts")
    assert Post.objects.get().body_html != "<p>kept</p>"


@pytest.mark.django_db
def test_an_articles_contents_follow_its_text(article):
    right = article.contents
    assert len(right) == 2
    Topic.objects.update(contents=[])
    Post.objects.update(**OLD)
    rerender()
    assert Topic.objects.get().contents == right
    for entry in right:
        assert f'id="{entry["id"]}"' in Post.objects.get().body_html


@pytest.mark.django_db
def test_pages_are_rendered_again_and_keep_their_date():
    page = save_page(slug="about", title="เกี่ยวกับเรา", body="**หนา**")
    right, updated_at = page.body_html, Page.objects.get().updated_at
    Page.objects.update(**OLD)
    assert rerender() == "0 posts and 1 pages rendered.\n"
    page = Page.objects.get()
    assert (page.body_html, page.renderer_version, page.updated_at) == (
        right,
        RENDERER_VERSION,
        updated_at,
    )


@pytest.mark.django_db
def test_an_edit_meanwhile_wins(article, somchai, monkeypatch):
    post = make_post(article, somchai, body="ก่อน")
    Post.objects.filter(pk=post.pk).update(**OLD)
    real = maintenance.rendered

    def edited_meanwhile(body: str, **more):
        Post.objects.filter(pk=post.pk).update(body="หลัง", body_html="<p>หลัง</p>")
        return real(body, **more)

    monkeypatch.setattr(maintenance, "rendered", edited_meanwhile)
    rerender()
    assert Post.objects.get(pk=post.pk).body_html == "<p>หลัง</p>"


@pytest.mark.django_db
def test_one_text_that_fails_does_not_keep_the_others_waiting(article, somchai, monkeypatch):
    posts = [make_post(article, somchai, body=f"ข้อ {n}") for n in range(5)]
    Post.objects.update(**OLD)
    monkeypatch.setattr(command, "BATCH", 2)
    real = maintenance.rendered

    def bad(body: str, **more):
        if body == "ข้อ 2" or body.startswith("#"):
            raise ValueError("no")
        return real(body, **more)

    monkeypatch.setattr(maintenance, "rendered", bad)
    with pytest.raises(CommandError, match="2 texts could not") as caught:
        rerender()
    assert caught.value.returncode == 1
    old = Post.objects.filter(renderer_version=0).values_list("number", flat=True)
    assert sorted(old) == [0, posts[2].number]


@pytest.mark.django_db
def test_all_goes_on_after_a_post(article, somchai):
    first = make_post(article, somchai)
    make_post(article, somchai)
    assert rerender(all=True, after=first.pk).startswith("1 posts")
