"""What posts register elsewhere: where pictures stand and which they name; what is told of one's own posts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import FETCH_PEERS, Exists, OuterRef, Q
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forums.base.constant_sql import select
from forums.base.personal import TEXTS, Area, Leaves, Until, holds
from forums.base.visibility import reader
from forums.discussions.posts.models import POST_FOR_LIST, ClosedVersion, Post, Reaction, Revision
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.notifications.models import Notification, Telling
from forums.notifications.registry import (
    Group,
    Sentence,
    Share,
    audience,
    notification,
    quick_look,
    switch,
    thing,
)
from forums.notifications.seen import Seen
from forums.pictures.models import Attachment
from forums.pictures.registry import NAMES_PICTURES, pictures_named_in, pictures_stand_in
from forums.text.glance import glance

ACCEPTED = switch("accepted", Group.ME, gettext_lazy("Your answer was chosen"), place=3)
MARKED = switch(
    "marked",
    Group.ME,
    gettext_lazy("Your text was found useful, or agreed with"),
    gettext_lazy("one line a day for each text"),
    place=4,
)
_START = 600  # characters of a post's HTML, of which a line shows the first words
_BEAD = ("name", "slug", "colour", "emblem", "hidden_at")
# To make objects of all columns, of a post, its topic and two networks, takes longer than to find them.
_OF_A_LINE = (
    *("author", "number", "reply_number", "created_at", "network", "topic"),
    *("topic__title", "topic__slug", "topic__accepted_post", "topic__network"),
    *(f"{network}__{name}" for network in ("network", "topic__network") for name in _BEAD),
)


@pictures_stand_in
def in_posts(member: Any) -> Q:
    """In a post she may read, not in closed versions of it alone. EXISTS, not IN: joined by OR, an IN would have every post gathered first."""
    posts = Post.objects.visible_to(member).shown()
    return Q(Exists(posts.filter(pk=OuterRef("post"))), withdrawn_at=None)


@pictures_named_in
def in_texts(uploaders: Collection[int], since: datetime) -> Iterator[str]:
    """What they have written since, old versions included; and covers."""
    hers = Q(author__in=uploaders, body__icontains=NAMES_PICTURES)
    lately = Q(created_at__gte=since) | Q(edited_at__gte=since)
    yield from Post.objects.filter(hers, lately).values_list("body", flat=True).iterator()
    old = Revision.objects.filter(hers, created_at__gte=since)
    yield from old.values_list("body", flat=True).iterator()
    for cover in Attachment.objects.filter(
        Exists(Topic.objects.filter(cover=OuterRef("pk"))), post=None
    ):
        yield cover.address


# -- What is told -------------------------------------------------------------------------------


@thing("post")
def posts(member: Any, ids: Collection[int]) -> Mapping[int, Post]:
    """Those that stand in her lists: neither hidden nor deleted. Of the text only the beginning (`start`), of the rest what
    lines say; whatever else is asked of one is fetched for all of them at once."""
    found = Post.objects.for_list(member).select_related("network", "topic__network")
    return (
        found.only(*_OF_A_LINE)
        .fetch_mode(FETCH_PEERS)
        .annotate(start=Left("body_html", _START))
        .in_bulk(ids)
    )


_SEES = f"SELECT EXISTS (SELECT FROM {POST_FOR_LIST.tables} WHERE p.id = %(post)s AND {POST_FOR_LIST.sql})"  # noqa: S608 - constants


@quick_look("post")
def who_see(members: Collection[Any], pk: int) -> set[int]:
    """Those in whose lists it stands: a short question for each, by the rule's text."""
    return {each.pk for each in members if select(_SEES, post=pk, **reader(each))[0][0]}


def bead_of(said: Any) -> Network | None:
    """The network a post or topic speaks from, whose bead stands beside it; a hidden one has none."""
    network: Network | None = said.network
    return network if network is not None and network.hidden_at is None else None


def first_words(post: Any) -> str:
    """The beginning of a post that was loaded for a line."""
    return glance(post.start, 80)


@notification("accepted", ACCEPTED)
def accepted_line(note: Notification, seen: Seen) -> Sentence | None:
    """As long as it is the answer."""
    post = seen.one(note, "post")
    if post is None or post.topic.accepted_post_id != post.pk:
        return None
    said = {"who": seen.names(note.people), "topic": post.topic.title}
    text = _("%(who)s chose your answer in “%(topic)s”") % said
    return Sentence(text, post.get_absolute_url(), first_words(post), bead_of(post.topic), "check")


_MARKED = """
    SELECT p.author_id FROM forums_reaction r JOIN forums_post p ON p.id = r.post_id
    WHERE r.post_id = %(post)s AND r.member_id = %(by)s LIMIT 1
"""


@audience("marked")
def whose_was_marked(telling: Telling) -> tuple[Sequence[Share], int | None]:
    """The author, unless the mark was taken back at once."""
    found = select(_MARKED, post=telling.data["post"], by=telling.actor_id)
    return [Share(author, "marked", telling.key) for (author,) in found], None


@notification("marked", MARKED, again=False)
def marked_line(note: Notification, seen: Seen) -> Sentence | None:
    """How many, and never who."""
    post = seen.one(note, "post")
    if post is None:
        return None
    count = len(note.people)
    text = ngettext(
        "%(count)d person found your text useful, or agreed, in “%(topic)s”",
        "%(count)d people found your text useful, or agreed, in “%(topic)s”",
        count,
    ) % {"count": count, "topic": post.topic.title}
    return Sentence(text, post.get_absolute_url(), first_words(post), icon="people")


# -- What is held of a person ----------------------------------------------------------------------

holds(
    Post,
    "author",
    what=TEXTS,
    area=Area.WRITTEN,
    leaves=Leaves.AS_CHOSEN,
    until=Until.PUBLIC.label,
    also=("topic__title",),
)
holds(
    Revision,
    "author",
    what=TEXTS,
    area=Area.WRITTEN,
    leaves=Leaves.AS_CHOSEN,
    until=Until.PUBLIC.label,
)
holds(
    ClosedVersion,
    "member",
    what=TEXTS,
    area=Area.WRITTEN,
    leaves=Leaves.NAMELESS,
    until=Until.PUBLIC.label,
)
holds(
    Reaction,
    "member",
    what=gettext_lazy("What you marked as useful or agreed with"),
    area=Area.WRITTEN,
    leaves=Leaves.NAMELESS,
    until=Until.BACK.label,
)
