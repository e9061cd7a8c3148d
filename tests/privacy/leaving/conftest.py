"""Somebody with a bit of everything, and what is left of her anywhere."""

import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from accounts.models import Member
from forums.discussions.openings.actions import edit_topic
from forums.discussions.posts.actions import edit_post
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.contacts.models import Office
from forums.groups.networks.models import Network
from forums.notifications.actions import deliver
from forums.notifications.inbox.actions import spread
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.privacy.copies.actions import ask as ask_copy
from forums.privacy.leaving import actions
from forums.privacy.leaving.models import Leaving
from forums.reading.drafts.models import Draft
from forums.reading.messages.actions import begin
from forums.search.upkeep.actions import count_words
from tests.make import join, make_member, make_network, make_post, make_topic
from tests.pictures.files import picture_file
from tests.privacy.leaving.deeds import do_all

HANDLE, NAME, MAIL = "jampadaeng", "จำปาแดง ทดสอบลาก่อน", "jampadaeng@example.org"
TITLE, WORDS, SAID = "เรื่องกุหลาบพันปีของฉัน", "เมล็ดพันธุ์ฟักข้าวสีรุ้ง", "กระซิบเรื่องบ่อน้ำลับ"


@dataclass(frozen=True)
class Words:
    """What must be found nowhere afterwards."""

    name: str = NAME
    mail: str = MAIL
    text: str = WORDS
    said: str = SAID


@dataclass
class Scene:
    """Her, what she wrote, and who quotes her."""

    her: Member
    topic: Topic
    post: Post
    quoting: Post
    network: Network


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.COPIES_ROOT = tmp_path / "copies"
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


@pytest.fixture
def scene(folder: Path, settings: Any) -> Scene:
    settings.FORUMS_PACE = dict.fromkeys(settings.FORUMS_PACE, [])
    her = make_member(HANDLE, display_name=NAME, email=MAIL, bio=f"ฉันคือ {NAME}", password="x" * 12)
    EmailAddress.objects.create(user=her, email=MAIL, primary=True, verified=True)
    friend = make_member("somchai")
    network = make_network(coordinator=friend)
    join(network, her)
    Office.objects.create(network=network, title="เหรัญญิก", holder=NAME, member=her)
    topic = make_topic(her, title=TITLE, body=f"{WORDS} ข้อแรก")
    edit_topic(editor=her, topic=topic, title=f"{TITLE} อีกที", body=f"{WORDS} แก้แล้ว", tags=[])
    picture = save_picture(uploader=her, file=picture_file(), alt=WORDS)
    post = make_post(topic, her, body=f"{WORDS} ในความคิดเห็น\n\n{markdown(picture)}")
    edit_post(editor=her, post=post, body=f"{WORDS} ฉบับใหม่")
    quote = f"> [{NAME}](/p/{post.pk}/) เขียนว่า:\n>\n> {WORDS} ฉบับใหม่\n\nเห็นด้วยกับ @{HANDLE} มาก"
    quoting = make_post(topic, friend, body=quote)
    edit_post(editor=friend, post=quoting, body=f"{quote}\n\nแก้คำผิด")
    alone = make_topic(her, title=f"{TITLE} ไม่มีใครตอบ", body=WORDS)
    make_post(alone, her, body=WORDS)
    begin(writer=her, people=[friend], body=SAID)
    Draft.objects.create(
        member=her, key=uuid.uuid4(), place="p", fields={"body": WORDS}, saved_at=timezone.now()
    )
    LogEntry.objects.create(
        user=friend,
        content_type=ContentType.objects.get_for_model(Member),
        object_id=str(her.pk),
        object_repr=NAME,
        action_flag=CHANGE,
    )
    spread()
    count_words()
    ask_copy(member=her)
    return Scene(her, topic, post, quoting, network)


@pytest.fixture
def deeds(scene: Scene) -> None:
    """All else that she did, in whatever corner."""
    do_all(scene.her, scene.quoting.author, Words())
    count_words()


def leave(her: Member, choice: str) -> Leaving:
    """Ask, confirm, wait for the day, and let the worker do it."""
    leaving = actions.ask(member=her, choice=choice)
    assert actions.confirm(leaving=leaving)
    Leaving.objects.update(due_at=timezone.now())
    assert actions.carry_on() == 0, "the last letter goes out first"
    deliver()
    Leaving.objects.update(busy_until=None)
    assert actions.carry_on() == 1
    leaving.refresh_from_db()
    return leaving


def everything(media: Path) -> str:
    """All that is kept: each table as text, the search index among them, the outbox, the names of files."""
    said: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            said += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    said += [str(path) for path in media.rglob("*")]
    return "\n".join(said)


def left_of(text: str, *what: str) -> list[str]:
    """The lines in which one of these still stands."""
    pattern = re.compile("|".join(map(re.escape, what)), re.I)
    return [line[:300] for line in text.splitlines() if pattern.search(line)]
