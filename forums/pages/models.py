"""Pages and the community's links elsewhere."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.base.visibility import rule, sees_all

TITLE_LENGTH = 80
NAME_LENGTH = 40


def _visible(member: Any) -> Q:
    return Q() if sees_all(member) else Q(staff_only=False)


PAGE_VISIBLE = rule("forums.Page", "visible", _visible)


class PageQuerySet(models.QuerySet["Page"]):
    def visible_to(self, member: Any) -> PageQuerySet:
        """All but what only those read who look after the house."""
        return self.filter(PAGE_VISIBLE.q(member))


class Page(models.Model):
    slug = models.SlugField(_("address"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    body = models.TextField(_("text"), help_text=_("Markdown"))
    body_html = models.TextField(editable=False)
    renderer_version = models.PositiveSmallIntegerField(editable=False)
    position = models.PositiveSmallIntegerField(_("order in the footer"), default=100)
    in_footer = models.BooleanField(_("linked from the footer"), default=True)
    staff_only = models.BooleanField(
        _("only for moderators"),
        default=False,
        db_default=False,
        help_text=_("Nobody else can open it, and no footer links it."),
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "id"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="page_has_a_title")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/pages/{self.slug}/"


class CommunityLink(models.Model):
    """Where the community also is: Facebook, YouTube."""

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    url = models.URLField(_("address"), max_length=300)
    position = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("community link")
        verbose_name_plural = _("community links")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
