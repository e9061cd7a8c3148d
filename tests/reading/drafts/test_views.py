"""Pages of drafts, and forms that keep them, without scripts."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.discussions.boards.models import Access
from forums.discussions.posts.models import Post
from forums.moderation import actions as moderation
from forums.reading.drafts.actions import keep
from forums.reading.drafts.models import Draft
from tests.make import make_activity, make_board, make_member, make_post, make_topic
from tests.security.world import png


@pytest.fixture
def topic():
    return make_topic(title="ตลาดเช้า")


def kept(member, place: str, **fields: str) -> Draft:
    values = {name: [value] for name, value in fields.items()}
    return keep(member=member, place=place, fields=values, beginning=next(iter(fields.values())))


def press_keep(client, place: str, **fields: str):
    return client.post("/drafts/keep/", {"draft_place": place, "draft": "", **fields})


def test_the_button_keeps_the_whole_form_and_going_on_fills_it_in(as_, malee, topic):
    client, path = as_(malee), f"/t/{topic.pk}/reply/"
    to = make_post(topic)
    answer = press_keep(client, path, body="ที่บ้านน้ำว้า", to=str(to.pk), send="1")
    assert answer.status_code == 302
    draft = Draft.objects.get()
    assert draft.place == f"{path}?to={to.pk}"
    assert draft.fields == {"body": ["ที่บ้านน้ำว้า"], "to": [str(to.pk)]}
    page = client.get("/drafts/").content.decode()
    assert "ตอบใน “ตลาดเช้า”" in page
    assert "ที่บ้านน้ำว้า" in page
    assert f"{path}?to={to.pk}&amp;draft={draft.key}" in page
    form = client.get(draft.goes_on_at).content.decode()
    assert "ที่บ้านน้ำว้า</textarea>" in form
    assert f'name="draft" value="{draft.token}"' in form
    assert f'name="to" value="{to.pk}"' in form


def test_a_form_offers_what_waits_and_puts_nothing_in_the_place_of_anything(as_, malee, topic):
    post = make_post(topic, malee, body="อย่างเดิม")
    path = f"/p/{post.pk}/edit/"
    draft = kept(malee, path, body="อย่างใหม่", revision="0")
    page = as_(malee).get(path).content.decode()
    assert "อย่างเดิม</textarea>" in page
    assert f'href="{draft.goes_on_at}"' in page
    page = as_(malee).get(draft.goes_on_at).content.decode()
    assert "อย่างใหม่</textarea>" in page
    assert "data-offer=" not in page


def test_sending_takes_the_draft_along(as_, malee, topic):
    client, path = as_(malee), f"/t/{topic.pk}/reply/"
    draft = kept(malee, path, body="ที่บ้านน้ำว้า")
    client.post(path, {"body": "ที่บ้านน้ำว้า จบ", "draft": str(draft.token), "draft_place": path})
    assert Post.objects.filter(body="ที่บ้านน้ำว้า จบ").exists()
    assert not Draft.objects.kept().exists()
    assert "ยังไม่มีฉบับร่าง" in client.get("/drafts/").content.decode()


def test_a_topic_with_a_cover_takes_its_draft_along_too(as_, malee, board):
    path = f"/b/{board.slug}/new/"
    draft = kept(malee, path, title="ใครมีเตียงลม", body="อยากยืม")
    picture = png()
    fields = {"kind": "article", "board": board.slug, "title": "ใครมีเตียงลม", "body": "อยากยืม"}
    answer = as_(malee).post(path, {**fields, "cover": picture, "draft": str(draft.token)})
    assert answer.status_code == 302
    assert Post.objects.get().topic.cover
    assert not Draft.objects.kept().exists()


def test_a_refusal_leaves_the_draft_where_it_is(as_, malee, moderator, topic):
    path = f"/t/{topic.pk}/reply/"
    draft = kept(malee, path, body="ที่บ้านน้ำว้า")
    moderation.lock(moderator=moderator, topic=topic, reason="จบแล้ว")
    answer = as_(malee).post(path, {"body": "ที่บ้านน้ำว้า", "draft": str(draft.token)})
    assert answer.status_code == 409
    assert f'value="{draft.token}"' in answer.content.decode()
    assert Draft.objects.kept().get() == draft
    page = as_(malee).get(draft.get_absolute_url()).content.decode()
    assert "ที่บ้านน้ำว้า</textarea>" in page


def test_a_new_topic_comes_back_whole(as_, malee, board):
    client, path = as_(malee), f"/b/{board.slug}/new/"
    press_keep(
        client, path, kind="question", board=board.slug, title="ใครมีเตียงลม", body="", tags="เตียง"
    )
    draft = Draft.objects.get()
    assert draft.beginning == "ใครมีเตียงลม"
    page = client.get(draft.goes_on_at).content.decode()
    assert 'value="ใครมีเตียงลม"' in page
    assert 'value="เตียง"' in page
    assert 'value="question" checked' in page


def test_every_form_with_a_draft_is_named(as_, malee, network, topic):
    activity = make_activity(network, malee)
    post = make_post(topic, malee)
    for place in (
        *(
            "/start/",
            f"/b/{topic.board.slug}/new/",
            f"/t/{topic.pk}/edit/",
            f"/t/{topic.pk}/reply/",
        ),
        *(f"/p/{post.pk}/edit/", f"/t/{topic.pk}/by/view/{network.slug}/", "/networks/new/"),
        "/settings/profile/",
        *(f"/n/{network.slug}/edit/", f"/n/{network.slug}/ask/", f"/n/{network.slug}/join/"),
        *(f"/n/{network.slug}/activities/new/", f"/activities/{activity.pk}/edit/"),
        *(f"/activities/{activity.pk}/report/", "/organisations/new/"),
    ):
        assert press_keep(as_(malee), place, body=f"ของ {place}").status_code == 302, place
    page = as_(malee).get("/drafts/").content.decode()
    assert page.count("เขียนต่อ") == 15
    assert "เปิดดูไม่ได้" not in page


def test_where_no_form_keeps_drafts_the_words_come_back(as_, malee):
    for place in ("/settings/", "/nowhere/", "", "/b/\0/new/", f"/b/{'ก' * 300}/new/"):
        answer = press_keep(as_(malee), place, body="ที่พิมพ์ไว้")
        assert answer.status_code == 400
        assert "ที่พิมพ์ไว้" in answer.content.decode()
    assert press_keep(as_(malee), "/start/", title=" ", body="").status_code == 400
    assert press_keep(as_(malee), "/start/", body="ก" * 70_001).status_code == 400
    assert not Draft.objects.exists()
    odd = {"draft_writer": "\0" * 40, "draft_nth": "9" * 40, "draft": f"{uuid4()}.{'9' * 30}"}
    assert (
        as_(malee)
        .post("/drafts/keep/", {"draft_place": "/start/", "body": "ก\0ข", **odd})
        .status_code
        == 302
    )
    assert Draft.objects.get().fields["body"] == ["กข"]


def test_nobody_else_reads_throws_away_or_opens_a_draft(as_, malee, somchai, moderator, topic):
    draft = kept(malee, f"/t/{topic.pk}/reply/", body="ความลับ")
    for who in (somchai, moderator):
        client = as_(who)
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert client.post(f"{draft.get_absolute_url()}throw-away/").status_code == 404
        assert client.post(f"{draft.get_absolute_url()}bring-back/").status_code == 404
        for address in ("/drafts/", draft.goes_on_at, f"/drafts/?thrown={draft.key}"):
            assert "ความลับ" not in client.get(address).content.decode()
        assert "ความลับ" not in client.get(f"/drafts/at/?place={draft.place}").content.decode()
    assert as_(None).get(draft.get_absolute_url()).status_code == 302
    assert not Draft.objects.visible_to(AnonymousUser()).exists()


def test_a_place_she_may_no_longer_see_is_not_named_and_her_words_stay(as_, malee, moderator):
    topic = make_topic(title="ชื่อลับ")
    draft = kept(malee, f"/t/{topic.pk}/reply/", body="ถ้อยคำของฉัน")
    moderation.hide_topic(moderator=moderator, topic=topic, reason="ผิดกติกา")
    other = make_topic(title="ชื่อลับ", board=make_board(read=Access.STAFF), author=moderator)
    kept(malee, f"/t/{other.pk}/reply/", body="อีกถ้อยคำ")
    for address in ("/drafts/", draft.get_absolute_url()):
        page = as_(malee).get(address).content.decode()
        assert "ชื่อลับ" not in page
        assert "ถ้อยคำของฉัน" in page
    assert as_(malee).get(draft.goes_on_at).status_code == 404


def test_texts_that_differ_stand_side_by_side(as_, malee, topic):
    place = f"/t/{topic.pk}/reply/"
    kept(malee, place, body="หนึ่ง")
    kept(malee, place, body="สอง")
    page = as_(malee).get("/drafts/").content.decode()
    assert "two-texts" in page
    assert page.count("?draft=") == 2


def test_thrown_away_it_can_be_brought_back(as_, malee, topic):
    draft = kept(malee, f"/t/{topic.pk}/reply/", body="ทิ้งไปแล้ว")
    client = as_(malee)
    page = client.post(f"{draft.get_absolute_url()}throw-away/", follow=True).content.decode()
    assert "bring-back" in page
    assert client.get(draft.get_absolute_url()).status_code == 404
    page = client.post(f"{draft.get_absolute_url()}bring-back/", follow=True).content.decode()
    assert "ทิ้งไปแล้ว" in page


def test_a_script_is_told_where_the_text_stands(as_, malee, topic):
    client = as_(malee, headers={"X-Requested-With": "fetch"})
    place = f"/t/{topic.pk}/reply/"
    data = {"draft_place": place, "body": "ก", "draft_writer": "a" * 16, "draft_nth": "1"}
    said = client.post("/drafts/keep/", data).json()
    draft = Draft.objects.get()
    assert said == {"draft": str(draft.token), "beside": ""}
    there = client.get(f"/drafts/at/?place={place}&draft={draft.token}").json()
    assert (there["gone"], there["offers"].strip()) == (False, "")
    assert draft.goes_on_at in client.get(f"/drafts/at/?place={place}").json()["offers"]
    other = {**data, "body": "ข", "draft": str(draft.token), "draft_writer": "b" * 16}
    client.post("/drafts/keep/", other)
    said = client.post("/drafts/keep/", {**data, "body": "ค", "draft": str(draft.token)}).json()
    # The first page again: an older save of another writer's draft stands beside it.
    assert said["beside"]
    assert Draft.objects.count() == 2


def test_the_list_asks_the_same_for_two_and_for_forty(as_, malee):
    author, board = make_member(is_staff=True), make_board()
    client = as_(malee)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/drafts/").status_code == 200
        return len(queries)

    for n in range(2):
        kept(malee, f"/t/{make_topic(author, board, title=f'{n}').pk}/reply/", body=f"ก {n}")
    asked()  # what a process remembers
    few = asked()
    for n in range(38):
        kept(malee, f"/t/{make_topic(author, board, title=f'อีก {n}').pk}/reply/", body=f"ข {n}")
    assert asked() == few


def test_names_of_fields_count_as_what_is_written_does(as_, malee, topic):
    answer = press_keep(as_(malee), f"/t/{topic.pk}/reply/", body="ก", **{"ช" * 80_000: "1"})
    assert answer.status_code == 400
    assert not Draft.objects.exists()
