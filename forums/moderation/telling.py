"""Telling whose it is what was decided about it."""

from forums.discussions.polls.models import Poll
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.organisations.permissions import speaker_ids
from forums.knowledge.statements.models import Statement
from forums.moderation.models import DECIDED, TRAITS, Act, Decision
from forums.moderation.parties import parties_to
from forums.notifications.outbox import write_emails
from forums.notifications.telling import tell


def tell_whose_it_is(decision: Decision) -> None:
    """The member herself, who wrote or announced it, or who speaks for it; nobody of what she decided about her own."""
    owners = sorted(owners_of(decision) - {decision.moderator_id})
    if not owners:
        return
    if TRAITS[Act(decision.act)].whose_is_told:
        key = f"{DECIDED}-{decision.pk}"
        tell(DECIDED, key=key, members=owners, data={"decision": decision.pk})
    if TRAITS[Act(decision.act)].by_mail:
        key = f"statement-{decision.pk}"
        write_emails("statement", key=key, members=owners, data={"decision": decision.pk})


def owners_of(decision: Decision) -> set[int]:
    """Whose it is that was decided about, by id; of what is merged, also who answers for the other. Nobody of networks:
    their coordinators are told otherwise."""
    if decision.network_id is not None:
        return set()
    if decision.organisation_id is not None:
        into = decision.details.get("into")
        return speaker_ids(*filter(None, [decision.organisation_id, into]))
    if (poll := Poll.objects.filter(pk=decision.details.get("poll", 0)).first()) is not None:
        return parties_to(poll)  # not whose topic it stands in
    said = Statement.objects.filter(pk=decision.details.get("statement", 0)).first()
    if said is not None:
        return parties_to(said)
    return parties_to(getattr(decision, decision.about))


def was_kept_back(target: Topic | Post) -> bool:
    """Was it never shown, or not as it stands: does what follows a text still have to follow?"""
    last = target.decisions.filter(act__in=[Act.HIDE, Act.KEEP_BACK]).order_by("-pk")
    return last.values_list("act", flat=True).first() == Act.KEEP_BACK
