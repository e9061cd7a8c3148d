"""What was published last of each round of votes."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0090_statements")]

    operations = [
        migrations.CreateModel(
            name="PublishedResults",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="published",
                        serialize=False,
                        to="forums.round",
                    ),
                ),
                ("figures", models.JSONField()),
                ("course", models.JSONField(default=dict)),
                ("votes", models.PositiveIntegerField(default=0)),
                (
                    "computed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
    ]
