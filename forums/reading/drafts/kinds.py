"""Which forms of the wings to the left keep drafts, and where those lie."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forums.base.drafts import OpenedDraft, Token, keep_drafts_in
from forums.base.personal import Area, Leaves, Until, holds
from forums.notifications.registry import scheduled
from forums.reading.drafts import actions, names
from forums.reading.drafts.lists import opened_with
from forums.reading.drafts.models import Draft
from forums.reading.drafts.registry import draft_place

if TYPE_CHECKING:
    from accounts.models import Member


class _Drafts:
    """`forums.base.drafts.Keeper`."""

    def open(self, request: HttpRequest) -> OpenedDraft:
        return opened_with(request.user, request.path, request.GET)

    def sent(self, member: "Member", token: Token, writer: str) -> None:
        actions.sent(member=member, token=token, writer=writer[:32])


keep_drafts_in(_Drafts())


draft_place("start", _("A new topic"))
draft_place("settings_profile", _("My profile"))
draft_place("topic_start", _("A new topic in “%(name)s”"), argument="slug", names=names.boards)
draft_place("topic_edit", _("Editing “%(name)s”"), argument="pk", names=names.topics)
draft_place("reply", _("A reply in “%(name)s”"), argument="pk", names=names.topics, by="to")
draft_place("post_edit", _("Editing a comment in “%(name)s”"), argument="pk", names=names.posts)
draft_place("topic_view", _("A network's view of “%(name)s”"), argument="pk", names=names.topics)
draft_place("network_register", _("A new network"))
draft_place("network_edit", _("The page of “%(name)s”"), argument="slug", names=names.networks)
draft_place(
    "network_ask", _("To the moderators, about “%(name)s”"), argument="slug", names=names.networks
)
draft_place(
    "network_announce", _("An announcement of “%(name)s”"), argument="slug", names=names.networks
)
draft_place("network_join", _("Asking into “%(name)s”"), argument="slug", names=names.networks)
draft_place("organisation_new", _("A new organisation"))
draft_place(
    "organisation_edit", _("The page of “%(name)s”"), argument="slug", names=names.organisations
)


@scheduled("drafts: those sent or thrown away")
def forget(now: datetime) -> None:
    """A day later nothing of them is needed."""
    actions.forget(now)


# -- What is held of a person ----------------------------------------------------------------------

holds(
    Draft,
    "member",
    what=_("Drafts"),
    area=Area.READING,
    leaves=Leaves.DELETED,
    until=Until.DRAFTS.label,
    but=("device", "writer", "nth"),
)
