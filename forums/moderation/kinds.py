"""Emails about what the moderators decided: to a network's coordinators, and to whoever asked."""

from django.utils.translation import gettext as _

from accounts.models import Member
from forums.groups.memberships.models import JoinRequest, Membership
from forums.groups.memberships.permissions import coordinates_now
from forums.groups.networks.models import Network
from forums.groups.staff_requests.models import StaffRequest, StaffRequestKind
from forums.moderation.models import TRAITS, Act, Decision
from forums.notifications.models import Email
from forums.notifications.registry import EmailText, email_kind, whole_address


@email_kind("network_decided")
def decided(email: Email) -> EmailText | None:
    """A decision about a network, to who coordinates it still (or the one it was merged into)."""
    decision = Decision.objects.filter(pk=email.data["decision"]).select_related("network").first()
    if decision is None or decision.network is None:
        return None
    told = TRAITS[Act(decision.act)].told
    if told is None:
        return None
    network, into = decision.network, None
    if decision.act in (Act.MERGE, Act.UNMERGE):
        into = Network.objects.filter(pk=decision.details["into"]).first()
    # What lives on: after a merge the other; after it was undone both, of which she has one at least.
    now = into if into and decision.act == Act.MERGE else network
    theirs = [now] if into is None or decision.act == Act.MERGE else [network, into]
    if not any(coordinates_now(email.member_id, each.pk) for each in theirs):
        return None
    if now.hidden_at is not None and decision.act != Act.HIDE:
        return None  # the email that says so tells enough
    names = {"network": network.name, "into": into.name if into else ""}
    if "member" in decision.details:  # handed over, or opened again with a coordinator
        first = _coordinates(email, decision, names)
    else:
        first = str(told) % names
    lines = [first, _("Why: %(reason)s") % {"reason": decision.reason}]
    if now.hidden_at is None:
        lines.append(whole_address(now.get_absolute_url()))
        lines.append(_("All decisions about it:"))
        lines.append(whole_address(f"/moderation/log/?network={network.pk}"))
    subject = _("A decision about “%(network)s”: %(act)s") % {
        "network": network.name,
        "act": decision.get_act_display(),
    }
    return EmailText(subject=subject, body="\n\n".join(lines) + "\n")


def _coordinates(email: Email, decision: Decision, names: dict[str, str]) -> str:
    """Who coordinates the network now: its reader herself, or whom she can write to."""
    member = Member.objects.filter(pk=decision.details["member"]).first()
    again = decision.act == Act.REOPEN
    if member is None:
        return str(TRAITS[Act(decision.act)].told) % names
    if member.pk == email.member_id:
        if again:
            return _("“%(network)s” is open again. You coordinate it now.") % names
        return _("The moderators have made you a coordinator of “%(network)s”.") % names
    names = {**names, "member": str(member), "handle": member.handle}
    if again:
        return _("“%(network)s” is open again. %(member)s (@%(handle)s) coordinates it.") % names
    return (
        _("The moderators have made %(member)s (@%(handle)s) a coordinator of “%(network)s”.")
        % names
    )


@email_kind("plea_answered")
def answered(email: Email) -> EmailText | None:
    """What the moderators answered to a request, to whoever asked."""
    staff_request = (
        StaffRequest.objects.filter(pk=email.data["plea"]).select_related("network").first()
    )
    if staff_request is None or staff_request.decided_at is None:
        return None
    network = staff_request.network
    if network.hidden_at is not None:
        return None
    names = {"network": network.name}
    if staff_request.kind == StaffRequestKind.VERIFY:
        yes = _("You asked that “%(network)s” be verified. It is verified now.") % names
        no = _("You asked that “%(network)s” be verified. It is not verified for now.") % names
    else:
        yes = _("You asked to take “%(network)s” over. You coordinate it now.") % names
        no = _("You asked to take “%(network)s” over. The answer is no for now.") % names
    answer = _("The moderators say: %(answer)s") % {"answer": staff_request.answer}
    lines = [
        yes if staff_request.granted else no,
        answer,
        whole_address(network.get_absolute_url()),
    ]
    subject = _("An answer about “%(network)s”") % names
    return EmailText(subject=subject, body="\n\n".join(lines) + "\n")


@email_kind("join_request_merged")
def asked_of_one_that_is_no_more(email: Email) -> EmailText | None:
    """The network somebody asked to join was merged into another, which she may ask instead."""
    request = JoinRequest.objects.filter(pk=email.data["request"]).select_related("network").first()
    into = Network.objects.visible_to(None).filter(pk=email.data["network"]).first()
    if request is None or into is None:
        return None
    if Membership.objects.filter(network=into, member=email.member_id).exists():
        return None
    names = {"network": request.network.name, "into": into.name}
    lines = [
        _("You asked to join “%(network)s”. It was merged into “%(into)s” before it answered.")
        % names,
        _("If you like, ask to join there:"),
        whole_address(into.get_absolute_url()),
    ]
    subject = _("“%(network)s” is part of “%(into)s” now") % names
    return EmailText(subject=subject, body="\n\n".join(lines) + "\n")
