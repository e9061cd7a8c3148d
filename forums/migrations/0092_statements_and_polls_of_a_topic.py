"""How many statements and polls a topic has, known with the topic."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0091_published_results")]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="poll_count",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="topic",
            name="statement_count",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
    ]
