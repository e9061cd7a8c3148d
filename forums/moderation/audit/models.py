"""One act in the admin."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

PAGE_LENGTH, OBJECT_LENGTH = 90, 200
MOST_FIELDS = 40


class AdminAct(models.Model):
    """Only ever added to (a trigger of the migration 0073_admin_acts says so); but its address is forgotten in time."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    page = models.CharField(_("which page"), max_length=PAGE_LENGTH)
    about = models.CharField(_("about what"), max_length=OBJECT_LENGTH, blank=True)
    fields = ArrayField(
        models.CharField(max_length=60), verbose_name=_("fields that were sent"), default=list
    )
    status = models.PositiveSmallIntegerField(_("answer"))
    address = models.GenericIPAddressField(_("from where"), null=True)

    class Meta:
        verbose_name = _("act in the admin")
        verbose_name_plural = _("acts in the admin")
        indexes = [
            models.Index(fields=["-at", "-id"], name="admin_act_newest"),
            models.Index(fields=["member", "-at"], name="admin_act_of"),
            models.Index(
                fields=["at"],
                name="admin_act_addressed",
                condition=models.Q(address__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.page
