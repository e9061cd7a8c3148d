"""Sets up the house, and plays the demo's script through the actions of the site."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from accounts.bounces.actions import count
from accounts.bounces.return_path import SentMail
from accounts.models import Consent, Member, Said, Why
from accounts.second_step import lacks_second_step
from forums.base.advisory_locks import Lock, give_back, take
from forums.demo.clock import clock_at
from forums.demo.following import all_started, follow_and_block
from forums.demo.messages import write_to_each_other
from forums.demo.network_play import NetworkPlay
from forums.demo.network_script import load_network_steps
from forums.demo.pictures import draw
from forums.demo.readers import have_read
from forums.demo.scene import Scene, pictures_in
from forums.demo.script import (
    IN_FOOTER,
    STAFF_PAGES,
    Step,
    in_order,
    load_json,
    load_pages,
    load_steps,
    moment,
)
from forums.demo.topic_play import TopicPlay
from forums.demo.voting_play import answer_statements
from forums.discussions.boards.actions import save_board
from forums.discussions.boards.models import Access, Board
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import forget_roles
from forums.groups.networks.models import Network
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Email, Notification
from forums.notifications.outbox import drop_emails
from forums.pages.actions import save_link, save_page
from forums.pages.models import CommunityLink, Page
from forums.pictures.actions import save_picture
from forums.pictures.models import Attachment
from forums.reading.digest.actions import write_some
from forums.search.related.storing import relate_oldest
from forums.search.upkeep.actions import count_words
from forums.text.dates import BANGKOK
from forums.text.handles import handle_key

UNREAD = timedelta(days=4)  # what members were told before that, they have read
PASSWORD = "roiphalang-demo"  # noqa: S105 - printed for everyone who starts the demo


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
    # Commands speak English; what the site itself says in a text stands in the language of its people.
    with _alone(), translation.override(settings.LANGUAGE_CODE):
        if not is_fillable():
            raise NotEmpty
        steps = in_order([*load_network_steps(now), *load_steps(now)], now)
        _start_house()
        members = _sign_up(now, password)
        pictures = _draw(steps, members)
        _play(steps, members, pictures, now)
        count_words()
        relate_oldest(
            size=Topic.objects.count()
        )  # again, now that it is known which words are rare
    return {
        "members": Member.objects.count(),
        "networks": Network.objects.count(),
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
    if not take(Lock.DEMO):
        raise Busy
    try:
        yield
    finally:
        give_back(Lock.DEMO)


# -- the house ----------------------------------------------------------------------------------


@transaction.atomic
def _start_house() -> dict[str, int]:
    made = {"pages": 0, "boards": 0, "links": 0}
    known = set(Page.objects.values_list("slug", flat=True))
    for place, (slug, title, body) in enumerate(load_pages(), 1):
        if slug not in known:
            save_page(
                slug=slug,
                title=title,
                body=body,
                position=place * 10,
                in_footer=slug in IN_FOOTER,
                staff_only=slug in STAFF_PAGES,
            )
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
        address = EmailAddress.objects.create(
            user=member, email=member.email, verified=True, primary=True
        )
        for went in row.get("came_back", ()):
            count(mailed=SentMail(address.pk, moment(went, now)), why=Why.HARD)
        version, noted = settings.CONSENT_VERSION, list(Said)[: 4 if member.says_of_herself else 3]
        Consent.objects.bulk_create(
            Consent(member=member, kind=kind, version=version, given_at=joined) for kind in noted
        )
        if member.is_staff and lacks_second_step(member):
            TOTP.activate(member, generate_totp_secret())  # nobody knows it, nor a password
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
        for name in sorted(pictures_in(step) | {step.more.get("cover", "")} - {""}):
            with clock_at(step.at):
                pictures[name] = save_picture(
                    uploader=members[step.by], file=draw(name), alt=alts[name]
                )
    return pictures


@transaction.atomic
def _play(
    steps: list[Step],
    members: dict[str, Member],
    pictures: dict[str, Attachment],
    now: datetime,
) -> None:
    boards = {board.slug: board for board in Board.objects.all()}
    scene = Scene(members=members, pictures=pictures, boards=boards)
    plays = (TopicPlay(scene), NetworkPlay(scene))
    old, follow = True, True
    for step in steps:
        if old and step.at > now - UNREAD:
            old = False
            _tell()
            Notification.objects.update(read_at=F("newest_at"))
        play = plays[0] if step.topic else plays[1]
        with clock_at(step.at):
            forget_roles(members[step.by])  # as every request of the site begins
            getattr(play, f"do_{step.verb}")(step)
        if follow and not old and all_started(scene):
            follow = False
            follow_and_block(scene)  # now, so that they are told of what comes after
    answer_statements(scene, now)
    write_to_each_other(scene, now)
    # Nobody here has a mailbox. On one's own machine the last letters are there to be read, in var/mail.
    drop_emails(key="")
    have_read(now)
    _tell()
    if settings.PRODUCTION:
        drop_emails(key="")
    else:
        # They tell of days that were; but nobody's letter has waited since then.
        waiting = Email.objects.filter(sent_at=None, dropped_at=None, due_at__lt=now)
        waiting.update(due_at=now)
        write_some(now.astimezone(BANGKOK).date())


def _tell() -> None:
    """Make everybody's notifications of what was told so far, as the worker would."""
    spread(limit=100_000)
