"""A topic remembers of each network in it which posts were found most useful: by id, the first three."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0028_indexes_given_up")]

    operations = [
        migrations.AddField(
            "topicnetwork",
            "most_useful",
            django.contrib.postgres.fields.ArrayField(
                models.BigIntegerField(), db_default=[], default=list, size=None
            ),
        )
    ]
