"""The acts the admin offers: which action each runs, what it asks, and when it makes sense."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.groups.staff_requests.models import StaffRequest, StaffRequestKind
from forums.moderation import actions
from forums.moderation.forms import (
    ActForm,
    AnswerForm,
    CheckForm,
    EmptyForm,
    HandOverForm,
    MergeForm,
    MergeOrganisationForm,
    MoveForm,
    RenameForm,
    TrustForm,
)
from forums.moderation.lost_devices import actions as lost_devices
from forums.moderation.lost_devices.models import open_for
from forums.moderation.merging.actions import merge, unmerge
from forums.moderation.merging.preview import of_networks
from forums.moderation.messages import actions as message_reports
from forums.moderation.models import TRAITS, Act
from forums.moderation.moved.models import Merge
from forums.moderation.moved.preview import Preview
from forums.moderation.networks import actions as network_acts
from forums.moderation.organisations import actions as organisation_acts
from forums.moderation.organisations.preview import of_organisations
from forums.moderation.permissions import can_administer, can_moderate
from forums.moderation.profiles import actions as profiles

# Before these a proof is asked that it is she (`accounts.proof`): what they do is not lightly undone.
ASK_FOR_PROOF = frozenset(
    ("appoint", "ban", "check", "delete", "dismiss", "empty", "hand_over", "merge", "suspend")
)


@dataclass(frozen=True, slots=True)
class ModerationAct:
    """One act on one kind of object. `applies` says whether an object, as it stands, asks for it.

    `offer` are its words beside the object itself, with an `icon`, where it stands there.
    """

    act: Act
    run: Callable[..., Model | None]  # the Decision, where there is one
    applies: Callable[[Any], bool]
    form: type[ActForm] = ActForm
    allowed: Callable[[Any], bool] = can_moderate
    offer: Promise | None = None
    preview: Callable[[Any, Any], Preview] | None = None  # what is shown before it is asked again
    icon: str = ""  # the symbol of templates/components/icons.html, without its i-

    @property
    def label(self) -> str:
        return str(self.act.label)

    @property
    def is_grave(self) -> bool:
        return TRAITS[self.act].is_grave

    @property
    def asks_for_proof(self) -> bool:
        return self.act in ASK_FOR_PROOF

    @property
    def asks_only_why(self) -> bool:
        return self.form is ActForm


TOPIC_ACTS = (
    ModerationAct(
        Act.HIDE,
        actions.hide_topic,
        lambda topic: topic.hidden_at is None,
        offer=_("Hide the topic"),
        icon="hide",
    ),
    ModerationAct(
        Act.UNHIDE,
        actions.unhide_topic,
        lambda topic: topic.hidden_at is not None,
        offer=_("Show it again"),
        icon="hide",
    ),
    ModerationAct(
        Act.LOCK,
        actions.lock,
        lambda topic: topic.locked_at is None,
        offer=_("Close it to replies"),
        icon="lock",
    ),
    ModerationAct(
        Act.UNLOCK,
        actions.unlock,
        lambda topic: topic.locked_at is not None,
        offer=_("Open it to replies again"),
        icon="lock",
    ),
    ModerationAct(
        Act.PIN,
        actions.pin,
        lambda topic: topic.pinned_at is None,
        offer=_("Pin it in the board"),
        icon="pin",
    ),
    ModerationAct(
        Act.UNPIN,
        actions.unpin,
        lambda topic: topic.pinned_at is not None,
        offer=_("No longer pin it"),
        icon="pin",
    ),
    ModerationAct(Act.MOVE, actions.move, lambda topic: True, form=MoveForm),
)


def beside(topic: Topic) -> list[ModerationAct]:
    """What the moderators of its network may do with a topic where it stands, the gravest last."""
    offered = [each for each in TOPIC_ACTS if each.offer and each.applies(topic)]
    return sorted(offered, key=lambda each: each.icon == "hide")


POST_ACTS = (
    ModerationAct(
        Act.HIDE, actions.hide_post, lambda post: post.number > 0 and post.hidden_at is None
    ),
    ModerationAct(Act.UNHIDE, actions.unhide_post, lambda post: post.hidden_at is not None),
)


def _lost_her_device(member: Member) -> bool:
    return open_for(member.pk) is not None


MEMBER_ACTS = (
    ModerationAct(Act.SUSPEND, actions.suspend, lambda member: member.is_active),
    ModerationAct(Act.RESTORE, actions.restore, lambda member: not member.is_active),
    ModerationAct(Act.EMPTY, profiles.empty, lambda member: True, form=EmptyForm),
    ModerationAct(Act.TRUST, actions.set_trust, lambda member: True, form=TrustForm),
    ModerationAct(Act.CHECK, lost_devices.check, _lost_her_device, form=CheckForm),
    ModerationAct(Act.DENY, lost_devices.deny, _lost_her_device),
    ModerationAct(
        Act.APPOINT, actions.appoint, lambda member: not member.is_staff, allowed=can_administer
    ),
    ModerationAct(
        Act.DISMISS, actions.dismiss, lambda member: member.is_staff, allowed=can_administer
    ),
)


def _may_live_again(network: Network) -> bool:
    return network.archived_at is not None and network.merged_into_id is None


NETWORK_ACTS = (
    ModerationAct(Act.VERIFY, network_acts.verify, lambda n: n.verified_at is None and n.is_open),
    ModerationAct(Act.UNVERIFY, network_acts.unverify, lambda n: n.verified_at is not None),
    ModerationAct(Act.FEATURE, network_acts.feature, lambda n: n.featured_at is None and n.is_open),
    ModerationAct(Act.UNFEATURE, network_acts.unfeature, lambda n: n.featured_at is not None),
    ModerationAct(Act.HAND_OVER, network_acts.hand_over, lambda n: n.is_open, form=HandOverForm),
    ModerationAct(Act.ARCHIVE, network_acts.archive, lambda n: n.archived_at is None),
    ModerationAct(Act.REOPEN, network_acts.reopen, _may_live_again, form=HandOverForm),
    ModerationAct(Act.HIDE, network_acts.hide, lambda n: n.hidden_at is None),
    ModerationAct(Act.UNHIDE, network_acts.unhide, lambda n: n.hidden_at is not None),
    ModerationAct(
        Act.MERGE,
        merge,
        lambda n: n.merged_into_id is None and n.hidden_at is None,
        form=MergeForm,
        preview=of_networks,
    ),
    ModerationAct(
        Act.UNMERGE,
        unmerge,
        lambda n: (
            n.merged_into_id is not None
            and Merge.objects.undoable().filter(decision__network=n).exists()
        ),
    ),
)

ORGANISATION_ACTS = (
    ModerationAct(Act.HIDE, organisation_acts.hide, lambda each: each.hidden_at is None),
    ModerationAct(Act.UNHIDE, organisation_acts.unhide, lambda each: each.hidden_at is not None),
    ModerationAct(Act.RENAME, organisation_acts.rename, lambda each: True, form=RenameForm),
    ModerationAct(
        Act.MERGE,
        organisation_acts.merge,
        lambda each: each.is_open,
        form=MergeOrganisationForm,
        preview=of_organisations,
    ),
    ModerationAct(
        Act.UNMERGE,
        organisation_acts.unmerge,
        lambda each: (
            each.merged_into_id is not None
            and Merge.objects.undoable().filter(decision__organisation=each).exists()
        ),
    ),
)


def _asks(kind: StaffRequestKind) -> Callable[[StaffRequest], bool]:
    return lambda staff_request: staff_request.decided_at is None and staff_request.kind == kind


REQUEST_ACTS = (
    ModerationAct(Act.VERIFY, network_acts.grant_verification, _asks(StaffRequestKind.VERIFY)),
    ModerationAct(Act.HAND_OVER, network_acts.grant_take_over, _asks(StaffRequestKind.TAKE_OVER)),
    ModerationAct(
        Act.REFUSE, network_acts.refuse, lambda staff_request: staff_request.decided_at is None
    ),
)

ACTIVITY_ACTS = (
    ModerationAct(Act.HIDE, actions.hide_activity, lambda activity: activity.hidden_at is None),
    ModerationAct(
        Act.UNHIDE, actions.unhide_activity, lambda activity: activity.hidden_at is not None
    ),
)

REPORT_ACTS = (
    ModerationAct(
        Act.ANSWER,
        message_reports.answer,
        lambda report: report.answered_at is None,
        form=AnswerForm,
    ),
)
