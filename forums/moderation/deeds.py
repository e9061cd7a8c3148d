"""The acts the admin offers: which action each runs, what it asks, and when it makes sense."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from forums.moderation import actions
from forums.moderation.forms import ActForm, MoveForm, TrustForm
from forums.moderation.models import Act, Decision
from forums.moderation.permissions import can_administer, can_moderate


@dataclass(frozen=True, slots=True)
class Deed:
    """One act on one kind of object. `applies` says whether an object, as it stands, asks for it."""

    act: Act
    run: Callable[..., Decision | None]
    applies: Callable[[Any], bool]
    form: type[ActForm] = ActForm
    allowed: Callable[[Any], bool] = can_moderate

    @property
    def label(self) -> str:
        return str(self.act.label)


TOPIC_DEEDS = (
    Deed(Act.HIDE, actions.hide_topic, lambda topic: topic.hidden_at is None),
    Deed(Act.UNHIDE, actions.unhide_topic, lambda topic: topic.hidden_at is not None),
    Deed(Act.LOCK, actions.lock, lambda topic: topic.locked_at is None),
    Deed(Act.UNLOCK, actions.unlock, lambda topic: topic.locked_at is not None),
    Deed(Act.PIN, actions.pin, lambda topic: topic.pinned_at is None),
    Deed(Act.UNPIN, actions.unpin, lambda topic: topic.pinned_at is not None),
    Deed(Act.MOVE, actions.move, lambda topic: True, form=MoveForm),
)

POST_DEEDS = (
    Deed(Act.HIDE, actions.hide_post, lambda post: post.number > 0 and post.hidden_at is None),
    Deed(Act.UNHIDE, actions.unhide_post, lambda post: post.hidden_at is not None),
)

MEMBER_DEEDS = (
    Deed(Act.SUSPEND, actions.suspend, lambda member: member.is_active),
    Deed(Act.RESTORE, actions.restore, lambda member: not member.is_active),
    Deed(Act.TRUST, actions.set_trust, lambda member: True, form=TrustForm),
    Deed(Act.APPOINT, actions.appoint, lambda member: not member.is_staff, allowed=can_administer),
    Deed(Act.DISMISS, actions.dismiss, lambda member: member.is_staff, allowed=can_administer),
)

ACTIVITY_DEEDS = (
    Deed(Act.HIDE, actions.hide_activity, lambda activity: activity.hidden_at is None),
    Deed(Act.UNHIDE, actions.unhide_activity, lambda activity: activity.hidden_at is not None),
)
