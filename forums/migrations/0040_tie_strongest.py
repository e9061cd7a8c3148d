from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = [("forums", "0025_activity_pictures")]

    operations = [
        migrations.AddIndex(
            model_name="tie",
            index=models.Index(
                F("source"), (F("topics") + F("members")).desc(), F("target"), name="tie_strongest"
            ),
        ),
    ]
