"""A post a moderator deleted. One busy table a migration: two would wait for one another with who writes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0054_sanctions_and_acts"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="removed_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="deleted by a moderator"
            ),
        ),
    ]
