"""A line of a ledger moderators took out of sight."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0080_pictures_hidden")]

    operations = [
        migrations.AddField(
            model_name="line",
            name="hidden_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
