"""What is left of who left: nothing she asked to be taken away, in any table, file, index or letter."""

from pathlib import Path

import pytest
from django.core import mail

from accounts.models import GoneHandle, Member
from forums.base.personal import Farewell
from forums.discussions.posts.models import Post, Reaction
from forums.groups.memberships.models import Membership
from forums.moderation.clarifications.actions import CLARIFY, pin_reply
from forums.moderation.clarifications.actions import ask as clarify
from forums.moderation.clarifications.models import Clarification
from forums.moderation.queue.models import Case
from forums.notifications.models import Email
from forums.reading.messages.actions import begin
from forums.reading.messages.actions import report as show_moderators
from forums.reading.messages.models import Message
from forums.search.index.models import SearchEntry
from forums.search.upkeep.actions import count_words, reindex_posts
from tests.clients import signed_in
from tests.make import make_member, make_topic
from tests.privacy.leaving.conftest import (
    HANDLE,
    MAIL,
    NAME,
    SAID,
    TITLE,
    WORDS,
    Scene,
    everything,
    leave,
    left_of,
)
from tests.privacy.leaving.deeds import SECRET

pytestmark = pytest.mark.django_db(transaction=True)


def search_again() -> None:
    """As the worker does within the hour, and once a day."""
    reindex_posts(after=0, size=1000)
    count_words()


@pytest.mark.usefixtures("deeds")
def test_before_she_leaves_all_of_it_is_there(scene: Scene, folder: Path):
    """Or the tests below would prove nothing."""
    text = everything(folder)
    for each in (HANDLE, NAME, MAIL, WORDS, TITLE, SAID, SECRET):
        assert left_of(text, each), each
    for table in (
        *("concealedpassage", "heldtext", "messagereport", "problemreport", "appeal", "staffnote"),
        *("clarification", "bookmark", "draft"),
    ):
        rows = [line for line in text.splitlines() if line.startswith(f"forums_{table}:")]
        assert left_of("\n".join(rows), NAME, WORDS, SAID, SECRET), table
    assert list(folder.rglob("*.webp"))


@pytest.mark.usefixtures("deeds")
def test_emptied_nothing_of_her_is_left_anywhere(scene: Scene, folder: Path):
    leave(scene.her, Farewell.EMPTIED)
    search_again()
    text = everything(folder)
    assert left_of(text, HANDLE, NAME, MAIL, "จำปาแดง") == []
    assert left_of(text, WORDS, TITLE, SAID, SECRET, "กุหลาบพันปี", "ฟักข้าว") == []
    assert list(folder.rglob("*.webp")) == []
    assert list(folder.rglob("*.zip")) == []
    assert not Email.objects.filter(member=scene.her).exists()


@pytest.mark.usefixtures("deeds")
def test_without_her_name_the_texts_stay_and_say_it_nowhere(scene: Scene, folder: Path):
    leave(scene.her, Farewell.NAMELESS)
    search_again()
    text = everything(folder)
    assert left_of(text, HANDLE, NAME, MAIL, SECRET) == []
    assert left_of(text, WORDS)
    scene.post.refresh_from_db()
    assert scene.post.body == f"{WORDS} ฉบับใหม่"
    assert "อดีตสมาชิก" in SearchEntry.objects.get(post=scene.post).names


@pytest.mark.usefixtures("deeds")
def test_under_her_name_the_texts_stay_and_all_else_goes(scene: Scene, folder: Path):
    leave(scene.her, Farewell.NAMED)
    text = everything(folder)
    assert left_of(text, MAIL, SECRET, "ฉันคือ") == []
    her = Member.objects.get(pk=scene.her.pk)
    assert (her.display_name, her.handle) == (NAME, HANDLE)
    assert not her.is_active
    assert her.left_at
    assert not her.has_usable_password()


@pytest.mark.parametrize("choice", Farewell.values)
def test_what_others_said_stays_readable_and_in_its_place(scene: Scene, client, choice):
    leave(scene.her, choice)
    page = client.get(scene.topic.get_absolute_url(), follow=True)
    assert page.status_code == 200
    said = Post.objects.get(pk=scene.quoting.pk)
    assert said.body.endswith("แก้คำผิด")
    assert f"/p/{scene.post.pk}/" in said.body
    assert (WORDS in said.body) == (choice != Farewell.EMPTIED)
    assert (NAME in said.body) == (choice == Farewell.NAMED)
    assert (WORDS in said.body_html) == (choice != Farewell.EMPTIED)


def test_a_placeholder_keeps_the_place_of_what_was_emptied(scene: Scene, client):
    leave(scene.her, Farewell.EMPTIED)
    scene.post.refresh_from_db()
    assert scene.post.body == ""
    assert scene.post.deleted_at
    scene.topic.refresh_from_db()
    assert scene.topic.title == "กระทู้ที่ลบข้อความแล้ว"
    assert scene.topic.deleted_at is None, "others answered"
    assert scene.topic.reply_count == 1


def test_her_networks_go_on_without_her_and_nobody_gets_her_handle(scene: Scene):
    leave(scene.her, Farewell.NAMELESS)
    assert not Membership.objects.filter(member=scene.her).exists()
    scene.network.refresh_from_db()
    assert scene.network.member_count == 1
    assert GoneHandle.objects.count() == 1
    assert Member.objects.has_handle(HANDLE)
    assert Member.objects.has_handle(HANDLE.upper())
    assert not Member.objects.has_handle("jampakhao")


def test_her_page_says_that_she_has_left(scene: Scene, client):
    leave(scene.her, Farewell.NAMELESS)
    assert client.get(f"/u/{HANDLE}/").status_code == 404
    answer = client.get(f"/u/gone-{scene.her.pk}/")
    assert answer.status_code == 410
    assert "ลบบัญชี" in answer.content.decode()


def test_messages_stay_with_whom_they_were_written_to_unless_emptied(scene: Scene):
    leave(scene.her, Farewell.NAMELESS)
    assert SAID in Message.objects.filter(writer=scene.her).values_list("body", flat=True)


def test_the_last_letter_goes_out_and_is_forgotten(scene: Scene):
    leave(scene.her, Farewell.NAMELESS)
    assert [each.to for each in mail.outbox][-1] == [MAIL]
    assert "ลาก่อน" in mail.outbox[-1].subject
    assert not Email.objects.filter(member=scene.her).exists()


def test_what_she_found_useful_still_counts(scene: Scene):
    from forums.discussions.posts.actions import react

    react(member=scene.her, post=scene.quoting, kind="useful", on=True)
    leave(scene.her, Farewell.EMPTIED)
    scene.quoting.refresh_from_db()
    assert scene.quoting.useful_count == Reaction.objects.filter(post=scene.quoting).count() == 1


def test_what_waits_of_her_waits_no_more_and_its_topic_asks_for_no_reply(scene: Scene):
    topics = [make_topic(scene.quoting.author) for _ in range(2)]
    asked = [
        clarify(member=scene.her, topic=each, named="person", how="ชื่อฉัน", body="ไม่ใช่อย่างนั้น")
        for each in topics
    ]
    pin_reply(moderator=make_member(is_staff=True), clarification=asked[1], reason="เป็นเขาจริง")
    case = Case.objects.get(kind=CLARIFY, key=str(asked[0].pk))
    leave(scene.her, Farewell.NAMED)
    case.refresh_from_db()
    assert case.ended_at
    assert not Clarification.objects.exists()
    topics[1].refresh_from_db()
    assert topics[1].clarified_at is None
    boss = signed_in(make_member(is_staff=True, is_superuser=True))
    assert boss.get(f"/admin/queue/{case.pk}/").status_code == 200
    assert boss.get("/admin/queue/").status_code == 200


def test_a_copy_moderators_have_not_looked_at_is_emptied_only_of_who_complains(scene: Scene):
    friend = scene.quoting.author
    hers, his = Message.objects.get(), begin(writer=friend, people=[scene.her], body="ขอยืมเงิน")
    about_her = show_moderators(member=friend, message=hers, reason="พูดไม่ดี")
    by_her = show_moderators(member=scene.her, message=his, reason="ขอเงินทุกวัน")
    leave(scene.her, Farewell.EMPTIED)
    about_her.refresh_from_db()
    by_her.refresh_from_db()
    assert [each["text"] for each in about_her.shown] == [SAID]
    assert [each["text"] for each in by_her.shown] == ["", "ขอยืมเงิน"]
    assert (by_her.reason, about_her.reason) == ("", "พูดไม่ดี")
