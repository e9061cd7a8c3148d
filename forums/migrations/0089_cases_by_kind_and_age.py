"""Of each kind of case the one that has waited longest is found at once."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("forums", "0088_sweeps_and_the_lists")]

    operations = [
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(
                fields=["kind", "opened_at"],
                name="case_waiting_kind_since",
                condition=models.Q(ended_at=None),
            ),
        ),
    ]
