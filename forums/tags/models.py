"""Tags: the words topics and networks share."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from forums.text.slugs import slugify

MAX_TAGS = 5
TAG_LENGTH = 40


class Tag(TagBase):
    """A word several topics share. The slug is the name in normal form: one tag, one address."""

    name = models.CharField(_("name"), max_length=TAG_LENGTH, unique=True)
    slug = models.CharField(_("address"), max_length=80, unique=True)
    sort_key = models.TextField(editable=False, db_collation="C")
    topic_count = models.PositiveIntegerField(
        _("topics everyone may read"), default=0, editable=False
    )

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            # Names stand in lists by it, never by the server's collation; whoever writes a name writes it.
            models.CheckConstraint(condition=~Q(sort_key=""), name="tag_has_a_sort_key"),
        ]
        indexes = [
            # The page of tags, and suggestions while typing: most used first, then in dictionary order.
            models.Index(fields=["-topic_count", "sort_key"], name="tag_most_used"),
            models.Index(fields=["sort_key", "id"], name="tag_by_name"),
        ]

    def slugify(self, tag: str, i: int | None = None) -> str:
        return slugify(tag) + (f"-{i}" if i else "")

    def get_absolute_url(self) -> str:
        return f"/tags/{self.slug}/"
