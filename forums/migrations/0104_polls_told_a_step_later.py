"""A secret poll tells what five said when five more have answered."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0103_what_is_asked_next_by_told_votes")]

    operations = [
        migrations.AddField(
            model_name="poll",
            name="ready_tally",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="poll",
            name="ready_voters",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
