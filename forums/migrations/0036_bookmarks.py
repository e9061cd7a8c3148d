"""What members marked to find it again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0035_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bookmark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("remind_on", models.DateField(null=True)),
                ("by_mail", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forums.post",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["member", "-created_at", "-id"], name="bookmark_list"),
                    models.Index(
                        condition=models.Q(("remind_on__isnull", False)),
                        fields=["remind_on", "member"],
                        name="bookmark_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "post"), name="bookmark_once")
                ],
            },
        ),
    ]
