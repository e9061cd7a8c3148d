"""A fifth of each page of networks is left free: measured at a million posts (docs/performance.md)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("forums", "0116_more_room_beside_posts")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE forums_network SET (fillfactor = 80)",
            "ALTER TABLE forums_network SET (fillfactor = 85)",
        )
    ]
