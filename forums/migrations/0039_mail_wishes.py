"""How often a digest goes to a member, and whether she wants any emails."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0038_notifications"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MailWish",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="mail_wish",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        choices=[
                            ("weekly", "Every Monday evening"),
                            ("daily", "Every evening"),
                            ("never", "Never"),
                        ],
                        default="weekly",
                        max_length=8,
                        verbose_name="digest",
                    ),
                ),
                ("stopped_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__in", ["weekly", "daily", "never"])),
                        name="mail_wish_has_rhythm",
                    )
                ],
            },
        ),
    ]
