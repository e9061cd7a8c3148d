"""What stands in topics goes along when everything of a spammer is taken."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0106_closing_polls_early"),
    ]

    operations = [
        migrations.AddField(
            model_name="sweep",
            name="parts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list
            ),
        ),
    ]
