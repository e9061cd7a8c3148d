"""That an invitation was sent to one address, though it is forgotten which."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("forums", "0019_lost_devices")]

    operations = [
        migrations.AddField("invitation", "email_forgotten_at", models.DateTimeField(null=True)),
        AddConstraintNotValid(
            "invitation",
            models.CheckConstraint(
                condition=Q(email="") | Q(email_forgotten_at=None), name="invitation_forgotten"
            ),
        ),
    ]
