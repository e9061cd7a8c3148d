"""A member's standpoint remembers whether she spoke for the network, or as one of its members."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0015_import_columns")]

    operations = [
        migrations.AddField(
            "standpoint", "in_name", models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddConstraint(
            "standpoint",
            models.CheckConstraint(
                condition=models.Q(("in_name", False), ("network__isnull", False), _connector="OR"),
                name="standpoint_in_a_name",
            ),
        ),
    ]
