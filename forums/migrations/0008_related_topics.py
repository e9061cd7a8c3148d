"""Topics near each topic, and the index of titles and tags that finds them.

`manage.py reindex` looks for those of the topics that were there before.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0006_search_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="related",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="related_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("words"),
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                    template="ts_filter(%(expressions)s, '{a,b}')",
                ),
                gin_pending_list_limit=256,
                name="search_heads",
            ),
        ),
    ]
