"""Finding whose picture lies at an address, without keeping writers waiting."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0008_pending_filled")]

    operations = [
        AddIndexConcurrently(
            "member",
            models.Index(
                fields=["picture"],
                name="member_picture",
                condition=Q(picture__isnull=False),
            ),
        ),
    ]
