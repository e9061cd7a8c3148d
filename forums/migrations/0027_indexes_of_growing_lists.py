"""Indexes for what grew in a straight line: a quiet board's feed, a network's articles, its name looked for."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("forums", "0026_room_for_counters")]

    operations = [
        AddIndexConcurrently(
            model_name="network",
            index=models.Index(
                fields=["id", "name_key"],
                name="network_names",
                condition=Q(("archived_at", None), ("hidden_at", None)),
            ),
        ),
        AddIndexConcurrently(
            model_name="topic",
            index=models.Index(fields=["board", "-created_at", "-id"], name="topic_board_new"),
        ),
        AddIndexConcurrently(
            model_name="topic",
            index=models.Index(
                fields=["board", "-created_at", "-id"],
                name="topic_board_articles",
                condition=Q(("deleted_at", None), ("hidden_at", None), ("kind", "article")),
            ),
        ),
        AddIndexConcurrently(
            model_name="topic",
            index=models.Index(
                fields=["cover"], name="topic_cover", condition=Q(("cover__isnull", False))
            ),
        ),
        AddIndexConcurrently(
            model_name="topic",
            index=models.Index(
                fields=["accepted_post"],
                name="topic_accepted",
                condition=Q(("accepted_post__isnull", False)),
            ),
        ),
    ]
