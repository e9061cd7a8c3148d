"""A small community with something of everything, and every route of the site with addresses in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver
from PIL import Image

from accounts.actions import set_picture
from accounts.models import Member
from forums.activities.actions import renew_calendar
from forums.activities.models import Activity, CalendarKey
from forums.boards.models import Access, Board
from forums.moderation import actions as moderation
from forums.networks.models import Network
from forums.pages.actions import save_page
from forums.pages.models import CommunityLink, Page
from forums.posts.actions import edit_post
from forums.posts.models import Attachment, Post
from forums.posts.pictures import markdown, save_picture
from forums.topics.models import Topic
from tests.make import (
    make_activity,
    make_board,
    make_member,
    make_network,
    make_post,
    make_topic,
)

PASSWORD = "มะม่วงสุกใต้ต้น 7 ลูก"
NO_ONE = "0190a000-0000-7000-8000-000000000001"


def png() -> SimpleUploadedFile:
    """A small true picture."""
    file = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(file, "PNG")
    return SimpleUploadedFile("ภาพ.png", file.getvalue(), "image/png")


@dataclass
class World:
    """What addresses name. `topic` is a question of Malee's, `post` Somchai's edited comment."""

    board: Board
    topic: Topic
    post: Post
    own: Post  # Malee's comment
    picture: Attachment
    network: Network  # Malee coordinates it
    activity: Activity  # of that network, to come, open to everyone
    people: dict[str, Member | None]

    def names(self) -> dict[str, Any]:
        """What stands for each argument in the addresses of tests/security/routes.py."""
        malee = self.people["malee"]
        assert malee is not None
        return {
            "board": self.board.slug,
            "topic": self.topic.pk,
            "slug": self.topic.slug,
            "post": self.post.pk,
            "own": self.own.pk,
            "picture": self.picture.pk,
            "network": self.network.slug,
            "activity": self.activity.pk,
            "activity_slug": self.activity.slug,
            "calendar": CalendarKey.objects.get(member=malee).secret,
            "size": self.picture.sizes[0],
            "face": malee.picture,
            "member": malee.pk,
            "handle": malee.handle,
            "page": Page.objects.get(slug="rules").pk,
            "link": CommunityLink.objects.get().pk,
            "board_pk": self.board.pk,
            "decision": self.topic.decisions.get().pk,
            "none": NO_ONE,
        }


def make_people() -> dict[str, Member | None]:
    """The five who knock at every door."""
    words = {"password": PASSWORD}
    return {
        "visitor": None,
        "somchai": make_member("somchai", email="somchai@example.org", **words),
        "malee": make_member("malee", email="malee@example.org", **words),
        "moderator": make_member("moderator", is_staff=True, **words),
        "administrator": make_member("administrator", is_staff=True, is_superuser=True, **words),
    }


def make_world(people: dict[str, Member | None], *, read: int = Access.EVERYONE) -> World:
    """One board with a question, two comments, a picture, an edit and a decision in it."""
    malee, somchai, moderator = (people[name] for name in ("malee", "somchai", "moderator"))
    staff = read == Access.STAFF
    asker = moderator if staff else malee
    other = moderator if staff else somchai
    assert malee
    assert asker
    assert other
    board = make_board(read=read)
    picture = save_picture(uploader=asker, file=png(), alt="ภาพหนึ่ง")
    topic = make_topic(
        asker, board, kind="question", body=f"ถามหน่อย\n\n{markdown(picture)}", tags=["เตียงลม"]
    )
    post = make_post(topic, other)
    edit_post(editor=other, post=post, body="แก้แล้ว", reason="คำผิด", seen_revision=0)
    own = make_post(topic, asker)
    make_post(topic, other, parent=own)
    moderation.pin(moderator=moderator, topic=topic, reason="ให้เห็นก่อน")
    if not malee.picture:
        set_picture(member=malee, file=png())
        save_page(slug="rules", title="กติกา", body="สุภาพ", position=1, in_footer=True)
        CommunityLink.objects.get_or_create(name="ที่อื่น", url="https://example.org/")
    for made in (topic, malee):
        made.refresh_from_db()
    network = Network.objects.first() or make_network("คนรักคลอง", malee)
    activity = Activity.objects.first() or make_activity(network, malee)
    if not CalendarKey.objects.filter(member=malee).exists():
        renew_calendar(member=malee)
    return World(
        board, topic, Post.objects.get(pk=post.pk), own, picture, network, activity, people
    )


def walk(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every route of the URLconf as it is written there, the admin's and allauth's too."""
    for found in (resolver or get_resolver()).url_patterns:
        route = before + str(found.pattern).removeprefix("^")
        if isinstance(found, URLPattern):
            yield route
        else:
            yield from walk(found, route)
