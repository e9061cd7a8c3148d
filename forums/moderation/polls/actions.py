"""Close a poll before its time."""

from django.db import transaction

from accounts.models import Member
from forums.discussions.polls.actions import close_early
from forums.discussions.polls.models import Poll
from forums.discussions.topics.locks import lock_topic
from forums.moderation.actions import decide
from forums.moderation.grounds import asked
from forums.moderation.models import Act, Decision
from forums.moderation.parties import refuse_party


@transaction.atomic
def end_poll(*, moderator: Member, poll: Poll, reason: str) -> Decision | None:
    """Close another's poll for good, with what was answered; None where it is over.

    Raises NotAllowed for who keeps no order there and for her own, BadText for no reason.
    """
    topic = lock_topic(poll.topic_id)
    reason = asked(moderator, reason, topic.board)
    refuse_party(moderator, poll)
    if not close_early(poll=poll, by=moderator):
        return None
    return decide(
        Act.END,
        moderator=moderator,
        reason=reason,
        target=topic,
        poll=poll.pk,
        board=topic.board,
    )
