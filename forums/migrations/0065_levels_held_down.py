"""Levels that a moderator holds down."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_bounces"),
        ("forums", "0064_waiting_is_hidden"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldDown",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="held_down",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "level that is held down",
                "verbose_name_plural": "levels that are held down",
            },
        ),
    ]
