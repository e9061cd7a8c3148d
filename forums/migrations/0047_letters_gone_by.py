"""The index of the emails that are forgotten after two weeks has those of messages and announcements, too."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("forums", "0046_follow_undo")]

    operations = [
        AddIndexConcurrently(
            model_name="email",
            index=models.Index(
                condition=models.Q(
                    ("kind__in", ("digest", "message", "network-announced", "told"))
                ),
                fields=["created_at"],
                name="letter_gone_by",
            ),
        ),
        RemoveIndexConcurrently(model_name="email", name="letter_passing"),
    ]
