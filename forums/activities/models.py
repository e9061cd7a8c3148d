"""Activities, answers to them, and secret calendars."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.provinces import PROVINCES
from forums.base.visibility import EVERYTHING, rule, sees_all
from forums.groups.memberships.models import coordinated_by, roles_of
from forums.groups.networks.models import NETWORK_SHOWN, Network

if TYPE_CHECKING:
    from accounts.models import Member

TITLE_LENGTH = 150
PLACE_LENGTH = 200
REASON_LENGTH = 300  # why it is cancelled
LESSON_LENGTH = 1000

# Where people of these networks live or work; a longer list only makes one search for Bangkok.
ZONES = [
    ("Asia/Bangkok", _("Thailand, Laos, Cambodia, Vietnam (UTC+7)")),
    ("Asia/Yangon", _("Myanmar (UTC+6:30)")),
    ("Asia/Kolkata", _("India (UTC+5:30)")),
    ("Asia/Dubai", _("Dubai (UTC+4)")),
    ("Asia/Singapore", _("Malaysia, Singapore (UTC+8)")),
    ("Asia/Taipei", _("China, Taiwan (UTC+8)")),
    ("Asia/Tokyo", _("Japan, Korea (UTC+9)")),
    ("Australia/Sydney", _("Sydney")),
    ("Europe/London", _("London")),
    ("Europe/Berlin", _("Central Europe")),
    ("America/New_York", _("New York")),
    ("America/Los_Angeles", _("Los Angeles")),
]


class Open(models.TextChoices):
    """Who may come; what is for members only is known to members only."""

    EVERYONE = "everyone", _("Everyone")
    MEMBERS = "members", _("Members of the networks that hold it")


def _visible(member: Any) -> Q:
    if sees_all(member):
        return EVERYTHING
    seen = Q(open_to=Open.EVERYONE)
    if mine := list(roles_of(member)):
        hosts = ActivityHost.objects.filter(network__in=mine)
        # Who is invited to hold it decides about it, so she must see it; her network does not yet.
        hosts = hosts.filter(Q(confirmed_at__isnull=False) | Q(network__in=coordinated_by(member)))
        seen |= Q(pk__in=hosts.values("activity"))
    return seen & ~Q(pk__in=_of_hidden_networks()) & Q(hidden_at=None)


def _of_hidden_networks() -> models.QuerySet[Any, Any]:
    """What was announced by a network that moderators have hidden since: there are few."""
    first = ActivityHost.objects.filter(~NETWORK_SHOWN.q(path="network__"), position=0)
    return first.values("activity")


ACTIVITY_VISIBLE = rule(
    "forums.Activity",
    "of which she may know",
    _visible,
    sql=f"""(%(sees_all)s OR (a.hidden_at IS NULL
        AND (a.open_to = '{Open.EVERYONE}' OR EXISTS (
            SELECT FROM forums_activityhost o WHERE o.activity_id = a.id
                AND (o.network_id = ANY(%(coordinates)s::bigint[])
                    OR (o.network_id = ANY(%(mine)s::bigint[]) AND o.confirmed_at IS NOT NULL))))
        AND NOT EXISTS (
            SELECT FROM forums_activityhost o JOIN forums_network n ON n.id = o.network_id
            WHERE o.activity_id = a.id AND o.position = 0 AND NOT ({NETWORK_SHOWN.sql}))))""",  # noqa: S608 - made of constants
    tables="forums_activity a",
)
ACTIVITY_SHOWN = rule(
    "forums.Activity",
    "not hidden itself",
    lambda _member: Q(hidden_at=None),
    sql="a.hidden_at IS NULL",
    tables="forums_activity a",
)
ACTIVITY_FOR_LIST = rule(
    "forums.Activity",
    "in the lists she is shown",
    lambda member: ACTIVITY_VISIBLE.q(member) & ACTIVITY_SHOWN.q(member),
    sql=f"{ACTIVITY_SHOWN.sql} AND {ACTIVITY_VISIBLE.sql}",
    tables="forums_activity a",
)


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, member: Member | Any) -> ActivityQuerySet:
        """The activities `member` (None or anonymous: a visitor) may know of."""
        return self.filter(ACTIVITY_VISIBLE.q(member))

    def for_list(self, member: Member | Any) -> ActivityQuerySet:
        """Those among them that stand in lists: nothing hidden, for anyone."""
        return self.filter(ACTIVITY_FOR_LIST.q(member))

    def shown(self) -> ActivityQuerySet:
        """Those that moderators have not hidden, whoever may know of them."""
        return self.filter(ACTIVITY_SHOWN.q())

    def open_to_all(self) -> ActivityQuerySet:
        """Those that everyone may know of, or might before they were hidden themselves."""
        return self.filter(~Q(pk__in=_of_hidden_networks()), open_to=Open.EVERYONE)

    def held_by(self, networks: Collection[int]) -> ActivityQuerySet:
        """Those that any of these networks (ids) holds, and has said so."""
        hosts = ActivityHost.objects.filter(network__in=networks, confirmed_at__isnull=False)
        return self.filter(pk__in=hosts.values("activity"))


class Activity(models.Model):
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    slug = models.CharField(max_length=80, editable=False)
    body = models.TextField(_("what it is about"), blank=True)
    body_html = models.TextField(blank=True, editable=False)
    renderer_version = models.PositiveSmallIntegerField(default=0, editable=False)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Bangkok")
    place = models.CharField(_("place"), max_length=PLACE_LENGTH, blank=True)
    province = models.CharField(_("province"), max_length=2, blank=True, choices=PROVINCES)
    link = models.URLField(_("link to meet at"), max_length=500, blank=True)
    open_to = models.CharField(_("who may come"), max_length=8, choices=Open)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    going_count = models.PositiveIntegerField(default=0, editable=False)
    waiting_count = models.PositiveIntegerField(default=0, editable=False)
    maybe_count = models.PositiveIntegerField(default=0, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_why = models.CharField(max_length=REASON_LENGTH, blank=True, editable=False)
    hidden_at = models.DateTimeField(null=True, editable=False)
    # The report: what we did, how many came, what we learned, and its pictures in the text.
    report = models.TextField(_("what we did"), blank=True)
    report_html = models.TextField(blank=True, editable=False)
    lesson = models.CharField(_("what we learned"), max_length=LESSON_LENGTH, blank=True)
    came = models.PositiveIntegerField(_("how many came"), null=True, blank=True)
    reported_at = models.DateTimeField(null=True, editable=False)
    reported_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(going_count__lte=F("capacity")),
                name="activity_not_overfull",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="activity_has_a_title"),
        ]
        indexes = [
            # With its end, so that what is over is passed by in the index.
            models.Index(fields=["starts_at", "id", "ends_at"], name="activity_coming"),
            models.Index(fields=["ends_at", "id"], name="activity_over"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return activity_url(self.pk, self.slug)

    def answer_of(self, member_id: int | None) -> str:
        """What a member answered, '' without an answer."""
        return self.answers.filter(member=member_id).values_list("answer", flat=True).first() or ""

    @property
    def short_url(self) -> str:
        """For letters and calendars, which want plain ASCII: it redirects to the page."""
        return activity_url(self.pk, "")


def activity_url(pk: int, slug: str) -> str:
    return f"/activities/{pk}/{slug}/" if slug else f"/activities/{pk}/"


class ActivityHost(models.Model):
    """A network that holds an activity; the first is whose coordinator announced it."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="hosts", db_index=False
    )
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="activities")
    position = models.PositiveSmallIntegerField(default=0)
    # A second network is a host once a coordinator of its own has agreed.
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "network"], name="activity_host_once")
        ]


class ActivityTopic(models.Model):
    """A topic an activity grew out of; the topic links to it and, later, to its report."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="topics", db_index=False
    )
    topic = models.ForeignKey("forums.Topic", on_delete=models.CASCADE, related_name="activities")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "topic"], name="activity_topic_once")
        ]


class Answer(models.TextChoices):
    GOING = "going", _("Going")
    WAITING = "waiting", _("On the waiting list")
    MAYBE = "maybe", _("Maybe")
    NOT = "not", _("Not going")


class Attendance(models.Model):
    """What one member answered. `since` orders the waiting list; a trigger keeps the counts."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="answers")
    answer = models.CharField(max_length=7, choices=Answer)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "member"], name="attendance_once")
        ]
        indexes = [
            models.Index(fields=["activity", "answer", "since", "id"], name="attendance_order")
        ]


def new_secret() -> str:
    return secrets.token_urlsafe(24)


class CalendarKey(models.Model):
    """The secret in the address of a member's own calendar feed; making a new one revokes the old."""

    member = models.OneToOneField(
        "accounts.Member", on_delete=models.CASCADE, related_name="calendar_key"
    )
    secret = models.CharField(max_length=40, unique=True, default=new_secret)
    created_at = models.DateTimeField(db_default=Now())
