"""Which answer ended a case; indexes by which the queue is filtered. The table is as new as this: nothing is rewritten."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0048_cases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="answer",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["kind", "ranked_at", "id"],
                name="case_waiting_of_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False)),
                fields=["kind", "-ended_at", "-id"],
                name="case_ended_of_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False), ("network__isnull", False)),
                fields=["network", "-ended_at", "-id"],
                name="case_ended_in",
            ),
        ),
    ]
