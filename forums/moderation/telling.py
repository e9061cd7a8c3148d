"""Telling whose it is what was decided about it."""

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation.models import DECIDED, TRAITS, Act, Decision
from forums.notifications.outbox import write_emails
from forums.notifications.telling import tell


def tell_whose_it_is(decision: Decision) -> None:
    """The member herself, or who wrote or announced it; nobody of what she decided about her own."""
    owner = owner_of(decision)
    if owner is None or owner == decision.moderator_id:
        return
    if TRAITS[Act(decision.act)].whose_is_told:
        key = f"{DECIDED}-{decision.pk}"
        tell(DECIDED, key=key, members=[owner], data={"decision": decision.pk})
    if TRAITS[Act(decision.act)].by_mail:
        key = f"statement-{decision.pk}"
        write_emails("statement", key=key, members=[owner], data={"decision": decision.pk})


def owner_of(decision: Decision) -> int | None:
    """Whose it is that was decided about; None of networks and organisations: of those their coordinators are told."""
    if decision.topic is not None:
        return decision.topic.author_id
    if decision.post is not None:
        return decision.post.author_id
    return decision.activity.created_by_id if decision.activity is not None else decision.member_id


def was_kept_back(target: Topic | Post) -> bool:
    """Was it never shown, or not as it stands: does what follows a text still have to follow?"""
    last = target.decisions.filter(act__in=[Act.HIDE, Act.KEEP_BACK]).order_by("-pk")
    return last.values_list("act", flat=True).first() == Act.KEEP_BACK
