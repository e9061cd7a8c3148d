"""Every write to reasons: write one as a comment, say of a comment that it is one, take that off again."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.silence import refuse_silenced
from forums.base.errors import ForumError, NotAllowed
from forums.base.personal import Farewell, Parting
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.discussions.posts.actions import reply
from forums.discussions.posts.models import Post
from forums.discussions.posts.quoting import plain
from forums.discussions.topics.locks import lock_topic
from forums.discussions.topics.models import Topic
from forums.knowledge.reasons.models import StatementReason
from forums.knowledge.reasons.permissions import can_give, can_point_at
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.models import Answered

if TYPE_CHECKING:
    import uuid

    from accounts.models import Member


class NoReasonHere(ForumError):
    status = 409
    message = gettext_lazy(
        "This statement is not put to the vote, or no longer. What you wrote is still here."
    )


class SaidOfAnother(ForumError):
    status = 409
    message = gettext_lazy("This comment is said to be about another statement already.")


@transaction.atomic
def give_reason(
    *,
    member: "Member",
    topic: Topic,
    statement: Statement,
    side: Answered,
    body: str,
    submission: "uuid.UUID | None" = None,
    speak_from: int | None = None,
    in_name: bool = False,
    with_ai: bool = False,
) -> StatementReason:
    """Write a comment that says why; what it is about stands above its words, for whoever meets it among the others.

    An earlier reason of hers stays as the comment that it is. Raises what `reply` does, and NoReasonHere.
    """
    if not can_give(member, topic, statement):
        raise NoReasonHere
    post = reply(
        author=member,
        topic=topic,
        body=f"> {_about(statement, side)}\n\n{body}",
        submission=submission,
        speak_from=speak_from,
        in_name=in_name,
        with_ai=with_ai,
    )
    return _say(member, statement, side, post)


@transaction.atomic
def point_at(
    *, member: "Member", topic: Topic, statement: Statement, side: Answered, post: Post
) -> StatementReason:
    """Say of a comment of hers that it says why. Raises NotAllowed, NoReasonHere, SaidOfAnother or TooFast."""
    one_at_a_time(member)
    hold_pace(member, "edits")
    refuse_silenced(member)
    topic = lock_topic(topic.pk)
    post = Post.objects.get(pk=post.pk)
    if not can_point_at(member, post, statement):
        raise NotAllowed(_("Choose a comment of your own in this topic, which can be read."))
    if not can_give(member, topic, statement):
        raise NoReasonHere
    return _say(member, statement, side, post)


@transaction.atomic
def take_off(*, member: "Member", statement: Statement) -> None:
    """Say no more that her comment is a reason; it stays where it is. There is none: nothing happens."""
    one_at_a_time(member)
    StatementReason.objects.filter(member=member, statement=statement).delete()


def _say(member: "Member", statement: Statement, side: Answered, post: Post) -> StatementReason:
    """Her lock is held."""
    there = StatementReason.objects.filter(post=post).first()
    if there and there.statement_id != statement.pk:
        raise SaidOfAnother
    StatementReason.objects.filter(member=member, statement=statement).exclude(post=post).delete()
    said, _new = StatementReason.objects.update_or_create(
        post=post, defaults={"statement": statement, "member": member, "side": side}
    )
    return said


def _about(statement: Statement, side: Answered) -> str:
    """As Markdown, on one line."""
    lead = {
        Answered.AGREE: _("Why I agree with statement %(number)d: “%(body)s”"),
        Answered.DISAGREE: _("Why I do not agree with statement %(number)d: “%(body)s”"),
        Answered.PASS: _("Why I am not sure about statement %(number)d: “%(body)s”"),
    }
    return lead[side] % {"number": statement.number, "body": plain(statement.body)}


@transaction.atomic
def forget_reasons(parting: Parting) -> int | None:
    """Of who leaves and wants her words emptied, nothing is quoted; else her comments stay what they are, as she chose."""
    if parting.choice == Farewell.EMPTIED:
        StatementReason.objects.filter(member=parting.member).delete()
    return None
