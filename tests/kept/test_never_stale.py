"""Whatever is written, in whatever order, a kept page is the page made anew."""

import random

import pytest
from django.db import transaction
from django.test import Client, override_settings

from accounts.models import Member
from forums.base.errors import ForumError
from forums.discussions.boards.models import Board
from forums.discussions.posts.actions import delete_post, edit_post, react
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Role
from forums.groups.networks.models import Network
from forums.kept.models import KeptPage
from forums.moderation import actions as moderation
from roypalang.process_cache import ProcessCache
from tests.make import join, make_board, make_member, make_network, make_post, make_topic

STEPS, RUNS = 30, 4


@pytest.fixture(autouse=True)
def _unhindered(settings):
    settings.FORUMS_KEPT_PAGES = True
    settings.FORUMS_PACE = {}
    settings.FORUMS_QUIET_EDIT = 0


class Community:
    """A few people, boards, networks and topics, and what may happen among them."""

    def __init__(self, seed: int) -> None:
        self.any = random.Random(seed)  # noqa: S311
        self.people = [make_member() for _n in range(3)]
        self.moderator = make_member(is_staff=True)
        self.networks = [make_network(coordinator=self.people[n]) for n in range(2)]
        self.boards = [make_board(f"ห้อง {n}") for n in range(2)]
        for _n in range(4):
            self.start()

    def one(self, rows):
        return self.any.choice(list(rows.order_by("pk"))) if rows.exists() else None

    def start(self):
        make_topic(
            self.any.choice(self.people),
            self.any.choice(self.boards),
            title=f"กระทู้ {self.any.random()}",
        )

    def reply(self):
        if topic := self.one(Topic.objects.filter(hidden_at=None)):
            make_post(topic, self.any.choice(self.people), body=f"ตอบ {self.any.random()}")

    def mark(self):
        if post := self.one(Post.objects.filter(hidden_at=None)):
            react(
                member=self.any.choice(self.people),
                post=post,
                kind="useful",
                on=self.any.random() < 0.7,
            )

    def edit(self):
        if post := self.one(Post.objects.filter(number__gt=0)):
            edit_post(editor=post.author, post=post, body=f"แก้ {self.any.random()}", reason="แก้คำ")

    def delete(self):
        if post := self.one(Post.objects.filter(number__gt=0)):
            delete_post(member=post.author, post=post)

    def hide(self):
        if post := self.one(Post.objects.filter(hidden_at=None, number__gt=0)):
            moderation.hide_post(moderator=self.moderator, post=post, reason="โฆษณา")

    def show(self):
        if post := self.one(Post.objects.exclude(hidden_at=None)):
            moderation.unhide_post(moderator=self.moderator, post=post, reason="ดูผิด")

    def hide_topic(self):
        if topic := self.one(Topic.objects.filter(hidden_at=None)):
            moderation.hide_topic(moderator=self.moderator, topic=topic, reason="โฆษณา")

    def show_topic(self):
        if topic := self.one(Topic.objects.exclude(hidden_at=None)):
            moderation.unhide_topic(moderator=self.moderator, topic=topic, reason="ดูผิด")

    def lock(self):
        if topic := self.one(Topic.objects.all()):
            act = moderation.unlock if topic.locked_at else moderation.lock
            act(moderator=self.moderator, topic=topic, reason="พอแล้ว")

    def pin(self):
        if topic := self.one(Topic.objects.all()):
            act = moderation.unpin if topic.pinned_at else moderation.pin
            act(moderator=self.moderator, topic=topic, reason="ให้เห็น")

    def move(self):
        if topic := self.one(Topic.objects.all()):
            board = self.any.choice(self.boards)
            moderation.move(moderator=self.moderator, topic=topic, board=board, reason="ผิดห้อง")

    def rename(self):
        member = self.any.choice(self.people)
        Member.objects.filter(pk=member.pk).update(display_name=f"ชื่อ {self.any.random()}")

    def come_in(self):
        join(self.any.choice(self.networks), make_member(), role=Role.MEMBER)

    def relate(self):
        ids = list(Topic.objects.order_by("pk").values_list("pk", flat=True))
        Topic.objects.filter(pk=self.any.choice(ids)).update(related=self.any.sample(ids, 3))

    def new_network(self):
        self.networks.append(make_network())

    def undo(self):
        with transaction.atomic():
            self.reply()
            transaction.set_rollback(True)

    def step(self):
        act = self.any.choice(
            [
                *(self.start, self.reply, self.reply, self.mark, self.edit, self.delete, self.hide),
                *(self.show, self.hide_topic, self.show_topic, self.lock, self.pin, self.move),
                *(self.rename, self.come_in, self.relate, self.new_network, self.undo),
            ]
        )
        try:
            act()
        except ForumError:
            return f"{act.__name__} (refused)"
        return act.__name__

    def addresses(self):
        topics = [each.get_absolute_url() for each in Topic.objects.all()]
        boards = [f"/b/{each.slug}/" for each in Board.objects.filter(network=None)]
        networks = [each.get_absolute_url() for each in Network.objects.all()]
        return [
            *("/", "/new/", "/hot/", "/unanswered/", "/boards/", "/networks/"),
            *topics,
            *boards,
            *networks,
        ]


def anew(path, monkeypatch):
    """The page as it is made where nothing is kept and nothing remembered."""
    with override_settings(FORUMS_KEPT_PAGES=False), monkeypatch.context() as patch:
        patch.setattr(ProcessCache, "get", lambda _self, _key, default=None, **_more: default)
        response = Client().get(path)
    return response.status_code, response.content


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(RUNS))
def test_a_kept_page_is_the_page_made_anew(seed, monkeypatch):
    community, done = Community(seed), []
    given = Client()
    for _step in range(STEPS):
        paths = community.any.sample(community.addresses(), 5)
        for path in paths:
            given.get(path)  # kept from here on
        done.append(community.step())
        for path in paths:
            now = given.get(path)
            assert (now.status_code, now.content) == anew(path, monkeypatch), (path, done)
    assert KeptPage.objects.exists()
    assert len({act for act in done if "refused" not in act}) > 5, done
