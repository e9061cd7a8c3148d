"""Lists of what is watched for; from which part of the net new accounts came."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_gone"),
        ("forums", "0075_sweeps"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NewAccount",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("net", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("is_held", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [models.Index(fields=["net", "at"], name="new_account_net")],
            },
        ),
        migrations.CreateModel(
            name="WatchedEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("word", "word or phrase"),
                            ("host", "website (host)"),
                            ("mail", "domain of e-mail addresses"),
                            ("net", "part of the net (CIDR)"),
                        ],
                        max_length=4,
                        verbose_name="what",
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="which")),
                (
                    "follows",
                    models.CharField(
                        choices=[
                            ("hold", "wait for a moderator"),
                            ("refuse", "refuse"),
                            ("mask", "put dots in its place"),
                            ("report", "tell the moderators"),
                            ("let", "let sign up without limit"),
                        ],
                        max_length=6,
                        verbose_name="then",
                    ),
                ),
                (
                    "anywhere",
                    models.BooleanField(default=False, verbose_name="also inside other words"),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="note for moderators"
                    ),
                ),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("retired_at", models.DateTimeField(null=True, verbose_name="no longer")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the lists",
                "verbose_name_plural": "entries of the lists",
                "indexes": [
                    models.Index(
                        condition=models.Q(("retired_at", None)),
                        fields=["-id"],
                        name="watched_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)),
                        fields=("kind", "text"),
                        name="watched_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="watched_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("follows", "mask"), _negated=True),
                            ("kind", "word"),
                            _connector="OR",
                        ),
                        name="watched_words_are_masked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("follows", "let"), _negated=True),
                            ("kind", "net"),
                            _connector="OR",
                        ),
                        name="watched_nets_are_let",
                    ),
                ],
            },
        ),
    ]
