"""Things that may be reported and decided upon, each kind once: who may see one, whose it is, whose moderators decide.

A thing is named by its kind and its key, the id as text: `("post", "12")`. Nouns to the right register kinds of theirs.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from forums.activities.models import Activity
from forums.base.visibility import own, sees_all
from forums.discussions.posts.models import POST_SHOWN, Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import moderated_by
from forums.groups.networks.models import Network
from forums.groups.organisations.models import Organisation
from forums.moderation.lookups import number_in
from forums.text.glance import glance
from forums.text.lengths import excerpt

LONGEST = 200  # characters of what it says


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing, as lines and pages name it. `title` and `url` are for who may see it, `words` the beginning of what it
    says; `owner_id` whose it is, `network_id` in whose boards it stands."""

    kind: str
    key: str
    title: str
    url: str
    words: str
    owner_id: int | None
    network_id: int | None
    thing: Any


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """`rows` are those a member may see, with what `made` asks of one loaded; `read` makes an id of a key, or None.

    `in_topics`: those that stand in these topics, for what goes to another board with them.
    """

    name: str
    label: Promise
    rows: Callable[[Any], QuerySet[Any]]
    made: Callable[[Any], Subject]
    read: Callable[[str], Any]
    in_topics: Callable[[Collection[int]], QuerySet[Any]] | None = None


_KINDS: dict[str, SubjectKind] = {}


def subject_kind(
    name: str,
    label: Promise,
    rows: Callable[[Any], QuerySet[Any]],
    made: Callable[[Any], Subject],
    read: Callable[[str], Any] = number_in,
    in_topics: Callable[[Collection[int]], QuerySet[Any]] | None = None,
) -> SubjectKind:
    """Register a kind of things."""
    _KINDS[name] = SubjectKind(name, label, rows, made, read, in_topics)
    return _KINDS[name]


def subject_kinds() -> Mapping[str, SubjectKind]:
    """All of them, by name."""
    return _KINDS


def subject_at(kind: str, key: str, member: Any) -> Subject | None:
    """The thing, if there is such a one and `member` may see it."""
    found = _KINDS.get(kind)
    pk = None if found is None else found.read(key)
    if found is None or pk is None:
        return None
    row = found.rows(member).filter(pk=pk).first()
    return None if row is None else found.made(row)


def subjects_at(named: Iterable[tuple[str, str]], member: Any) -> dict[tuple[str, str], Subject]:
    """Those of these things that `member` may see, by kind and key: one query a kind."""
    keys: dict[str, set[str]] = {}
    for kind, key in named:
        keys.setdefault(kind, set()).add(key)
    found = {}
    for kind, wanted in keys.items():
        for made in _of_kind(kind, wanted, member):
            found[made.kind, made.key] = made
    return found


def _of_kind(kind: str, keys: Collection[str], member: Any) -> Iterable[Subject]:
    if (known := _KINDS.get(kind)) is None:
        return ()
    return map(known.made, known.rows(member).filter(pk__in=keys))


# -- what there is --------------------------------------------------------------------------------


def of_post(post: Post) -> Subject:
    """A post; its topic and board must be loaded. The topic's own text stands for the topic."""
    if post.number == 0:
        return of_topic(post.topic, words=glance(post.body_html, LONGEST))
    return Subject(
        kind="post",
        key=str(post.pk),
        title=_("Comment %(label)s in “%(topic)s”")
        % {"label": post.label, "topic": post.topic.title},
        url=post.get_absolute_url(),
        words=glance(post.body_html, LONGEST),
        owner_id=post.author_id,
        network_id=post.topic.board.network_id,
        thing=post,
    )


def of_topic(topic: Topic, words: str = "") -> Subject:
    """A topic, whose board must be loaded."""
    return Subject(
        kind="topic",
        key=str(topic.pk),
        title=topic.title,
        url=topic.get_absolute_url(),
        words=words,
        owner_id=topic.author_id,
        network_id=topic.board.network_id,
        thing=topic,
    )


def of_member(member: Member) -> Subject:
    return Subject(
        kind="member",
        key=str(member.pk),
        title=f"{member} @{member.handle}",
        url=member.get_absolute_url(),
        words=excerpt(member.bio, LONGEST),
        owner_id=member.pk,
        network_id=None,
        thing=member,
    )


def of_network(network: Network) -> Subject:
    return Subject(
        kind="network",
        key=str(network.pk),
        title=network.name,
        url=network.get_absolute_url(),
        words=network.aim,
        owner_id=None,
        network_id=None,
        thing=network,
    )


def of_activity(activity: Activity) -> Subject:
    return Subject(
        kind="activity",
        key=str(activity.pk),
        title=activity.title,
        url=activity.get_absolute_url(),
        words=excerpt(activity.body, LONGEST),
        owner_id=activity.created_by_id,
        network_id=None,
        thing=activity,
    )


def of_organisation(organisation: Organisation) -> Subject:
    return Subject(
        kind="organisation",
        key=str(organisation.pk),
        title=organisation.name,
        url=organisation.get_absolute_url(),
        words="",
        owner_id=None,
        network_id=None,
        thing=organisation,
    )


def _posts(member: Any) -> QuerySet[Post]:
    """Those whose text she reads: what is hidden or deleted its author and who moderates there."""
    found = Post.objects.visible_to(member).select_related("topic__board")
    if sees_all(member):
        return found
    here = Q(topic__board__network__in=moderated_by(member))
    return found.filter(POST_SHOWN.q() | own(member, "author") | here)


subject_kind(
    "post",
    gettext_lazy("comment"),
    _posts,
    of_post,
    in_topics=lambda topics: Post.objects.filter(topic__in=topics),
)
subject_kind(
    "topic",
    gettext_lazy("topic"),
    lambda member: Topic.objects.visible_to(member).select_related("board"),
    of_topic,
    in_topics=lambda topics: Topic.objects.filter(pk__in=topics),
)
subject_kind("member", gettext_lazy("member"), lambda _member: Member.objects.shown(), of_member)
subject_kind("network", gettext_lazy("network"), Network.objects.visible_to, of_network)
subject_kind("activity", gettext_lazy("activity"), Activity.objects.visible_to, of_activity)
subject_kind(
    "organisation", gettext_lazy("organisation"), Organisation.objects.visible_to, of_organisation
)
