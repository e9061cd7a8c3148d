"""Guesses of what other networks think, without who guessed; and how well networks know each other."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0097_differences_and_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Acquaintance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("guesses", models.PositiveIntegerField()),
                ("off", models.PositiveSmallIntegerField()),
                ("months", models.JSONField(default=list)),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forums.network",
                    ),
                ),
                (
                    "viewer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forums.network",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("viewer", "target"), name="acquaintance_once"),
                    models.CheckConstraint(
                        condition=models.Q(("guesses__gte", 5)),
                        name="acquaintance_of_enough_guesses",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("off__lte", 100)), name="acquaintance_of_hundred"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuessProgress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("done", models.PositiveSmallIntegerField(default=0)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forums.round",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "member"), name="guess_progress_once"),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", 3)), name="guess_progress_to_the_end"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NetworkGuess",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("guess", models.PositiveSmallIntegerField()),
                ("told", models.PositiveSmallIntegerField()),
                ("month", models.DateField()),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forums.round",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forums.statement",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forums.network",
                    ),
                ),
                (
                    "viewer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forums.network",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("guess__lte", 10)), name="guess_of_ten"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("told__lte", 100)), name="guess_told_of_hundred"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("viewer", models.F("target")), _negated=True),
                        name="guess_about_another_network",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="guess_in_a_month"
                    ),
                ],
            },
        ),
    ]
