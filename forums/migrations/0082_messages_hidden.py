"""A private message moderators took out of sight."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0081_lines_hidden")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="hidden_at",
            field=models.DateTimeField(null=True),
        ),
    ]
