"""The index of every post; `manage.py reindex` fills it for posts that were there before."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0005_voice_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="entry",
                        serialize=False,
                        to="forums.post",
                        verbose_name="post",
                    ),
                ),
                ("text", models.TextField()),
                ("names", models.TextField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("pairs", django.contrib.postgres.search.SearchVectorField()),
                ("version", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["words"], gin_pending_list_limit=2048, name="search_words"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["pairs"], gin_pending_list_limit=2048, name="search_pairs"
                    ),
                    models.Index(fields=["version", "post"], name="search_version"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.TextField(db_collation="C", primary_key=True, serialize=False)),
                ("documents", models.PositiveIntegerField()),
                ("skeleton", models.TextField(db_collation="C")),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "search word",
                "verbose_name_plural": "search words",
                "indexes": [
                    models.Index(
                        condition=models.Q(("skeleton", ""), _negated=True),
                        fields=["skeleton", "-documents"],
                        name="search_skeleton",
                    )
                ],
            },
        ),
        # Both vectors of every match are read: kept as they are, they need not be unpacked.
        migrations.RunSQL(
            "ALTER TABLE forums_searchentry ALTER COLUMN words SET STORAGE EXTERNAL, "
            "ALTER COLUMN pairs SET STORAGE EXTERNAL",
            migrations.RunSQL.noop,
        ),
    ]
