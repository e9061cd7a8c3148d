"""Replies of those who are named in topics; a topic says on its own row whether it has one."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0069_clarified"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Clarification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "named",
                    models.CharField(
                        choices=[
                            ("person", "I am the one named, or can be recognised"),
                            (
                                "group",
                                "I speak for a network, an organisation or a family that is named",
                            ),
                        ],
                        max_length=6,
                        verbose_name="as what",
                    ),
                ),
                ("how", models.CharField(max_length=1000, verbose_name="how she is meant")),
                ("body", models.TextField(max_length=3000, verbose_name="text")),
                ("body_html", models.TextField(editable=False)),
                ("renderer_version", models.PositiveSmallIntegerField(editable=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="since"
                    ),
                ),
                ("pinned_at", models.DateTimeField(blank=True, null=True, verbose_name="pinned")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="why not")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who asks",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "reply of one who is named",
                "verbose_name_plural": "replies of those who are named",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("topic", "member"),
                        name="clarification_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pinned_at", None), ("ended_at", None), _connector="OR"
                        ),
                        name="clarification_one_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body", ""), _negated=True),
                            models.Q(("how", ""), _negated=True),
                        ),
                        name="clarification_says_something",
                    ),
                ],
            },
        ),
    ]
