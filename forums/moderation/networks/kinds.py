"""How what was decided about a network is taken back; what members ask for about it, as cases."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from forums.groups.memberships.permissions import coordinator_ids
from forums.groups.networks.models import Network
from forums.groups.staff_requests.models import StaffRequest, StaffRequestKind
from forums.groups.staff_requests.registry import on_asked
from forums.moderation.grounds import Grounds
from forums.moderation.models import Act, Decision
from forums.moderation.networks import actions
from forums.moderation.queue.actions import follow
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import Because, CaseAnswer, Section, case_kind
from forums.moderation.registry import plainly, removed_by, undone_by
from forums.moderation.subjects import Subject, of_network


def _reopen(decision: Decision, moderator: Member, grounds: Grounds) -> Decision | None:
    """Open again, with who coordinated it; the moderator hands it over where nobody is left."""
    network = decision.network
    if network is None:
        return None
    found = Member.objects.filter(pk__in=coordinator_ids(network.pk), is_active=True)
    member = found.order_by("pk").first()
    if member is None:
        return None
    return actions.reopen(moderator=moderator, network=network, member=member, reason=grounds)


undone_by(Act.HIDE, "network", plainly(actions.unhide, "network"))
undone_by(Act.UNVERIFY, "network", plainly(actions.verify, "network"))
undone_by(Act.ARCHIVE, "network", _reopen)
removed_by("network", actions.hide)


# -- what members ask for: a case of each kind a network, which all who ask share ------------------


@on_asked
def line_up(staff_request: StaffRequest) -> None:
    """What is asked of the moderators waits in their queue."""
    follow(kind=staff_request.kind, subject=of_network(staff_request.network), waits=True)


def _asked(*cases: Case) -> QuerySet[StaffRequest]:
    """What waits in these cases, which are of one kind, the oldest first."""
    rows = StaffRequest.objects.filter(
        network__in=[int(case.key) for case in cases], kind=cases[0].kind, decided_at=None
    )
    return rows.select_related("member", "network").order_by("created_at", "pk")


def _answers(case: Case, _subject: Subject | None) -> Sequence[CaseAnswer]:
    waiting = list(_asked(case)[:20])
    if case.kind == StaffRequestKind.TAKE_OVER:
        given = [_granting(each, place) for place, each in enumerate(waiting)]
    else:
        given = [_granting(each, 0) for each in waiting[:1]]
    refuse = CaseAnswer(
        "refuse", gettext_lazy("Say no to all who ask"), _refuse, refused=True, ends=False
    )
    return [*given, refuse]


def _granting(staff_request: StaffRequest, place: int) -> CaseAnswer:
    """Nobody grants herself what she asked for."""
    takes_over = staff_request.kind == StaffRequestKind.TAKE_OVER
    grant = actions.grant_take_over if takes_over else actions.grant_verification

    def act(
        moderator: Member, _case: Case, grounds: Grounds, _more: Mapping[str, Any]
    ) -> Decision | None:
        return grant(moderator=moderator, staff_request=staff_request, reason=grounds)

    to_her = format_lazy(_("Hand it over to {name}"), name=str(staff_request.member))
    return CaseAnswer(
        f"grant_{staff_request.pk}",
        to_her if takes_over else gettext_lazy("It is who it says: mark it as verified"),
        act,
        may=lambda member, _case: member.pk != staff_request.member_id,
        proof=takes_over,
        ends=False,  # `actions` ends it with the last that waits
        place=place,
    )


def _refuse(
    moderator: Member, case: Case, grounds: Grounds, _more: Mapping[str, Any]
) -> Decision | None:
    made = [
        actions.refuse(moderator=moderator, staff_request=each, reason=grounds)
        for each in _asked(case)
    ]
    return made[-1] if made else None


def _because(cases: Sequence[Case]) -> Mapping[int, Because]:
    """Who asks, in one query."""
    names: dict[str, list[str]] = {}
    for each in _asked(*cases):
        names.setdefault(str(each.network_id), []).append(str(each.member))
    kind = StaffRequestKind(cases[0].kind).label
    return {case.pk: Because(str(kind), " · ".join(names.get(case.key, [])[:3])) for case in cases}


def _shown(case: Case) -> Sequence[Section]:
    lines = [(f"{each.member} @{each.member.handle}", each.reason) for each in _asked(case)[:20]]
    return [Section(_("Who asks, and why"), lines)] if lines else []


def _waiting(kind: str) -> Iterator[tuple[Subject, datetime]]:
    """Networks about which this is asked, each with since when."""
    rows = StaffRequest.objects.filter(kind=kind, decided_at=None).order_by("network", "created_at")
    since = dict(rows.distinct("network").values_list("network", "created_at"))
    for network in Network.objects.filter(pk__in=since):
        yield of_network(network), since[network.pk]


def _asked_for(kind: StaffRequestKind, label: Promise) -> None:
    case_kind(
        kind.value,
        label,
        answers=_answers,
        because=_because,
        shown=_shown,
        waiting=partial(_waiting, kind.value),
    )


_asked_for(StaffRequestKind.VERIFY, gettext_lazy("networks to verify"))
_asked_for(StaffRequestKind.TAKE_OVER, gettext_lazy("networks to hand over"))
