"""Three models get the names a newcomer would guess; their tables keep the old ones."""

import django.db.models.deletion
from django.db import migrations, models

RENAMED = [
    ("Happening", "Event", "forums_happening"),
    ("Letter", "Email", "forums_letter"),
    ("Plea", "StaffRequest", "forums_plea"),
]


class Migration(migrations.Migration):
    dependencies = [("forums", "0011_larger_lots")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                operation
                for old, new, table in RENAMED
                for operation in (
                    migrations.AlterModelTable(old, table),
                    migrations.RenameModel(old, new),
                )
            ]
            + [
                migrations.AlterField(
                    "staffrequest",
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_requests",
                        to="forums.network",
                    ),
                )
            ]
        )
    ]
