"""What a decision is about, locked as the acts that undo it lock it: so an appeal and an undoing take turns."""

from accounts.models import Member
from forums.activities.locks import lock_activity
from forums.discussions.boards.models import Board
from forums.discussions.topics.locks import lock_topics
from forums.discussions.topics.models import Topic
from forums.groups.networks.locks import lock_networks
from forums.groups.organisations.actions import lock_organisations
from forums.moderation.locks import lock_members
from forums.moderation.models import Decision


def lock_thing(decision: Decision, *people: Member) -> None:
    """Lock what the decision is about until the transaction ends; of an account, with these members."""
    match decision.about:
        case "topic":
            boards = Board.objects.filter(pk__in=_boards(decision))
            lock_topics(list(Topic.objects.filter(pk=decision.topic_id or 0)), *boards)
        case "post":
            lock_topics(list(Topic.objects.filter(posts=decision.post_id)))
        case "network":
            into = decision.details.get("into")
            lock_networks(*filter(None, [decision.network_id, into]))
        case "activity":
            lock_activity(decision.activity_id or 0)
        case "organisation":
            lock_organisations(*filter(None, [decision.organisation]))
        case _member:
            hers = Member.objects.get(pk=decision.member_id or 0)
            lock_members(*people, hers)


def _boards(decision: Decision) -> list[int]:
    return [pk for key in ("board", "to") if (pk := decision.details.get(key)) is not None]
