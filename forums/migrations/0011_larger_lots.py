"""New entries of the search index are sorted in by `deliver --forever`; who writes does it only in a rush.

Said to the indexes as they stand: making them anew, as Django would, takes minutes.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations
from django.db.models import F, Func

INDEXES = ("search_words", "search_pairs", "search_heads")

HEADS = Func(
    F("words"), template="ts_filter(%(expressions)s, '{a,b}')", output_field=SearchVectorField()
)


def _told(kilobytes: int) -> str:
    return "".join(
        f"ALTER INDEX {name} SET (gin_pending_list_limit = {kilobytes});" for name in INDEXES
    )


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0010_sort_keys"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(_told(8192), _told(2048))],
            state_operations=[
                *(migrations.RemoveIndex("searchentry", name) for name in INDEXES),
                *(
                    migrations.AddIndex("searchentry", index)
                    for index in (
                        GinIndex(
                            fields=["words"], name="search_words", gin_pending_list_limit=8192
                        ),
                        GinIndex(
                            fields=["pairs"], name="search_pairs", gin_pending_list_limit=8192
                        ),
                        GinIndex(HEADS, name="search_heads", gin_pending_list_limit=8192),
                    )
                ),
            ],
        ),
    ]
