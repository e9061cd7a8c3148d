from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("forums", "0025_activity_pictures")]

    operations = [
        migrations.AddIndex(
            model_name="tie",
            index=models.Index(
                F("source"), (F("topics") + F("members")).desc(), F("target"), name="tie_strongest"
            ),
        ),
        migrations.AddIndex(
            model_name="network",
            index=models.Index(
                fields=["id"], name="network_hidden", condition=Q(hidden_at__isnull=False)
            ),
        ),
    ]
