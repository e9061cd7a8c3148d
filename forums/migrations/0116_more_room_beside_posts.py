"""A fifth of each page of posts is left free: measured at a million posts (docs/performance.md)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("forums", "0115_activities_by_start_with_end")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE forums_post SET (fillfactor = 80)",
            "ALTER TABLE forums_post SET (fillfactor = 85)",
        )
    ]
