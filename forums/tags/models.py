"""Tags: the words topics and networks share."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from forums.text.naming import tag_key

MAX_TAGS = 5
TAG_LENGTH = 40
KEY_LENGTH = 80
_NOT_IN_A_PATH = re.compile(r"[^!$'()*+,\-.0-9:;=@A-Z_a-z~\x80-\U0010ffff]+")


class Tag(TagBase):
    """A word several topics share: one of one `key`. The slug is its address, and nothing is known by it."""

    name = models.CharField(_("name"), max_length=TAG_LENGTH, unique=True)
    key = models.CharField(max_length=KEY_LENGTH, unique=True, editable=False)
    slug = models.CharField(_("address"), max_length=KEY_LENGTH, unique=True)
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
            models.CheckConstraint(condition=~Q(key="") & ~Q(slug=""), name="tag_has_a_key"),
        ]
        indexes = [
            # The page of tags, and suggestions while typing: most used first, then in dictionary order.
            models.Index(fields=["-topic_count", "sort_key"], name="tag_most_used"),
            models.Index(fields=["sort_key", "id"], name="tag_by_name"),
        ]

    def slugify(self, tag: str, i: int | None = None) -> str:
        return tag_key(tag) + (f"-{i}" if i else "")

    def get_absolute_url(self) -> str:
        return tag_url(self.slug)


class TaggedTopic(ItemBase):
    content_object = models.ForeignKey("forums.Topic", on_delete=models.CASCADE, db_index=False)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tag_once_a_topic")
        ]
        indexes = [
            # A tag's page, newest topic first.
            models.Index(fields=["tag", "-content_object"], name="tag_topics"),
        ]


@lru_cache(maxsize=4096)  # the same few are named all day
def tag_url(slug: str) -> str:
    """The address of a tag. Letters of every script stand in it as they are, C# does as c%23."""
    return f"/tags/{_NOT_IN_A_PATH.sub(lambda signs: quote(signs[0]), slug)}/"
