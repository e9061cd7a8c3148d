"""Indexes no page reads, or that another begins like: each reply wrote an entry into every one of a topic's."""

from django.conf import settings
from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models.deletion import PROTECT, SET_NULL


def without_index(column, name, **field):
    """A foreign key of topics without the index Django makes for it, which had this name."""
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                f"DROP INDEX CONCURRENTLY IF EXISTS {name}",
                f"CREATE INDEX CONCURRENTLY {name} ON forums_topic ({column}_id)",
            )
        ],
        state_operations=[
            migrations.AlterField("topic", column, models.ForeignKey(db_index=False, **field))
        ],
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("forums", "0027_indexes_of_growing_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        RemoveIndexConcurrently("post", "post_renderer"),
        RemoveIndexConcurrently("topic", "topic_kind"),
        without_index(
            "board",
            "forums_topic_board_id_19147065",
            on_delete=PROTECT,
            related_name="topics",
            to="forums.board",
            verbose_name="board",
        ),
        without_index(
            "last_author",
            "forums_topic_last_author_id_2e65eab8",
            editable=False,
            on_delete=PROTECT,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
        without_index(
            "cover",
            "forums_topic_cover_id_d6a86669",
            blank=True,
            null=True,
            on_delete=SET_NULL,
            related_name="+",
            to="forums.attachment",
            verbose_name="cover picture",
        ),
        without_index(
            "accepted_post",
            "forums_topic_accepted_post_id_03fc2cbd",
            blank=True,
            null=True,
            on_delete=SET_NULL,
            related_name="+",
            to="forums.post",
            verbose_name="accepted answer",
        ),
    ]
