"""Finding those who have proven no address, without keeping writers waiting."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0006_pending_since")]

    operations = [
        AddIndexConcurrently(
            "member",
            models.Index(
                fields=["pending_since"],
                name="member_pending",
                condition=Q(pending_since__isnull=False),
            ),
        ),
    ]
