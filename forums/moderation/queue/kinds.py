"""The letters about what has waited a day; and what is held here of a person (`forums.base.personal`)."""

from collections import Counter
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Member
from forums.base.personal import Area, Basis, Leaves, Until, holds, moderated
from forums.groups.memberships.permissions import can_moderate_in
from forums.groups.networks.kinds import ASKED
from forums.groups.networks.models import Network
from forums.moderation.models import Act, Decision
from forums.moderation.permissions import can_moderate
from forums.moderation.queue import actions
from forums.moderation.queue.models import Case, CaseQuerySet
from forums.moderation.queue.registry import case_kinds
from forums.moderation.registry import after_decided
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


@scheduled("cases that wait")
def overdue(now: datetime) -> None:
    """What has waited a day is written of, once."""
    actions.write_of_overdue(now)


@scheduled("cases that follow")
def follow_what_waits(now: datetime) -> None:
    """What waits in tables of other nouns stands in the queue, whatever was missed."""
    actions.look_again()


_ELSEWHERE = (Act.MOVE, Act.SPLIT, Act.UNSPLIT, Act.JOIN, Act.UNJOIN)


@after_decided
def go_along(decision: Decision) -> None:
    """What waits about a topic goes with it to another board."""
    if decision.topic_id is not None and decision.act in _ELSEWHERE:
        also = decision.details.get("into")
        actions.go_along(topics=[decision.topic_id, *([also] if also else [])])


@email_kind("cases_wait")
def cases_wait(email: Email) -> EmailText | None:
    """How much of what her letter was about still waits for a moderator; none of its words."""
    member = Member.objects.filter(pk=email.member_id or 0).first()
    if member is None or not can_moderate(member):
        return None
    return _counted(email, Case.objects.visible_to(member), "/admin/queue/")


@email_kind("cases_wait_in")
def cases_wait_in(email: Email) -> EmailText | None:
    """The same to who keeps order in a network's boards."""
    member = Member.objects.filter(pk=email.member_id or 0).first()
    network = Network.objects.filter(pk=email.data["network"]).first()
    if member is None or network is None:
        return None
    there = Case.objects.visible_to(member).filter(network=network)
    return _counted(email, there, f"{network.get_absolute_url()}queue/")


def _counted(email: Email, cases: CaseQuerySet, path: str) -> EmailText | None:
    waiting = cases.filter(pk__in=email.data["cases"], ended_at=None)
    counts = Counter(waiting.values_list("kind", flat=True))
    if not (total := sum(counts.values())):
        return None
    kinds = case_kinds()
    subject = ngettext(
        "%(n)d thing has waited for a moderator for a day",
        "%(n)d things have waited for a moderator for a day",
        total,
    ) % {"n": total}
    lines = [
        f"{kinds[kind].label if kind in kinds else kind}: {n}" for kind, n in counts.most_common()
    ]
    lines += ["", _("The queue:"), whole_address(path)]
    return EmailText(subject=subject, body="\n".join(lines) + "\n")


@notification("cases_wait_in", ASKED)
def cases_wait_in_line(note: Notification, seen: Seen) -> Sentence | None:
    """On the page, to those who still keep order there."""
    network = seen.one(note, "network")
    if network is None or seen.member is None or not can_moderate_in(seen.member, network.pk):
        return None
    text = _("Something has waited for a day to be looked at in the boards of “%(network)s”") % {
        "network": network.name
    }
    return Sentence(text, f"{network.get_absolute_url()}queue/", bead=network)


holds(
    Case,
    "about",
    what=gettext_lazy("What waited for moderators and was about you"),
    area=Area.ORDER,
    leaves=Leaves.KEPT,
    basis=Basis.INTEREST,
    until=Until.ORDERLY.label,
    copied=False,
)
moderated(Case, "taken_by", "ended_by")
