"""Whose words a text may show: only of pictures its reader may see."""

import pytest

from forums.discussions.boards.models import Access
from forums.discussions.openings.maintenance import rerender_posts
from forums.discussions.posts.models import Post
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.pictures.models import Attachment
from forums.search.index.models import SearchEntry
from forums.search.upkeep.actions import reindex_posts
from tests.clients import signed_in
from tests.make import make_board, make_post, make_topic
from tests.pictures.files import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(moderator) -> Attachment:
    """In a board of moderators; its words must not come out."""
    picture = save_picture(
        uploader=moderator, file=picture_file(), alt="ความลับหนึ่ง", caption="ความลับสอง"
    )
    make_topic(moderator, make_board(read=Access.STAFF), body=markdown(picture))
    picture.refresh_from_db()
    assert picture.post_id
    return picture


@pytest.mark.parametrize("where", ["preview", "reply", "start", "preview in a form"])
def test_words_of_a_picture_she_may_not_see_stay_where_they_are(malee, secret, where):
    topic, client = make_topic(malee), signed_in(malee)
    url = {"preview": "/preview/", "start": f"/b/{topic.board.slug}/new/"}.get(
        where, f"/t/{topic.pk}/reply/"
    )
    sent = {"body": f"![]({secret.address})", "kind": "conversation", "title": "ลองดู"}
    sent |= {"preview": "1"} if where == "preview in a form" else {}
    sent |= {"board": topic.board.slug}
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == (200 if "preview" in where else 302)
    assert "ความลับ" not in page
    html = page if "preview" in where else Post.objects.order_by("-pk")[0].body_html
    assert "missing-picture" in html
    assert "ความลับ" not in html
    rerender_posts(after=0, size=9, everything=True)
    reindex_posts(after=0, size=9, everything=True)
    mine = Post.objects.filter(author=malee)
    assert not mine.filter(body_html__contains="ความลับ").exists()
    said = SearchEntry.objects.filter(post__author=malee).values_list("text", flat=True)
    assert "ความลับ" not in "".join(said)


def test_whoever_may_see_it_shows_it_with_its_words(malee, somchai):
    picture = save_picture(uploader=malee, file=picture_file(), alt="คลองยามเช้า")
    make_post(make_topic(malee), malee, body=markdown(picture))
    client = signed_in(somchai)
    page = client.post("/preview/", {"body": f"![]({picture.address})"}).content.decode()
    assert 'alt="คลองยามเช้า"' in page
    mine = save_picture(uploader=somchai, file=picture_file(), alt="ยังไม่ได้ใช้")
    said = {"body": f"![]({mine.address})"}
    assert 'alt="ยังไม่ได้ใช้"' in client.post("/preview/", said).content.decode()
    assert "ยังไม่ได้ใช้" not in signed_in(malee).post("/preview/", said).content.decode()
