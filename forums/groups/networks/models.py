"""Networks, what they say of themselves, what happened in them, and what they have to do with one another."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.provinces import PROVINCES
from forums.base.appearance import Colour, Emblem
from forums.base.visibility import EVERYTHING, rule, sees_all
from forums.text.noted import true_until

if TYPE_CHECKING:
    from accounts.models import Member

NAME_LENGTH = 80
AIM_LENGTH = 200
STORY_LENGTH = 12_000
LONG = ("story", "story_html", "search_words")  # columns only a network's own page needs
QUESTION_LENGTH = 200
CONFIRMED_FOR = timedelta(days=365)  # after that the page says that nobody has looked


class NetworkKind(models.TextChoices):
    PHYSICAL = "physical", _("With a structure")
    ONLINE = "online", _("Online")
    BOTH = "both", _("Both")


class Sector(models.TextChoices):
    STATE = "state", pgettext_lazy("sector", "State")
    BUSINESS = "business", _("Business")
    CIVIL = "civil", _("Civil society")
    ACADEMIC = "academic", _("Academic")
    COMMUNITY = "community", _("Community")


class Joining(models.TextChoices):
    OPEN = "open", _("Anyone may join at once")
    REQUEST = "request", _("By request, which a coordinator answers")
    INVITATION = "invitation", _("By invitation only")


class Audience(models.TextChoices):
    """To whom something of a network is shown; each takes in the ones after it."""

    EVERYONE = "everyone", _("Everyone")
    MEMBERS = "members", _("Members of the site")
    NETWORK = "network", _("Members of the network")
    COORDINATORS = "coordinators", _("Coordinators only")


NETWORK_SHOWN = rule(
    "forums.Network",
    "named beside what others say and hold",
    lambda _member: Q(hidden_at=None),
    sql="n.hidden_at IS NULL",
    tables="forums_network n",
)
NETWORK_VISIBLE = rule(
    "forums.Network",
    "whose page she may open",
    lambda member: EVERYTHING if sees_all(member) else NETWORK_SHOWN.q(),
    sql="(n.hidden_at IS NULL OR %(sees_all)s)",
    tables="forums_network n",
)
NETWORK_LISTED = rule(
    "forums.Network",
    "in the directory and in choices",
    lambda _member: Q(hidden_at=None, archived_at=None),
    sql="n.hidden_at IS NULL AND n.archived_at IS NULL",
    tables="forums_network n",
)


class NetworkQuerySet(models.QuerySet["Network"]):
    def visible_to(self, member: Member | Any) -> NetworkQuerySet:
        """The networks `member` (None or anonymous: a visitor) may know of: all but hidden ones."""
        return self.filter(NETWORK_VISIBLE.q(member))

    def shown(self) -> NetworkQuerySet:
        """Those that have a mark beside what they say and hold: a hidden one has none, for anyone."""
        return self.filter(NETWORK_SHOWN.q())

    def listed(self) -> NetworkQuerySet:
        """What stands in the directory and in choices: nothing hidden, archived or merged."""
        return self.filter(NETWORK_LISTED.q())


class Network(models.Model):
    slug = models.CharField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_key = models.TextField(unique=True, editable=False, db_collation="C")
    sort_key = models.TextField(editable=False, db_collation="C")
    aim = models.CharField(_("aim, in one sentence"), max_length=AIM_LENGTH)
    story = models.TextField(_("story"), blank=True)
    story_html = models.TextField(blank=True, editable=False)
    renderer_version = models.PositiveSmallIntegerField(default=0, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=NetworkKind)
    sectors = ArrayField(
        models.CharField(max_length=10, choices=Sector), verbose_name=_("sectors"), default=list
    )
    provinces = ArrayField(
        models.CharField(max_length=2, choices=PROVINCES),
        verbose_name=_("provinces"),
        default=list,
        blank=True,
    )
    nationwide = models.BooleanField(_("all over the country"), default=False)
    home = models.ForeignKey(
        "forums.Organisation",
        verbose_name=_("home organisation"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="home_of",
    )
    since_year = models.PositiveSmallIntegerField(_("since (year)"), null=True, blank=True)
    since_month = models.PositiveSmallIntegerField(_("since (month)"), null=True, blank=True)
    colour = models.CharField(_("colour"), max_length=8, choices=Colour, default=Colour.KHRAM)
    emblem = models.CharField(_("emblem"), max_length=16, choices=Emblem, default=Emblem.HANDS)
    picture = models.UUIDField(_("picture"), null=True, blank=True, editable=False)
    joining = models.CharField(
        _("how one joins"), max_length=10, choices=Joining, default=Joining.REQUEST
    )
    questions = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("questions to who asks to join"),
        default=list,
        blank=True,
        size=2,
    )
    members_shown_to = models.CharField(
        _("who may see the members"), max_length=12, choices=Audience, default=Audience.MEMBERS
    )
    search_words = SearchVectorField(null=True, editable=False)

    member_count = models.PositiveIntegerField(default=0, editable=False)
    organisation_count = models.PositiveIntegerField(default=0, editable=False)
    last_active_at = models.DateTimeField(editable=False)
    created_at = models.DateTimeField(_("registered"), editable=False)
    registered_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, related_name="+", editable=False
    )
    confirmed_at = models.DateTimeField(_("last confirmed"), editable=False)
    confirmed_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, related_name="+", editable=False
    )
    ledger_since = models.DateTimeField(_("shows its money since"), null=True, editable=False)
    verified_at = models.DateTimeField(_("verified"), null=True, editable=False)
    featured_at = models.DateTimeField(_("featured"), null=True, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, editable=False)
    hidden_at = models.DateTimeField(_("hidden"), null=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged_from", editable=False
    )

    known: dict[str, Any] = {}  # where a page of it asked (`memberships.registry`)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(slug="") & ~Q(name_key="") & ~Q(aim=""),
                name="network_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(since_month=None)
                | Q(since_year__isnull=False, since_month__gte=1, since_month__lte=12),
                name="network_month_of_a_year",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(archived_at__isnull=False),
                name="network_merged_is_archived",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="network_merged_into_another"
            ),
        ]
        indexes = [
            # The directory's three orders.
            models.Index(
                fields=["-last_active_at", "-id"],
                name="network_active",
                condition=Q(hidden_at=None, archived_at=None),
            ),
            models.Index(
                fields=["sort_key", "id"],
                name="network_by_name",
                condition=Q(hidden_at=None, archived_at=None),
            ),
            models.Index(
                fields=["-member_count", "-id"],
                name="network_largest",
                condition=Q(hidden_at=None, archived_at=None),
            ),
            # Its filters and its search box.
            GinIndex(fields=["sectors"], name="network_sectors"),
            GinIndex(fields=["provinces"], name="network_provinces"),
            GinIndex(fields=["search_words"], name="network_words"),
            # Names only, which a search looks through: a network's row is its whole page.
            models.Index(
                fields=["id", "name_key"],
                name="network_names",
                condition=Q(hidden_at=None, archived_at=None),
            ),
            # What stands nowhere any more: few, and asked for with every list of activities.
            models.Index(
                fields=["id"], name="network_hidden", condition=Q(hidden_at__isnull=False)
            ),
            # Whom to remind that nobody has confirmed the page.
            models.Index(
                fields=["confirmed_at"],
                name="network_confirmed",
                condition=Q(hidden_at=None, archived_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return network_url(self.slug)

    @property
    def short_url(self) -> str:
        """What is passed on: in a chat a Thai name becomes two hundred signs. It redirects to the page."""
        return f"/n{self.pk}/"

    @property
    def picture_url(self) -> str:
        """The address of its emblem where that is a picture, or ''."""
        return network_picture_url(self.picture)

    @property
    def is_open(self) -> bool:
        """Lives and takes members, topics, activities: not archived, merged or hidden."""
        return self.archived_at is None and self.hidden_at is None

    @property
    def is_stale(self) -> bool:
        """Has nobody confirmed for twelve months that what its page says is still so?"""
        until = self.confirmed_at + CONFIRMED_FOR
        is_stale = until < timezone.now()
        if not is_stale:
            true_until(until)
        return is_stale


@lru_cache(maxsize=4096)  # Thai letters are quoted byte by byte, and the same are named all day
def network_url(slug: str) -> str:
    """The address of a network; lists build many, so the resolver is not asked."""
    return f"/n/{quote(slug)}/"


def network_picture_url(picture: Any, *, size: int = 192) -> str:
    """The address of a network's picture (`size` is one of accounts.models.PICTURE_SIZES), or ''."""
    return f"/pictures/networks/{picture}/{size}.webp" if picture else ""


class NetworkAddress(models.Model):
    """An address a network once had (renamed, or merged into another): it redirects for ever."""

    slug = models.CharField(max_length=80, unique=True)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="old_addresses")


class Tie(models.Model):
    """How much `source` has to do with `target`: kept by actions, read by the table of its neighbours.

    `replies`: posts spoken from `source` that answer one spoken from `target` (the same network: its
    talk with itself). `members` and `topics` they share stand the same in both directions.
    """

    source = models.ForeignKey(
        Network, on_delete=models.CASCADE, related_name="ties", db_index=False
    )
    target = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    replies = models.PositiveIntegerField(default=0)
    members = models.PositiveIntegerField(default=0)
    topics = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target"], name="tie_once")]
        # The strongest neighbours of a network, first.
        indexes = [
            models.Index(
                F("source"), (F("topics") + F("members")).desc(), F("target"), name="tie_strongest"
            )
        ]


class TaggedNetwork(models.Model):
    network = models.ForeignKey(
        Network, on_delete=models.CASCADE, related_name="tagged", db_index=False
    )
    tag = models.ForeignKey("forums.Tag", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "tag"], name="tag_once_a_network")
        ]


class EventKind(models.TextChoices):
    """What a network's history holds."""

    REGISTERED = "registered", _("registered")
    EDITED = "edited", _("its page was changed")
    CONFIRMED = "confirmed", _("its page was confirmed")
    JOINED = "joined", _("joined")
    LEFT = "left", _("left")
    REMOVED = "removed", _("was removed")
    ROLE = "role", _("got another role")
    ASKED = "asked", _("asked to join")
    DECLINED = "declined", _("was declined")
    INVITED = "invited", _("an invitation was made")
    REVOKED = "revoked", _("an invitation was revoked")
    ORGANISATION_JOINED = "org_joined", _("an organisation joined")
    ORGANISATION_LEFT = "org_left", _("an organisation left")
    LINKED = "linked", _("was linked with another network")
    UNLINKED = "unlinked", _("is no longer linked with another network")
    BOARD = "board", _("a board was opened or changed")
    ACTIVITY = "activity", _("an activity was announced")
    ACTIVITY_CANCELLED = "act_cancelled", _("an activity was cancelled")
    ACTIVITY_REPORTED = "act_reported", _("an activity was reported on")
    TOPIC_JOINED = "topic_joined", _("joined a topic of another network")
    TOPIC_LEFT = "topic_left", _("took a topic off its page")
    VIEW = "view", _("set its view beside a topic")
    ANNOUNCED = "announced", _("was announced to its members")
    UNANNOUNCED = "unannounced", _("an announcement was taken back")
    LEDGER = "ledger", _("its money was opened or closed to readers")
    VERIFIED = "verified", _("was verified")
    UNVERIFIED = "unverified", _("is no longer verified")
    ARCHIVED = "archived", _("was archived")
    REOPENED = "reopened", _("was opened again")
    MERGED = "merged", _("another network was merged into it")
    UNMERGED = "unmerged", _("a merge was undone")
    TAKEN_OVER = "taken_over", _("was taken over")


class Event(models.Model):
    """One line of a network's history: what, by whom, about whom, when. Rows are only ever added."""

    network = models.ForeignKey(
        "forums.Network", on_delete=models.PROTECT, related_name="history", db_index=False
    )
    what = models.CharField(max_length=14, choices=EventKind)
    actor = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "forums.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    other = models.ForeignKey(
        "forums.Network", on_delete=models.PROTECT, null=True, related_name="+"
    )
    topic = models.ForeignKey("forums.Topic", on_delete=models.PROTECT, null=True, related_name="+")
    activity = models.ForeignKey(
        "forums.Activity", on_delete=models.PROTECT, null=True, related_name="+"
    )
    details = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "forums_happening"  # from when it was called so
        indexes = [
            models.Index(fields=["network", "-created_at", "-id"], name="happening_newest"),
            # The public timeline leaves most of the history out.
            models.Index(fields=["network", "what", "-created_at"], name="happening_what"),
        ]
