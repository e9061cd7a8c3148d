"""The indexes of the search keep four times as many new entries unsorted: `deliver` sorts them in, in larger lots."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations
from django.db.models import F, Func

WORDS = {"fields": ["words"], "name": "search_words"}
PAIRS = {"fields": ["pairs"], "name": "search_pairs"}
HEADS = Func(
    F("words"),
    template="ts_filter(%(expressions)s, '{a,b}')",
    output_field=django.contrib.postgres.search.SearchVectorField(),
)
NAMES = ("search_words", "search_pairs", "search_heads")


def keeping(size):
    return [
        django.contrib.postgres.indexes.GinIndex(gin_pending_list_limit=size, **WORDS),
        django.contrib.postgres.indexes.GinIndex(gin_pending_list_limit=size, **PAIRS),
        django.contrib.postgres.indexes.GinIndex(
            HEADS, gin_pending_list_limit=size, name="search_heads"
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("forums", "0024_closed_versions")]

    # A number in the catalogue changes, the index stays as it is.
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"ALTER INDEX {name} SET (gin_pending_list_limit = 32768)",
                    f"ALTER INDEX {name} SET (gin_pending_list_limit = 8192)",
                )
                for name in NAMES
            ],
            state_operations=[
                operation
                for index in keeping(32768)
                for operation in (
                    migrations.RemoveIndex("searchentry", index.name),
                    migrations.AddIndex("searchentry", index),
                )
            ],
        ),
    ]
