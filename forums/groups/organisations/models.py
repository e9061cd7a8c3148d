"""Organisations, who represents them, and which networks they are in."""

from __future__ import annotations

from urllib.parse import quote

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.provinces import PROVINCES
from forums.groups.networks.models import Network, Sector

NAME_LENGTH = 120
ABOUT_LENGTH = 600
WEBSITE_LENGTH = 300
TITLE_LENGTH = 80  # of who represents it
NOTE_LENGTH = 120  # of a network about it


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

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(slug="") & ~Q(name_key=""),
                name="organisation_has_a_name",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return organisation_url(self.slug)


def organisation_url(slug: str) -> str:
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
