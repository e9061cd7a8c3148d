"""The index of the emails that are forgotten after two weeks has those about statements, too."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("forums", "0100_portrayals")]

    operations = [
        AddIndexConcurrently(
            model_name="email",
            index=models.Index(
                condition=models.Q(
                    (
                        "kind__in",
                        (
                            "digest",
                            "message",
                            "network-announced",
                            "statement-decided",
                            "statements-waiting",
                            "told",
                        ),
                    )
                ),
                fields=["created_at"],
                name="letter_not_kept",
            ),
        ),
        RemoveIndexConcurrently(model_name="email", name="letter_gone_by"),
    ]
