"""What one network says in a topic, found by an index; built beside traffic, because posts are many."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("forums", "0004_network_promises")]

    operations = [
        AddIndexConcurrently(
            model_name="post",
            index=models.Index(
                condition=models.Q(("network__isnull", False)),
                fields=["topic", "network", "number", "reply_number"],
                name="post_voice",
            ),
        ),
        AddIndexConcurrently(
            model_name="post",
            index=models.Index(
                condition=models.Q(
                    ("deleted_at", None),
                    ("hidden_at", None),
                    ("network__isnull", False),
                    ("number__gt", 0),
                ),
                fields=["topic", "network", "-useful_count", "id"],
                name="post_voice_useful",
            ),
        ),
    ]
