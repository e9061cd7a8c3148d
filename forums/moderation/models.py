"""Decisions: an append-only log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.activities.models import Activity
from forums.base.visibility import rule, sees_all
from forums.discussions.boards.models import BOARD_READABLE, Board
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import roles_of
from forums.groups.networks.models import Network

REASON_LENGTH = 300
DECIDED = "decided"  # the kind of what is told to whose it is


class Act(models.TextChoices):
    """What was done. The verbs are fixed (docs/architecture.md)."""

    HIDE = "hide", _("Hide")
    UNHIDE = "unhide", _("Unhide")
    LOCK = "lock", _("Lock")
    UNLOCK = "unlock", _("Unlock")
    PIN = "pin", _("Pin")
    UNPIN = "unpin", _("Unpin")
    MOVE = "move", _("Move")
    SUSPEND = "suspend", _("Suspend")
    RESTORE = "restore", _("Restore")
    TRUST = "trust", _("Change trust level")
    EMPTY = "empty", _("Empty the profile")
    APPOINT = "appoint", _("Make a moderator")
    DISMISS = "dismiss", _("No longer a moderator")
    CHECK = "check", _("Confirm who she is")
    DENY = "deny", _("Not confirm who she is")
    REGISTER = "register", _("Register")
    VERIFY = "verify", _("Verify")
    UNVERIFY = "unverify", _("No longer verified")
    FEATURE = "feature", _("Feature")
    UNFEATURE = "unfeature", _("No longer featured")
    ARCHIVE = "archive", _("Archive")
    REOPEN = "reopen", _("Open again")
    MERGE = "merge", _("Merge")
    HAND_OVER = "hand_over", _("Hand over")
    REFUSE = "refuse", _("Refuse")
    RENAME = "rename", _("Rename")
    UNMERGE = "unmerge", _("Undo the merge")
    CLOSE = "close", _("Close an old version")
    OPEN = "open", _("Open an old version again")
    CONCEAL = "conceal", _("Hide a passage")
    REVEAL = "reveal", _("Show a hidden passage again")
    CLARIFY = "clarify", _("Pin a reply of one who is named")
    UNCLARIFY = "unclarify", _("Take such a reply down")
    ADMIT = "admit", _("Let through")
    KEEP_BACK = "keep_back", _("Keep back")
    DELETE = "delete", _("Delete")
    UNDELETE = "undelete", _("Bring back")
    SPLIT = "split", _("Split off")
    UNSPLIT = "unsplit", _("Undo the split")
    JOIN = "join", _("Merge topics")
    UNJOIN = "unjoin", _("Undo the merging of topics")
    SLOW = "slow", _("Slow down")
    UNSLOW = "unslow", _("No longer slow")
    CLOSE_AT = "close_at", _("Close at a time")
    KEEP_OPEN = "keep_open", _("Not close by itself")
    UNLIST = "unlist", _("Take off all lists")
    RELIST = "relist", _("Put on the lists again")
    WARN = "warn", _("Warn")
    UNWARN = "unwarn", _("Take back the warning")
    SILENCE = "silence", _("Silence")
    UNSILENCE = "unsilence", _("Let write again")
    BAN = "ban", _("Ban")
    WITHDRAW = (
        "withdraw",
        _("Take out of sight"),
    )  # a picture, a line of a ledger, a message, a poll
    PUT_BACK = "put_back", _("Show again what was taken out of sight")
    END = "end", _("Close a poll early")
    ANSWER = (
        "answer",
        _("Answer a report"),
    )  # to who reported a private message: no decision, in no log


@dataclass(frozen=True, slots=True)
class ActTraits:
    """What follows from an act, whoever runs it (moderation.desks.acts says on what, and how)."""

    undoes: Act | None = None  # the act this one takes back
    is_grave: bool = False  # its button warns
    told: Promise | None = None  # to a network's coordinators, where it was about a network
    whose_is_told: bool = (
        True  # a notification goes to whose topic, post, account or activity it was about
    )
    against: bool = False  # whose it is may ask that somebody else looks again
    by_mail: bool = False  # whose it is gets a letter too, where the act has none of its own
    undoes_too: Act | None = None


TRAITS = {
    Act.HIDE: ActTraits(
        is_grave=True,
        against=True,
        by_mail=True,
        told=_("“%(network)s” is hidden: only moderators can see it and its boards."),
    ),
    Act.UNHIDE: ActTraits(
        undoes=Act.HIDE,
        undoes_too=Act.KEEP_BACK,
        told=_("“%(network)s” can be seen again."),
    ),
    Act.LOCK: ActTraits(is_grave=True, against=True),
    Act.UNLOCK: ActTraits(undoes=Act.LOCK),
    Act.PIN: ActTraits(),
    Act.UNPIN: ActTraits(undoes=Act.PIN),
    Act.MOVE: ActTraits(against=True),
    Act.SUSPEND: ActTraits(against=True),
    Act.RESTORE: ActTraits(undoes=Act.SUSPEND, undoes_too=Act.BAN),
    Act.TRUST: ActTraits(),
    Act.EMPTY: ActTraits(is_grave=True, against=True, whose_is_told=False),  # told with its email
    Act.APPOINT: ActTraits(),
    Act.DISMISS: ActTraits(),
    Act.CHECK: ActTraits(whose_is_told=False),  # its letters go to whoever has lost a device
    Act.DENY: ActTraits(whose_is_told=False),
    Act.REGISTER: ActTraits(
        told=_("A moderator has registered “%(network)s”. You coordinate it."),
    ),
    Act.VERIFY: ActTraits(told=_("“%(network)s” is verified now: its page says so.")),
    Act.UNVERIFY: ActTraits(
        against=True, undoes=Act.VERIFY, told=_("“%(network)s” is no longer marked as verified.")
    ),
    Act.FEATURE: ActTraits(
        told=_("“%(network)s” is shown at the head of the list of networks now."),
    ),
    Act.UNFEATURE: ActTraits(
        undoes=Act.FEATURE, told=_("“%(network)s” stands among the other networks again.")
    ),
    Act.ARCHIVE: ActTraits(
        against=True,
        told=_(
            "“%(network)s” is archived: everything can still be read, and nobody can write there."
        ),
    ),
    Act.REOPEN: ActTraits(undoes=Act.ARCHIVE, told=_("“%(network)s” is open again.")),
    Act.MERGE: ActTraits(
        against=True,
        told=_(
            "“%(network)s” was merged into “%(into)s”. Its members, boards and topics are there now."
        ),
    ),
    Act.HAND_OVER: ActTraits(
        told=_("“%(network)s” has a new coordinator, named by the moderators."),
    ),
    Act.REFUSE: ActTraits(),
    Act.RENAME: ActTraits(),
    Act.UNMERGE: ActTraits(
        undoes=Act.MERGE,
        told=_(
            "“%(network)s” and “%(into)s” are two networks again. What was moved and has not been moved on "
            "since is back where it was."
        ),
    ),
    Act.CLOSE: ActTraits(is_grave=True, against=True),
    Act.OPEN: ActTraits(undoes=Act.CLOSE),
    Act.CONCEAL: ActTraits(is_grave=True, against=True, by_mail=True),
    Act.REVEAL: ActTraits(undoes=Act.CONCEAL),
    Act.CLARIFY: ActTraits(),
    Act.UNCLARIFY: ActTraits(undoes=Act.CLARIFY),
    Act.ADMIT: ActTraits(undoes=Act.KEEP_BACK),
    Act.KEEP_BACK: ActTraits(is_grave=True, against=True, by_mail=True),
    Act.DELETE: ActTraits(is_grave=True, against=True, by_mail=True),
    Act.UNDELETE: ActTraits(undoes=Act.DELETE),
    Act.SPLIT: ActTraits(),
    Act.UNSPLIT: ActTraits(undoes=Act.SPLIT),
    Act.JOIN: ActTraits(),
    Act.UNJOIN: ActTraits(undoes=Act.JOIN),
    Act.SLOW: ActTraits(against=True),
    Act.UNSLOW: ActTraits(undoes=Act.SLOW),
    Act.CLOSE_AT: ActTraits(against=True),
    Act.KEEP_OPEN: ActTraits(undoes=Act.CLOSE_AT),
    Act.UNLIST: ActTraits(is_grave=True, against=True),
    Act.RELIST: ActTraits(undoes=Act.UNLIST),
    Act.WARN: ActTraits(against=True),
    Act.UNWARN: ActTraits(undoes=Act.WARN),
    Act.SILENCE: ActTraits(is_grave=True, against=True),
    Act.UNSILENCE: ActTraits(undoes=Act.SILENCE),
    Act.BAN: ActTraits(is_grave=True, against=True),
    Act.WITHDRAW: ActTraits(
        is_grave=True,
        against=True,
        by_mail=True,
        told=_(
            "The moderators took a line of the money of “%(network)s”, or its document, out of sight."
        ),
    ),
    Act.PUT_BACK: ActTraits(
        undoes=Act.WITHDRAW,
        told=_(
            "What the moderators had taken out of the money of “%(network)s” can be seen again."
        ),
    ),
    Act.END: ActTraits(is_grave=True, against=True),
    Act.ANSWER: ActTraits(),
}

# The queryset alone says it: what a decision is about stands in `details`, which no Q reaches.
rule("forums.Decision", "in the log she is shown", None)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, member: Any) -> DecisionQuerySet:
        """Decisions `member` (None or anonymous: a visitor) may read. Private boards leave no trace.

        What a topic or post stood in *then* counts as much as what it stands in now: a topic moved
        out of a private board must not bring its past along. `details` keeps those boards' ids.
        Everybody reads about networks but of hidden ones, and about organisations, of which a hidden one
        has no name there; about activities, who may know of them.
        """
        if sees_all(member):
            return self
        then = Board.objects.visible_to(member).filter(pk=OuterRef("board_then"))
        there = Board.objects.visible_to(member).filter(pk=OuterRef("board_to"))
        topics = Topic.objects.filter(BOARD_READABLE.q(member, "board__"), pk=OuterRef("topic"))
        posts = Post.objects.filter(BOARD_READABLE.q(member, "topic__board__"), pk=OuterRef("post"))
        networks = Network.objects.visible_to(member).filter(pk=OuterRef("network"))
        open_ones = Activity.objects.open_to_all().filter(pk=OuterRef("activity"))
        own_ones = Activity.objects.held_by(list(roles_of(member))).filter(pk=OuterRef("activity"))
        in_a_board = (Exists(topics) | Exists(posts)) & Exists(then)
        readable = ExpressionWrapper(
            Q(member__isnull=False)
            | Q(organisation__isnull=False)
            | Exists(networks)
            # Then as well as now: what only members knew of stays untold when it is opened later.
            | (Exists(open_ones) & Q(details__open_to="everyone"))
            | Exists(own_ones)
            | (in_a_board & (Q(board_to=None) | Exists(there))),
            output_field=models.BooleanField(),
        )
        # Looked up a row at a time, by keys. Seeing EXISTS by itself, PostgreSQL would join whole
        # tables and sort the whole log to find thirty rows; inside COALESCE it expects half the
        # rows to do, and reads from the newest on.
        return self.alias(
            board_then=_board_in("board"),
            board_to=_board_in("to"),
            readable=Coalesce(readable, False),
        ).filter(readable=True)


def _board_in(key: str) -> Cast:
    """The id that `details` keeps under `key`, for an act on what stands in a board; else NULL."""
    kept = models.Case(
        models.When(
            Q(topic__isnull=False) | Q(post__isnull=False), then=KeyTextTransform(key, "details")
        )
    )
    return Cast(kept, models.BigIntegerField())


TARGETS = ("topic", "post", "member", "network", "activity", "organisation")


def _exactly_one(names: tuple[str, ...]) -> Q:
    condition = Q()
    for one in names:
        condition |= Q(**{f"{name}__isnull": name != one for name in names})
    return condition


class Decision(models.Model):
    """Who did what to exactly one topic, post, member, network, activity or organisation, why and when.

    Rows are only ever added.

    `details` holds what the act alone does not say: the id of the board it happened in (`board`),
    of the one a topic went to (`to`), trust levels (`from`, `to`), to whom an activity was open
    (`open_to`), names (`from`, `to`), what something was merged `into`, the `version` of a text or of a network's `view` (its id), the `picture`,
    `line`, `message`, `poll` or `statement` that was taken out of it, or the `poll` that was closed (its id), and the network in whose name one of its own moderators acted (`network`; without it, the site's did).
    """

    # None: a rule decided, not a person (the sum of reports).
    moderator = models.ForeignKey(
        "accounts.Member",
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    rule = models.ForeignKey(
        "forums.HouseRule",
        verbose_name=_("house rule"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    until = models.DateTimeField(_("until"), null=True, blank=True)  # when it ends by itself
    act = models.CharField(_("what"), max_length=10, choices=Act)
    reason = models.CharField(_("why"), max_length=REASON_LENGTH)
    details = models.JSONField(_("details"), default=dict, blank=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    topic = models.ForeignKey(
        "forums.Topic", on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    post = models.ForeignKey(
        "forums.Post", on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="decisions"
    )

    network = models.ForeignKey(
        "forums.Network", on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    activity = models.ForeignKey(
        "forums.Activity", on_delete=models.PROTECT, null=True, related_name="decisions"
    )

    organisation = models.ForeignKey(
        "forums.Organisation", on_delete=models.PROTECT, null=True, related_name="decisions"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(condition=_exactly_one(TARGETS), name="decision_has_one_target"),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_a_reason"),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="decision_newest")]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.reason}"

    @property
    def about(self) -> str:
        """Which of TARGETS it is about."""
        return next(name for name in TARGETS if getattr(self, f"{name}_id") is not None)


def hid_itself(target: Topic | Post | Activity) -> bool:
    """Was this hidden by a rule, on which no moderator has decided since?"""
    last = target.decisions.filter(act=Act.HIDE).order_by("-pk").first()
    return target.hidden_at is not None and last is not None and last.moderator_id is None
