"""What moderators show again waits beside what its author wrote since; that she begins no two, her lock holds."""

from django.db import migrations


def without(model, name, columns, condition):
    """A constraint that is an index: dropped while others read and write."""
    index = f"{name} ON forums_{model} ({columns}) WHERE {condition}"
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                f"DROP INDEX CONCURRENTLY IF EXISTS {name}",
                f"CREATE UNIQUE INDEX CONCURRENTLY {index}",
            )
        ],
        state_operations=[migrations.RemoveConstraint(model_name=model, name=name)],
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("forums", "0109_cards_come_along"),
    ]

    operations = [
        without(
            "portrayal",
            "portrayal_waits_once",
            "topic_id, author_id",
            "ended_at IS NULL AND hidden_at IS NULL",
        ),
        without(
            "restatement",
            "restatement_waits_once",
            "post_id, author_id",
            "answered_at IS NULL AND hidden_at IS NULL",
        ),
    ]
