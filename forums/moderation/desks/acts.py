"""The acts the admin offers: which action each runs, what it asks, and when it makes sense."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.silence import is_silenced
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.groups.staff_requests.models import StaffRequest, StaffRequestKind
from forums.moderation import actions
from forums.moderation.desks.standing import goes_on, is_banned, is_warned, was_regrouped
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
from forums.moderation.holding import actions as holding
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
from forums.moderation.posts import actions as posts
from forums.moderation.posts.forms import DeleteForm
from forums.moderation.profiles import actions as profiles
from forums.moderation.sanctions import actions as sanctions
from forums.moderation.sanctions.forms import SilenceForm, SuspendForm
from forums.moderation.topics import actions as topics
from forums.moderation.topics.forms import CloseAtForm, MergeTopicForm, SlowForm, SplitForm
from forums.moderation.trust import actions as trust

# Before these a proof is asked that it is she (`accounts.proof`): what they do is not lightly undone.
ASK_FOR_PROOF = frozenset(
    ("appoint", "ban", "check", "dismiss", "empty", "hand_over", "merge", "suspend")
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
    by_networks: bool = True  # of topics and posts: a network's moderators do it in their boards
    beside: bool = False  # one of the few that stand beside the topic itself

    @property
    def label(self) -> str:
        return str(self.act.label)

    @property
    def asks_only_why(self) -> bool:
        return self.form is ActForm

    @property
    def is_grave(self) -> bool:
        return TRAITS[self.act].is_grave

    @property
    def asks_for_proof(self) -> bool:
        return self.act in ASK_FOR_PROOF


TOPIC_ACTS = (
    ModerationAct(
        Act.HIDE,
        actions.hide_topic,
        lambda topic: topic.hidden_at is None,
        offer=_("Hide the topic"),
        icon="hide",
        beside=True,
    ),
    ModerationAct(
        Act.UNHIDE,
        actions.unhide_topic,
        lambda topic: topic.hidden_at is not None and topic.held_at is None,
        offer=_("Show it again"),
        icon="hide",
        beside=True,
    ),
    ModerationAct(
        Act.LOCK,
        actions.lock,
        lambda topic: topic.locked_at is None,
        offer=_("Close it to replies"),
        icon="lock",
        beside=True,
    ),
    ModerationAct(
        Act.UNLOCK,
        actions.unlock,
        lambda topic: topic.locked_at is not None,
        offer=_("Open it to replies again"),
        icon="lock",
        beside=True,
    ),
    ModerationAct(
        Act.PIN,
        actions.pin,
        lambda topic: topic.pinned_at is None,
        offer=_("Pin it in the board"),
        icon="pin",
        beside=True,
    ),
    ModerationAct(
        Act.UNPIN,
        actions.unpin,
        lambda topic: topic.pinned_at is not None,
        offer=_("No longer pin it"),
        icon="pin",
        beside=True,
    ),
    ModerationAct(
        Act.ADMIT,
        holding.admit_topic,
        lambda topic: topic.held_at is not None,
        offer=_("Let it through"),
        icon="check",
    ),
    ModerationAct(
        Act.KEEP_BACK,
        holding.keep_topic_back,
        lambda topic: topic.held_at is not None,
        offer=_("Keep it back"),
        icon="hide",
    ),
    ModerationAct(
        Act.SLOW,
        topics.slow_down,
        lambda topic: goes_on(topic) and not topic.slow_minutes,
        form=SlowForm,
        offer=_("Slow it down: one text a member in so many minutes"),
        icon="clock",
    ),
    ModerationAct(
        Act.UNSLOW,
        topics.let_run,
        lambda topic: topic.slow_minutes > 0,
        offer=_("No longer slow it down"),
        icon="clock",
    ),
    ModerationAct(
        Act.CLOSE_AT,
        topics.close_at,
        lambda topic: goes_on(topic) and topic.closes_at is None,
        form=CloseAtForm,
        offer=_("Close it to replies at a time"),
        icon="lock",
    ),
    ModerationAct(
        Act.KEEP_OPEN,
        topics.keep_open,
        lambda topic: topic.closes_at is not None,
        offer=_("Not close it by itself"),
        icon="lock",
    ),
    ModerationAct(
        Act.UNLIST,
        topics.take_off_lists,
        lambda topic: topic.unlisted_at is None,
        offer=_("Take it off all lists; who has its address still reads it"),
        icon="hide",
    ),
    ModerationAct(
        Act.RELIST,
        topics.relist,
        lambda topic: topic.unlisted_at is not None and topic.merged_into_id is None,
        offer=_("Put it on the lists again"),
        icon="hide",
    ),
    ModerationAct(
        Act.ARCHIVE,
        topics.archive,
        goes_on,
        offer=_("Archive it: it is read, and stays as it is"),
        icon="check",
    ),
    ModerationAct(
        Act.REOPEN,
        topics.reopen,
        lambda topic: topic.archived_at is not None,
        offer=_("Open it again"),
        icon="check",
    ),
    ModerationAct(
        Act.SPLIT,
        topics.split,
        lambda topic: goes_on(topic) and topic.last_number > 0,
        form=SplitForm,
        offer=_("Split some of it off into a topic of its own"),
        icon="quote",
    ),
    ModerationAct(
        Act.UNSPLIT,
        topics.unsplit,
        lambda topic: was_regrouped(topic, merged=False),
        offer=_("Put back what was split off last"),
        icon="quote",
    ),
    ModerationAct(
        Act.JOIN,
        topics.join,
        goes_on,
        form=MergeTopicForm,
        offer=_("Merge it into another topic"),
        icon="link",
    ),
    ModerationAct(
        Act.UNJOIN,
        topics.unjoin,
        lambda topic: was_regrouped(topic, merged=True),
        offer=_("Let it be a topic of its own again"),
        icon="link",
    ),
    ModerationAct(Act.MOVE, actions.move, lambda topic: True, form=MoveForm, by_networks=False),
)


def beside(topic: Topic) -> list[ModerationAct]:
    """What the moderators of its network may do with a topic where it stands, the gravest last."""
    offered = [each for each in TOPIC_ACTS if each.beside and each.applies(topic)]
    return sorted(offered, key=lambda each: each.is_grave)


POST_ACTS = (
    ModerationAct(
        Act.HIDE, actions.hide_post, lambda post: post.number > 0 and post.hidden_at is None
    ),
    ModerationAct(
        Act.UNHIDE,
        actions.unhide_post,
        lambda post: post.hidden_at and post.removed_at is None and post.held_at is None,
    ),
    ModerationAct(
        Act.ADMIT,
        holding.admit,
        lambda post: post.held_at is not None,
        offer=_("Let it through"),
    ),
    ModerationAct(
        Act.KEEP_BACK,
        holding.keep_back,
        lambda post: post.held_at is not None,
        offer=_("Keep it back"),
    ),
    ModerationAct(
        Act.DELETE,
        posts.delete,
        lambda post: post.number > 0 and post.removed_at is None and post.held_at is None,
        form=DeleteForm,
        offer=_("Delete it, alone or with all that answers it"),
    ),
    ModerationAct(
        Act.UNDELETE,
        posts.bring_back,
        lambda post: post.removed_at is not None,
        offer=_("Bring it back, with what was deleted with it"),
    ),
)


def _lost_her_device(member: Member) -> bool:
    return open_for(member.pk) is not None


MEMBER_ACTS = (
    ModerationAct(Act.WARN, sanctions.warn, lambda member: True),
    ModerationAct(Act.UNWARN, sanctions.take_warning_back, is_warned),
    ModerationAct(
        Act.SILENCE, sanctions.silence, lambda member: not is_silenced(member), form=SilenceForm
    ),
    ModerationAct(Act.UNSILENCE, sanctions.unsilence, is_silenced),
    ModerationAct(
        Act.SUSPEND, sanctions.suspend, lambda member: member.is_active, form=SuspendForm
    ),
    ModerationAct(Act.BAN, sanctions.ban, lambda member: not is_banned(member)),
    ModerationAct(Act.RESTORE, sanctions.restore, lambda member: not member.is_active),
    ModerationAct(Act.EMPTY, profiles.empty, lambda member: True, form=EmptyForm),
    ModerationAct(Act.TRUST, trust.set_trust, lambda member: True, form=TrustForm),
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
