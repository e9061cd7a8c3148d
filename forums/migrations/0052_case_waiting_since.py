"""Which case has waited longest. The table is as new as this."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0051_public_contacts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["opened_at", "id"],
                name="case_waiting_since",
            ),
        ),
    ]
