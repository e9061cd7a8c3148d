"""Invitations into a network."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.groups.networks.models import Network
from forums.notifications.registry import whole_address


def new_token() -> str:
    """128 bits nobody can guess, in letters that survive every messenger."""
    return secrets.token_urlsafe(16)


class Invitation(models.Model):
    """A link into a network: until when, how often; made for anyone, or sent to one address."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=32, unique=True, default=new_token)
    email = models.EmailField(_("e-mail"), blank=True)
    email_forgotten_at = models.DateTimeField(null=True)  # it was sent to one address all the same
    created_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())  # to come, while its letter waits
    expires_at = models.DateTimeField(_("good until"))
    max_uses = models.PositiveSmallIntegerField(_("how many may use it"))
    uses = models.PositiveSmallIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(uses__lte=F("max_uses")), name="invitation_not_overused"
            ),
            models.CheckConstraint(
                condition=Q(email="") | Q(email_forgotten_at=None), name="invitation_forgotten"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="invitation_lasts"
            ),
        ]
        indexes = [
            models.Index(fields=["network", "-created_at"], name="invitation_newest"),
            # Those sent to an address of one's own.
            models.Index(fields=["email"], name="invitation_to", condition=~Q(email="")),
        ]

    @property
    def is_to_one(self) -> bool:
        """Sent to one address, whether or not we still know which; else a link for whoever gets it."""
        return bool(self.email or self.email_forgotten_at)

    @property
    def link(self) -> str:
        """The whole address, which is the key: shown to coordinators, sent to whom it is for, and to nobody else."""
        return whole_address(f"/join/{self.token}/")


class InvitationUse(models.Model):
    invitation = models.ForeignKey(
        Invitation, on_delete=models.CASCADE, related_name="used_by", db_index=False
    )
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitation", "member"], name="invitation_use_once")
        ]
