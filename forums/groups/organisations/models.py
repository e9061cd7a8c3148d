"""Organisations, who represents them, and which networks they are in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.provinces import PROVINCES
from forums.base.visibility import EVERYTHING, is_signed_in, rule, sees_all
from forums.groups.networks.models import Network, Sector

NAME_LENGTH = 120
ABOUT_LENGTH = 600
WEBSITE_LENGTH = 300
TITLE_LENGTH = 80  # of who represents it
NOTE_LENGTH = 120  # of a network about it

ORGANISATION_SHOWN = rule(
    "forums.Organisation",
    "named beside what others say and hold",
    lambda _member: Q(hidden_at=None),
    sql="g.hidden_at IS NULL",
    tables="forums_organisation g",
)


def _visible(member: Any) -> Q:
    if sees_all(member):
        return EVERYTHING
    if not is_signed_in(member):
        return ORGANISATION_SHOWN.q()
    hers = Representative.objects.filter(member=member, confirmed_at__isnull=False)
    return ORGANISATION_SHOWN.q() | Q(pk__in=hers.values("organisation"))


ORGANISATION_VISIBLE = rule("forums.Organisation", "whose page she may open", _visible)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, member: Any) -> OrganisationQuerySet:
        """Those `member` (None or anonymous: a visitor) may know of: all but hidden ones.

        Whoever represents a hidden one still sees it, and may mend what it was hidden for.
        """
        return self.filter(ORGANISATION_VISIBLE.q(member))

    def shown(self) -> OrganisationQuerySet:
        """Those that are named beside networks and members: a hidden one is not, for anyone."""
        return self.filter(ORGANISATION_SHOWN.q())

    def listed(self) -> OrganisationQuerySet:
        """What stands in the directory, in the search and in choices: nothing hidden or merged."""
        return self.shown().filter(merged_into=None)


class Organisation(models.Model):
    slug = models.CharField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_key = models.TextField(unique=True, editable=False, db_collation="C")
    sort_key = models.TextField(editable=False, db_collation="C", db_index=True)
    about = models.CharField(_("what it does"), max_length=ABOUT_LENGTH, blank=True)
    sector = models.CharField(_("sector"), max_length=10, choices=Sector)
    province = models.CharField(_("province"), max_length=2, blank=True, choices=PROVINCES)
    website = models.URLField(_("website"), max_length=WEBSITE_LENGTH, blank=True)
    created_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    search_words = SearchVectorField(null=True, editable=False)
    hidden_at = models.DateTimeField(_("hidden"), null=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged_from", editable=False
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [GinIndex(fields=["search_words"], name="organisation_words")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(slug="") & ~Q(name_key=""),
                name="organisation_has_a_name",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="organisation_merged_into_another"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return organisation_url(self.slug)

    @property
    def is_open(self) -> bool:
        """May networks and members name it anew: not hidden, not merged into another?"""
        return self.hidden_at is None and self.merged_into_id is None


@lru_cache(maxsize=4096)  # Thai letters are quoted byte by byte
def organisation_url(slug: str) -> str:
    """The address of an organisation."""
    return f"/o/{quote(slug)}/"


class Representative(models.Model):
    """A member who says she speaks for an organisation; believed once `confirmed_at` is set.

    A coordinator of the organisation looks after its page and answers for it.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="representatives", db_index=False
    )
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, related_name="represents"
    )
    title = models.CharField(_("as what"), max_length=TITLE_LENGTH, blank=True)
    is_coordinator = models.BooleanField(default=False)
    asked_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "member"], name="representative_once"),
            models.CheckConstraint(
                condition=Q(is_coordinator=False) | Q(confirmed_at__isnull=False),
                name="representative_coordinator_is_confirmed",
            ),
        ]


class NetworkOrganisationQuerySet(models.QuerySet["NetworkOrganisation"]):
    def confirmed(self) -> NetworkOrganisationQuerySet:
        """Those whose two sides have said so."""
        return self.filter(by_network_at__isnull=False, by_organisation_at__isnull=False)

    def counted(self) -> NetworkOrganisationQuerySet:
        """Those a network counts (`Network.organisation_count`): of them no hidden one."""
        return self.confirmed().filter(ORGANISATION_SHOWN.q(path="organisation__"))


class NetworkOrganisation(models.Model):
    """An organisation in a network: a member once both sides have confirmed."""

    network = models.ForeignKey(
        Network, on_delete=models.CASCADE, related_name="organisations", db_index=False
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="networks"
    )
    note = models.CharField(_("in a few words"), max_length=NOTE_LENGTH, blank=True)
    asked_at = models.DateTimeField(db_default=Now())
    by_network_at = models.DateTimeField(null=True)
    by_network = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_organisation_at = models.DateTimeField(null=True)
    by_organisation = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = NetworkOrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organisation"], name="network_organisation_once"
            ),
            models.CheckConstraint(
                condition=Q(by_network_at__isnull=False) | Q(by_organisation_at__isnull=False),
                name="network_organisation_asked_by_one",
            ),
        ]

    @property
    def is_confirmed(self) -> bool:
        return self.by_network_at is not None and self.by_organisation_at is not None
