"""Posts that wait, and links of newcomers as plain text."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0061_waiting"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="held_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="waits"),
        ),
        migrations.AddField(
            model_name="post",
            name="unlinked_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        AddConstraintNotValid(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("held_at", None), ("hidden_at__isnull", False), _connector="OR"
                ),
                name="post_held_is_hidden",
            ),
        ),
    ]
