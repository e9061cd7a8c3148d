"""What is told of differences stands in a row of its own, and moves five people at a time."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0101_letters_of_statements_gone_by")]

    operations = [
        migrations.CreateModel(
            name="PublishedDifference",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="forums.statement",
                    ),
                ),
                ("people", models.JSONField(default=dict)),
                ("course", models.JSONField(default=dict)),
            ],
        ),
    ]
