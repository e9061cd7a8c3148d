"""Members are told what a merge, or undoing one, means for them: whose boards they read, who reads theirs."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from forums.groups.memberships.models import Membership, Role
from forums.groups.networks.kinds import PART
from forums.groups.networks.models import Network
from forums.moderation.merging import actions
from forums.moderation.models import Act, Decision
from forums.moderation.moved.actions import forget_old_rows
from forums.moderation.moved.models import Merge
from forums.moderation.registry import plainly, undone_by
from forums.notifications.models import Email, Notification
from forums.notifications.registry import (
    EmailText,
    Sentence,
    email_kind,
    notification,
    scheduled,
    whole_address,
)
from forums.notifications.seen import Seen
from forums.notifications.telling import tell

LOT = 500  # members written to about one merge in one run: the outbox stays short
MERGES = 5


@scheduled("networks: members of merged ones")
def tell_members(now: datetime) -> None:
    """The next members of the oldest merges that some have not been told of; coordinators were at once."""
    waiting = Merge.objects.select_for_update(skip_locked=True, of=("self",)).filter(told_at=None)
    for merge in waiting.select_related("decision").order_by("pk")[:MERGES]:
        source, into = merge.decision.network_id, merge.decision.details["into"]
        members = Membership.objects.filter(network__in=[source, into], member__gt=merge.told_after)
        members = members.filter(joined_at__lte=merge.undone_at or merge.decision.created_at)
        ids = members.order_by("member_id").values_list("member_id", flat=True).distinct()[:LOT]
        readers = list(ids)
        tell(
            "network_merged" if merge.undone_at is None else "network_unmerged",
            key=f"merge-{merge.pk}-{'undone' if merge.undone_at else 'done'}",
            members=readers,
            data={"merge": merge.pk, "network": source, "other": into},
        )
        merge.told_after = readers[-1] if readers else merge.told_after
        merge.told_at = now if len(readers) < LOT else None
        merge.save(update_fields=["told_after", "told_at"])


@scheduled("merges: rows of more than a week ago")
def forget_rows(now: datetime) -> None:
    """What can no longer be undone need not be remembered."""
    forget_old_rows()


@email_kind("network_merged")
def merged(email: Email) -> EmailText | None:
    """To who is a member of the network that two have become."""
    merge = _merge(email)
    if merge is None or merge.undone_at is not None:
        return None
    both = _both(merge.decision, email)
    if both is None:
        return None
    names, into = both
    lines = [
        _("“%(network)s” was merged into “%(into)s”, by the moderators of the site.") % names,
        _(
            "You are a member of “%(into)s”. The boards and topics of both are there now: members of each can "
            "read what the other has written in the boards for members."
        )
        % names,
        _("Why: %(reason)s") % {"reason": merge.decision.reason},
        _("Look at the network, or leave it, here:"),
        whole_address(into.get_absolute_url()),
    ]
    return EmailText(
        _("“%(network)s” is part of “%(into)s” now") % names, "\n\n".join(lines) + "\n"
    )


@email_kind("network_unmerged")
def unmerged(email: Email) -> EmailText | None:
    """To who is a member of one of two networks that had been one."""
    merge = _merge(email)
    if merge is None or merge.undone_at is None:
        return None
    both = _both(merge.decision, email)
    if both is None:
        return None
    names = both[0]
    lines = [
        _("“%(network)s” and “%(into)s” are two networks again, each with its members and boards.")
        % names,
        _("What was written since stays where it was written."),
        whole_address("/networks/mine/"),
    ]
    subject = _("“%(network)s” and “%(into)s” are two networks again") % names
    return EmailText(subject, "\n\n".join(lines) + "\n")


def _merge(email: Email) -> Merge | None:
    found = Merge.objects.filter(pk=email.data["merge"], decision__act=Act.MERGE)
    return found.select_related("decision__network").first()


def _both(decision: Decision, email: Email) -> tuple[dict[str, str], Network] | None:
    """The names of the two, for a plain member of one of them; None where one of them is hidden now."""
    network, into = (
        decision.network,
        Network.objects.shown().filter(pk=decision.details["into"]).first(),
    )
    if network is None or network.hidden_at is not None or into is None:
        return None
    hers = Membership.objects.filter(
        ~Q(role=Role.COORDINATOR), network__in=[network, into], member=email.member_id
    )
    if not hers.exists():
        return None
    return {"network": network.name, "into": into.name}, into


@notification("network_merged", PART)
def merged_line(note: Notification, seen: Seen) -> Sentence | None:
    """Both have a page still: the old one leads to the new."""
    network, into = seen.one(note, "network"), seen.one(note, "other")
    if network is None or into is None or network.merged_into_id != into.pk:
        return None
    text = _("“%(network)s” is part of “%(into)s” now") % {
        "network": network.name,
        "into": into.name,
    }
    return Sentence(text, into.get_absolute_url(), bead=into)


@notification("network_unmerged", PART)
def unmerged_line(note: Notification, seen: Seen) -> Sentence | None:
    network, into = seen.one(note, "network"), seen.one(note, "other")
    if network is None or into is None or network.merged_into_id is not None:
        return None
    text = _("“%(network)s” and “%(into)s” are two networks again") % {
        "network": network.name,
        "into": into.name,
    }
    return Sentence(text, "/networks/mine/", bead=into)


undone_by(Act.MERGE, "network", plainly(actions.unmerge, "network"))
