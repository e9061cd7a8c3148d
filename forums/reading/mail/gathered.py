"""What was told of a topic and its reader has not seen since. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.known import blocked_by
from forums.discussions.posts.models import Post
from forums.notifications.models import Notification
from forums.notifications.registry import Kind, kind_of
from forums.notifications.seen import Seen
from forums.notifications.wishes import declined_by_mail
from forums.reading.following.levels import Closeness, Source, standings
from forums.reading.following.models import Level
from forums.reading.marks.models import ReadMark

if TYPE_CHECKING:
    from accounts.models import Member

_SILENT = Closeness(Level.MUTED, Source.TOPIC)


@dataclass(frozen=True, slots=True)
class Untold:
    """What one kind has to tell: its sentence, and the posts, oldest first."""

    sentence: str
    posts: list[Post]


def unseen(member: "Member", told: Mapping[int, str]) -> list[Untold]:
    """Of posts of one topic (ids, each with the kind it was told as) what she may read, wants to hear and has not seen.

    At most eight queries, however many they are.
    """
    kinds = _wanted(member, set(told.values()))
    authors = dict(Post.objects.filter(pk__in=told).values_list("pk", "author_id"))
    quiet = {member.pk, *blocked_by(member)}
    ids = sorted(pk for pk in authors if told[pk] in kinds and authors[pk] not in quiet)
    whole = Notification(things=ids, people=[authors[pk] for pk in ids])
    seen = Seen(member, [whole])
    posts = _not_seen(member, seen.gathered(whole), told)
    found = []
    for name, kind in kinds.items():
        its = [post for post in posts if told[post.pk] == name]
        note = Notification(kind=name, things=[post.pk for post in its])
        if its and (line := kind.line(note, seen)):
            found.append(Untold(line.text, its))
    return found


def _wanted(member: "Member", names: set[str]) -> dict[str, Kind]:
    """Those kinds that she takes emails of."""
    kinds = {name: kind for name in sorted(names) if (kind := kind_of(name))}
    off = declined_by_mail(member.pk, [kind.switch.name for kind in kinds.values()])
    return {name: kind for name, kind in kinds.items() if kind.switch.name not in off}


def _not_seen(member: "Member", posts: list[Post], told: Mapping[int, str]) -> list[Post]:
    """Those she was not served in the topic, nor read of at the bell."""
    if not posts:
        return []
    topic = posts[0].topic_id
    if standings(member, [topic])[topic] == _SILENT:
        return []
    mark = ReadMark.objects.filter(member=member, topic=topic).first()
    keys = {f"{told[post.pk]}-{topic}" for post in posts}
    lines = {
        line.key: line for line in Notification.objects.filter(member=member, key__in=sorted(keys))
    }
    return [
        post
        for post in posts
        if not (mark and post.number <= mark.number and post.created_at <= mark.seen_at)
        and not _read_at_the_bell(post, lines.get(f"{told[post.pk]}-{topic}"))
    ]


def _read_at_the_bell(post: Post, line: Notification | None) -> bool:
    """A line holds what was gathered since it was read last. Who wants no lines has none, or one from before."""
    if line is None or line.newest_at < post.created_at:
        return False
    return line.read_at is not None or post.pk not in line.things
