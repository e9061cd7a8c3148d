"""Topics that wait."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0062_waiting_posts"),
    ]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="held_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="waits"),
        ),
        AddConstraintNotValid(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("held_at", None), ("hidden_at__isnull", False), _connector="OR"
                ),
                name="topic_held_is_hidden",
            ),
        ),
    ]
