"""A file taken into a ledger says how it was read, and waits until its columns are named."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0014_names_as_written")]

    operations = [
        migrations.AddField("lineimport", "reading", models.JSONField(default=dict)),
        migrations.AddField("lineimport", "table", models.JSONField(null=True)),
    ]
