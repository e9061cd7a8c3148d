"""Cards of words go along with a topic that is merged into another, and back."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0108_names_of_statements_and_polls"),
    ]

    operations = [
        migrations.AddField(
            model_name="meaning",
            name="came_through",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, editable=False
            ),
        ),
    ]
