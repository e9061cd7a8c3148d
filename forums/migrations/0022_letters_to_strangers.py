"""Finding letters to people who are no members, without keeping writers waiting."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("forums", "0021_strangers_forgotten")]

    operations = [
        AddIndexConcurrently(
            "email",
            models.Index(
                fields=["created_at"], name="letter_to_strangers", condition=Q(member=None)
            ),
        ),
    ]
