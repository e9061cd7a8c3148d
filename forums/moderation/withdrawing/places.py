"""What is decided about with a picture, a line, a message, a poll or a statement, and what of it a decision took out of
sight."""

from typing import Any

from accounts.models import Member
from forums.activities.models import Activity
from forums.discussions.polls.models import Poll
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.knowledge.glossary.models import Meaning
from forums.knowledge.portrayals.models import Portrayal
from forums.knowledge.restatements.models import Restatement
from forums.knowledge.statements.models import Statement
from forums.ledger.models import Line
from forums.moderation.models import TARGETS, Act, Decision
from forums.pictures.models import Attachment
from forums.reading.messages.models import Message

# Kinds of things, and what `Decision.details` calls them.
PARTS: dict[str, Any] = {
    "picture": Attachment,
    "line": Line,
    "message": Message,
    "statement": Statement,
    "poll": Poll,
    "meaning": Meaning,
    "restatement": Restatement,
    "portrayal": Portrayal,
}


def found(kind: str, key: Any) -> Any:
    """The thing of this kind; None where there is none."""
    return PARTS[kind].objects.filter(pk=key).first() if kind in PARTS else None


def stands_in(picture: Attachment) -> Topic | Post | Activity | Network | Member:
    """What is decided about with a picture: what it stands in; of a loose one, who took it in."""
    if picture.post_id is not None:
        post = Post.objects.select_related("topic__board", "author").get(pk=picture.post_id)
        return post if post.number else post.topic
    if picture.activity_id is not None:
        return Activity.objects.get(pk=picture.activity_id)
    line = getattr(picture, "ledger_line", None)
    return line.network if line is not None else picture.uploader


def part_of(decision: Decision) -> dict[str, Any]:
    """The kind and the key of what such a decision took out of sight; nothing of another."""
    return {name: decision.details[name] for name in PARTS if name in decision.details}


def decided_about(kind: str, thing: Any) -> dict[str, Any]:
    """The condition of a Decision that it was about this thing; nothing where none can be."""
    match kind:
        case "picture":
            place = stands_in(thing)
            return {place._meta.model_name or "": place.pk, "details__picture": str(thing.pk)}
        case "line":
            return {"network": thing.network_id, "details__line": thing.pk}
        case "message":
            return {"member": thing.writer_id, "details__message": thing.pk}
        case "statement":
            return {"topic": thing.topic_id, "details__statement": thing.pk}
        case "poll" | "meaning":  # decided where it stood then
            topic = thing.topic_id if kind == "poll" else thing.word.topic_id
            return {"topic__in": [*thing.came_through, topic], f"details__{kind}": thing.pk}
        case "restatement" | "portrayal":
            return {"member": thing.author_id, f"details__{kind}": thing.pk}
        case _other:
            return {kind: thing.pk} if kind in TARGETS else {}


def withdrawal_of(kind: str, thing: Any) -> Decision | None:
    """What took this thing out of sight; None while it stands there."""
    if thing.hidden_at is None:
        return None
    about = Decision.objects.filter(act=Act.WITHDRAW, **decided_about(kind, thing))
    return about.order_by("-pk").first()


def hid_by_rule(poll: Poll) -> bool:
    """Was it hidden by the sum of its reports, on which no moderator has decided since?"""
    decision = withdrawal_of("poll", Poll.objects.get(pk=poll.pk))
    return decision is not None and decision.moderator_id is None
