"""What members have begun to write, kept for all their devices."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0034_follow_defaults"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=330)),
                ("fields", models.JSONField(default=dict)),
                ("beginning", models.CharField(blank=True, max_length=200)),
                ("device", models.CharField(blank=True, max_length=60)),
                ("version", models.PositiveIntegerField(default=1)),
                ("writer", models.CharField(blank=True, max_length=32)),
                ("nth", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField()),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("gone_at", None)),
                        fields=["member", "place"],
                        name="draft_place",
                    ),
                    models.Index(
                        condition=models.Q(("gone_at__isnull", False)),
                        fields=["gone_at"],
                        name="draft_gone",
                    ),
                ],
            },
        ),
    ]
