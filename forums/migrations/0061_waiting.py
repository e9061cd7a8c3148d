"""Texts that wait for a moderator, and why; links of newcomers as plain text."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0060_leaving"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldText",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="held",
                        serialize=False,
                        to="forums.post",
                    ),
                ),
                (
                    "why",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12)
                    ),
                ),
                (
                    "met",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), blank=True, default=list
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "text that waits",
                "verbose_name_plural": "texts that wait",
            },
        ),
        migrations.CreateModel(
            name="NewcomersHost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("host", models.CharField(max_length=253)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="heldtext",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", []), _negated=True), name="held_has_a_reason"
            ),
        ),
        migrations.AddField(
            model_name="newcomershost",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="newcomershost",
            index=models.Index(fields=["at"], name="newcomers_host_old"),
        ),
        migrations.AddConstraint(
            model_name="newcomershost",
            constraint=models.UniqueConstraint(
                fields=("host", "member"), name="newcomers_host_once"
            ),
        ),
    ]
