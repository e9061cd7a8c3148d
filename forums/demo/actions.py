"""Sets up the house, and plays the demo's script through the actions of the site."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Consent, Member
from forums.boards.actions import save_board
from forums.boards.models import Access, Board
from forums.demo.clock import clock_at
from forums.demo.pictures import draw
from forums.demo.script import ScriptError, Step, load_json, load_pages, load_steps, moment
from forums.moderation import actions as moderation
from forums.pages.actions import save_link, save_page
from forums.pages.models import CommunityLink, Page
from forums.posts.actions import delete_post, edit_post, react, reply
from forums.posts.models import Attachment, Post, ReactionKind
from forums.posts.pictures import save_picture
from forums.text.handles import handle_key
from forums.topics.actions import accept_answer, edit_topic, start_topic
from forums.topics.models import Topic

PASSWORD = "roiphalang-demo"  # noqa: S105 - printed for everyone who starts the demo
_LOCK = 0x64656D6F  # "demo"
_ADDRESS = re.compile(r"(?<=\()(picture|topic|post):([\w.-]+)")
_TAGS = re.compile(r",\s*")


class NotEmpty(Exception):
    """Somebody lives here already."""


class Busy(Exception):
    """Another process is filling this database just now."""


def start_house() -> dict[str, int]:
    """Make the pages that are missing, and boards and links where there are none; says how many."""
    with _alone():
        return _start_house()


def fill(*, now: datetime | None = None, password: str | None = PASSWORD) -> dict[str, int]:
    """Fill an empty database with the demo community; says how many of what there are.

    `password` None makes members nobody can sign in as. Members come first and pictures second,
    because pictures are never encoded inside a transaction; the talk is one transaction. So a run
    that was stopped leaves no half of a talk, and the next one goes on.
    Raises NotEmpty, Busy or ScriptError.
    """
    now = now or timezone.now()
    with _alone():
        if not is_fillable():
            raise NotEmpty
        steps = load_steps(now)
        _start_house()
        members = _sign_up(now, password)
        pictures = _draw(steps, members)
        _play(steps, members, pictures)
    return {
        "members": Member.objects.count(),
        "topics": Topic.objects.count(),
        "posts": Post.objects.count(),
    }


def is_fillable() -> bool:
    """No member but those of an earlier, unfinished run, and no topic."""
    demo = [handle_key(row["handle"]) for row in load_json("members")]
    others = Member.objects.exclude(handle_key__in=demo, email__endswith="@example.org")
    return not Topic.objects.exists() and not others.exists()


def is_filled() -> bool:
    """Whether the demo's members live here."""
    demo = [handle_key(row["handle"]) for row in load_json("members")]
    found = Member.objects.filter(handle_key__in=demo, email__endswith="@example.org")
    return found.count() == len(demo)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the demo's lock, which spans transactions. Raises Busy when somebody else does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise Busy
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


# -- the house ----------------------------------------------------------------------------------


@transaction.atomic
def _start_house() -> dict[str, int]:
    made = {"pages": 0, "boards": 0, "links": 0}
    known = set(Page.objects.values_list("slug", flat=True))
    for place, (slug, title, body) in enumerate(load_pages(), 1):
        if slug not in known:
            save_page(slug=slug, title=title, body=body, position=place * 10)
            made["pages"] += 1
    if not Board.objects.exists():
        made["boards"] = _make_boards(load_json("boards"), None)
    if not CommunityLink.objects.exists():
        for place, row in enumerate(load_json("links"), 1):
            save_link(**row, position=place * 10)
            made["links"] += 1
    return made


def _make_boards(rows: list[dict[str, Any]], parent: Board | None) -> int:
    count = 0
    for place, row in enumerate(rows, 1):
        rooms = row.get("rooms", [])
        board = save_board(
            name=row["name"],
            slug=row["slug"],
            scope=row["scope"],
            parent=parent,
            position=place * 10,
            colour=row["colour"],
            emblem=row["emblem"],
            read_level=Access[row.get("read", "EVERYONE")],
            # A board that has rooms leads to them; topics are started in the rooms.
            write_level=Access[row.get("write", "STAFF" if rooms else "MEMBERS")],
        )
        count += 1 + _make_boards(rooms, board)
    return count


# -- the people ---------------------------------------------------------------------------------


@transaction.atomic
def _sign_up(now: datetime, password: str | None) -> dict[str, Member]:
    """The members by handle, each with a confirmed address; those of an unfinished run are kept."""
    known = {member.handle: member for member in Member.objects.all()}
    for row in load_json("members"):
        if row["handle"] in known:
            continue
        joined = moment(row["joined"], now)
        member = known[row["handle"]] = Member.objects.create_user(
            row["handle"],
            row["email"],
            display_name=row["name"],
            bio=row["bio"],
            province=row["province"],
            links=row["links"],
            trust_level=row["trust"],
            is_staff=row["role"] in {"admin", "moderator"},
            is_superuser=row["role"] == "admin",
            created_at=joined,
        )
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
        Consent.objects.create(member=member, version=settings.CONSENT_VERSION, given_at=joined)
    if password is not None:
        # One hash for all: a slow hash for each would only heat the room.
        Member.objects.update(password=make_password(password))
    return known


# -- the talk -----------------------------------------------------------------------------------


def _draw(steps: list[Step], members: dict[str, Member]) -> dict[str, Attachment]:
    """The pictures the texts show, each uploaded by whoever shows it."""
    alts = {row["name"]: row["alt"] for row in load_json("pictures")}
    pictures: dict[str, Attachment] = {}
    for step in steps:
        names = {name for kind, name in _ADDRESS.findall(step.text) if kind == "picture"}
        for name in sorted(names | {step.more.get("cover", "")} - {""}):
            with clock_at(step.at):
                pictures[name] = save_picture(
                    uploader=members[step.by], file=draw(name), alt=alts[name]
                )
    return pictures


@transaction.atomic
def _play(steps: list[Step], members: dict[str, Member], pictures: dict[str, Attachment]) -> None:
    play = _Play(members, pictures)
    for step in steps:
        with clock_at(step.at):
            getattr(play, f"do_{step.verb}")(step)


class _Play:
    """What each verb of the script means; remembers which topic and post a name stands for."""

    def __init__(self, members: dict[str, Member], pictures: dict[str, Attachment]) -> None:
        self.members, self.pictures = members, pictures
        self.boards = {board.slug: board for board in Board.objects.all()}
        self.topics: dict[str, Topic] = {}
        self.posts: dict[tuple[str, str], Post] = {}

    def do_start(self, step: Step) -> None:
        about = step.more
        topic = self.topics[step.topic] = start_topic(
            author=self.members[step.by],
            board=self.boards[about["board"]],
            kind=about["kind"],
            title=about["title"],
            body=self._text(step),
            tags=_TAGS.split(about["tags"]) if "tags" in about else [],
            cover=self.pictures.get(about.get("cover", "")),
        )
        self.posts[step.topic, ""] = Post.objects.get(topic=topic, number=0)

    def do_reply(self, step: Step) -> None:
        self.posts[step.topic, step.post] = reply(
            author=self.members[step.by],
            topic=self.topics[step.topic],
            parent=self.posts[step.topic, step.to],
            body=self._text(step),
        )

    def do_useful(self, step: Step) -> None:
        self._react(step, ReactionKind.USEFUL)

    def do_agree(self, step: Step) -> None:
        self._react(step, ReactionKind.AGREE)

    def do_edit(self, step: Step) -> None:
        post = self._post_now(step)
        edit_post(
            editor=self.members[step.by],
            post=post,
            body=post.body.replace(step.more["old"], step.more["new"]),
            reason=step.text,
        )

    def do_edittopic(self, step: Step) -> None:
        topic = Topic.objects.get(pk=self.topics[step.topic].pk)
        edit_topic(
            editor=self.members[step.by],
            topic=topic,
            title=topic.title,
            body=self._post_now(step).body.replace(step.more["old"], step.more["new"]),
            tags=[tag.name for tag in topic.tags.all()],
            cover=topic.cover,
            reason=step.text,
        )

    def do_delete(self, step: Step) -> None:
        delete_post(member=self.members[step.by], post=self._post_now(step))

    def do_accept(self, step: Step) -> None:
        topic = self.topics[step.topic]
        accept_answer(member=self.members[step.by], topic=topic, post=self._post_now(step))

    def do_hide(self, step: Step) -> None:
        moderation.hide_post(
            moderator=self.members[step.by], post=self._post_now(step), reason=step.text
        )

    def do_lock(self, step: Step) -> None:
        moderation.lock(**self._decided(step))

    def do_pin(self, step: Step) -> None:
        moderation.pin(**self._decided(step))

    def do_move(self, step: Step) -> None:
        moderation.move(**self._decided(step), board=self.boards[step.more["board"]])

    def _decided(self, step: Step) -> dict[str, Any]:
        return {
            "moderator": self.members[step.by],
            "topic": self.topics[step.topic],
            "reason": step.text,
        }

    def _react(self, step: Step, kind: ReactionKind) -> None:
        react(member=self.members[step.by], post=self._post_now(step), kind=kind, on=True)

    def _post_now(self, step: Step) -> Post:
        return Post.objects.select_related("topic__board").get(
            pk=self.posts[step.topic, step.post].pk
        )

    def _text(self, step: Step) -> str:
        def address(match: re.Match[str]) -> str:
            kind, name = match.groups()
            try:
                if kind == "picture":
                    return self.pictures[name].address
                if kind == "topic":
                    return self.topics[name].get_absolute_url()
                return self.posts[step.topic, name].get_absolute_url()
            except KeyError as error:
                raise ScriptError(f"{step.topic}: no {kind} {name} at that time") from error

        return _ADDRESS.sub(address, step.text)
