"""What is told of what moderators decided: to whose it is, to a network's coordinators, and to whoever asked."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member, TrustLevel
from forums.base.personal import Area, Basis, Leaves, Until, holds, moderated
from forums.discussions.boards.models import Board
from forums.groups.memberships.models import JoinRequest, Membership, Role, role_in
from forums.groups.memberships.permissions import coordinates_now
from forums.groups.networks.kinds import ANSWERED
from forums.groups.networks.models import Network
from forums.groups.staff_requests.models import StaffRequest, StaffRequestKind
from forums.moderation import actions
from forums.moderation.grounds import Grounds
from forums.moderation.models import DECIDED, TRAITS, Act, Decision
from forums.moderation.registry import plainly, undone_by
from forums.moderation.telling import owners_of
from forums.notifications.models import Email, Notification
from forums.notifications.registry import (
    EmailText,
    Group,
    Sentence,
    email_kind,
    notification,
    switch,
    thing,
    whole_address,
)
from forums.notifications.seen import Seen

CARE = switch(
    "care",
    Group.CARE,
    gettext_lazy("Decisions about what is yours"),
    gettext_lazy("your account, what you wrote, your networks; with the reason"),
    always=True,
)


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


# -- On the page --------------------------------------------------------------------------------


@thing("decision")
def decisions(member: Any, ids: Collection[int]) -> Mapping[int, Decision]:
    """Those she may read in the log."""
    found = Decision.objects.visible_to(member).select_related(
        "topic", "post__topic", "activity", "organisation"
    )
    return found.defer("topic__contents", "post__body", "post__body_html").in_bulk(ids)


@notification(DECIDED, CARE)
def decided_line(note: Notification, seen: Seen) -> Sentence | None:
    """What was decided about her account, what she wrote or announced, or what she speaks for, and why. To nobody else: it names it."""
    decision = seen.one(note, "decision")
    if decision is None or seen.member is None or seen.member.pk not in owners_of(decision):
        return None
    said, url = {"act": decision.get_act_display()}, f"/decisions/{decision.pk}/"
    if decision.member_id is not None:
        text = _about_account(decision)
    elif "picture" in decision.details:
        text = _("A decision about a picture of yours: %(act)s") % said
    elif "statement" in decision.details:
        said["topic"] = decision.topic.title
        text = _("A decision about your statement in “%(topic)s”: %(act)s") % said
    elif "poll" in decision.details:
        said["topic"] = decision.topic.title
        text = _("A decision about your poll in “%(topic)s”: %(act)s") % said
    elif "meaning" in decision.details:
        said["topic"] = decision.topic.title
        text = _("A decision about your card of a word in “%(topic)s”: %(act)s") % said
    elif decision.act == Act.ADMIT:
        place = decision.topic or decision.post.topic
        text = _("Your text in “%(topic)s” can be read now") % {"topic": place.title}
        url = (decision.topic or decision.post).get_absolute_url()
    elif decision.organisation_id is not None:
        said["organisation"] = decision.organisation.name
        text = _("A decision about your organisation “%(organisation)s”: %(act)s") % said
    elif decision.post_id is not None:
        said["topic"] = decision.post.topic.title
        text = _("A decision about your text in “%(topic)s”: %(act)s") % said
    elif decision.topic_id is not None:
        said["topic"] = decision.topic.title
        text = _("A decision about your topic “%(topic)s”: %(act)s") % said
    else:
        said["title"] = decision.activity.title
        text = _("A decision about your activity “%(title)s”: %(act)s") % said
    return Sentence(text, url, _("Why: %(reason)s") % {"reason": decision.reason}, icon="shield")


def _about_account(decision: Decision) -> str:
    match decision.act:
        case Act.SUSPEND:
            return _("Your account was suspended")
        case Act.WARN:
            return _("The moderators ask you to take care")
        case Act.SILENCE:
            return _("You can only read for a while")
        case Act.UNSILENCE:
            return _("You can write again")
        case Act.BAN:
            return _("Your account is banned")
        case Act.RESTORE:
            return _("Your account is yours again")
        case Act.WITHDRAW | Act.PUT_BACK:
            what = _("a picture")
            if "message" in decision.details:
                what = _("a private message")
            elif "restatement" in decision.details or "portrayal" in decision.details:
                what = _("what you said for another")
            said = {"what": what, "act": decision.get_act_display()}
            return _("A decision about something of yours (%(what)s): %(act)s") % said
        case Act.TRUST:
            level = TrustLevel(decision.details["to"]).label
            return _("Your trust level is “%(level)s” now") % {"level": level}
        case Act.APPOINT:
            return _("You are a moderator of the site now")
        case Act.DISMISS:
            return _("You are no longer a moderator of the site")
        case _other:
            return _("A decision about your account: %(act)s") % {"act": decision.get_act_display()}


@notification("network_decided", CARE)
def network_decided_line(note: Notification, seen: Seen) -> Sentence | None:
    """To who coordinates it, or the one it was merged into."""
    decision, network = seen.one(note, "decision"), seen.one(note, "network")
    into = seen.one(note, "other") or network
    if decision is None or network is None:
        return None
    theirs = {role_in(seen.member, network.pk), role_in(seen.member, into.pk)}
    told = TRAITS[Act(decision.act)].told
    if Role.COORDINATOR not in theirs or told is None:
        return None
    text = str(told) % {"network": network.name, "into": into.name}
    why = _("Why: %(reason)s") % {"reason": decision.reason}
    return Sentence(text, into.get_absolute_url(), why, into)


@thing("plea")
def staff_requests(member: Any, ids: Collection[int]) -> Mapping[int, StaffRequest]:
    """Her own, once they are answered."""
    if member is None:
        return {}
    return StaffRequest.objects.filter(member=member, decided_at__isnull=False).in_bulk(ids)


@notification("plea_answered", ANSWERED)
def plea_answered_line(note: Notification, seen: Seen) -> Sentence | None:
    """What the moderators answered to what she asked about a network."""
    staff_request, network = seen.one(note, "plea"), seen.one(note, "network")
    if staff_request is None or network is None:
        return None
    names = {"network": network.name}
    if staff_request.kind == StaffRequestKind.VERIFY:
        yes, no = _("“%(network)s” is verified now"), _("“%(network)s” is not verified for now")
    else:
        yes = _("You coordinate “%(network)s” now")
        no = _("You do not take over “%(network)s” for now")
    text = (yes if staff_request.granted else no) % names
    return Sentence(text, network.get_absolute_url(), staff_request.answer, network)


@notification("join_request_merged", ANSWERED)
def join_request_merged_line(note: Notification, seen: Seen) -> Sentence | None:
    """The network she asked to join is part of this one now, which she may ask instead."""
    network, request = seen.one(note, "network"), seen.one(note, "join_request")
    if network is None or request is None or role_in(seen.member, network.pk):
        return None
    text = _("The network you asked to join is part of “%(into)s” now") % {"into": network.name}
    return Sentence(text, network.get_absolute_url(), bead=network)


# -- What is held of a person ----------------------------------------------------------------------

holds(
    Decision,
    "member",
    what=gettext_lazy("What moderators decided about you"),
    area=Area.ORDER,
    leaves=Leaves.KEPT,
    basis=Basis.INTEREST,
    until=Until.ORDERLY.label,
)
moderated(Decision, "moderator")


# -- taking back ----------------------------------------------------------------------------------

for act, about, action in (
    (Act.HIDE, "topic", actions.unhide_topic),
    (Act.LOCK, "topic", actions.unlock),
    (Act.HIDE, "post", actions.unhide_post),
    (Act.HIDE, "activity", actions.unhide_activity),
    (Act.KEEP_BACK, "topic", actions.unhide_topic),
    (Act.KEEP_BACK, "post", actions.unhide_post),
):
    undone_by(act, about, plainly(action, about))


def _move_back(decision: Decision, moderator: Member, grounds: Grounds) -> Decision | None:
    topic, board = decision.topic, Board.objects.filter(pk=decision.details["board"]).first()
    if topic is None or board is None:
        return None
    return actions.move(moderator=moderator, topic=topic, board=board, reason=grounds)


undone_by(Act.MOVE, "topic", _move_back)
