"""The totals of the years are added up from an index of what is shown."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("forums", "0082_messages_hidden")]

    operations = [
        AddIndexConcurrently(
            model_name="line",
            index=models.Index(
                condition=models.Q(("deleted_at", None), ("hidden_at", None)),
                fields=["network", "date"],
                include=("flow", "amount"),
                name="ledger_years_shown",
            ),
        ),
        RemoveIndexConcurrently(model_name="line", name="ledger_years"),
    ]
