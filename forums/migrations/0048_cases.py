"""What waits for moderators, house rules, and what a decision rests on."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# Safe: decisions are thousands, not millions, and the new column is NULL in all of them.


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0047_letters_gone_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="until"),
        ),
        migrations.AlterField(
            model_name="decision",
            name="moderator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who",
            ),
        ),
        migrations.CreateModel(
            name="HouseRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(unique=True, verbose_name="number")),
                ("title", models.CharField(max_length=120, verbose_name="in short")),
                ("text", models.CharField(max_length=1000, verbose_name="in full")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="since"
                    ),
                ),
                (
                    "retired_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="no longer"),
                ),
            ],
            options={
                "verbose_name": "house rule",
                "verbose_name_plural": "house rules",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__gt", 0), models.Q(("title", ""), _negated=True)
                        ),
                        name="house_rule_has_a_name",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="rule",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.houserule",
                verbose_name="house rule",
            ),
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12, verbose_name="what waits")),
                ("subject", models.CharField(max_length=12, verbose_name="about what")),
                ("key", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("taken", "in work"),
                            ("decided", "decided"),
                            ("refused", "refused"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("weight", models.FloatField(default=0, verbose_name="weight")),
                ("at_once", models.BooleanField(default=False, verbose_name="at once")),
                ("opened_at", models.DateTimeField(verbose_name="since")),
                ("ranked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True, verbose_name="until")),
                ("taken_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="about whom",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="forums.decision",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.network",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who looks at it",
                    ),
                ),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["ranked_at", "id"],
                        name="case_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at", None), ("network__isnull", False)),
                        fields=["network", "ranked_at", "id"],
                        name="case_waiting_in",
                    ),
                    models.Index(fields=["subject", "key", "-id"], name="case_of"),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False)),
                        fields=["-ended_at", "-id"],
                        name="case_ended",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("kind", "subject", "key"),
                        name="case_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "taken"),
                                ("taken_at__isnull", False),
                                ("taken_by__isnull", False),
                            ),
                            models.Q(("state", "taken"), _negated=True),
                            _connector="OR",
                        ),
                        name="case_taken_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state__in", ("open", "taken"))),
                            models.Q(
                                models.Q(("state__in", ("open", "taken")), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="case_ended_once",
                    ),
                ],
            },
        ),
    ]
