"""Versions of what pages show, and the pages that are kept."""

from enum import IntEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models

BUCKETS = 256  # of topics: each moves with one in so many


class PageScope(IntEnum):
    """What a write moves: all pages, or those that list things; from `TOPICS` on a bucket of topics each."""

    SITE = 0
    LISTS = 1
    TOPICS = 2


def of_topic(topic: int) -> int:
    """The scope of one topic."""
    return PageScope.TOPICS + topic % BUCKETS


class PageVersion(models.Model):
    """How often a scope was moved, in shards, so that no two transactions wait for each other; it only grows."""

    pk = models.CompositePrimaryKey("scope", "shard")
    scope = models.SmallIntegerField()
    shard = models.SmallIntegerField()
    n = models.BigIntegerField()


class KeptPage(models.Model):
    """A page, compressed, as it was when its `scopes` had moved `version` times in all. The table is UNLOGGED."""

    key = models.UUIDField(primary_key=True)
    scopes = ArrayField(models.SmallIntegerField())
    version = models.BigIntegerField()
    until = models.DateTimeField()
    made_at = models.DateTimeField()
    etag = models.CharField(max_length=24)
    headers = models.JSONField()
    body = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="kept_page_made")]
