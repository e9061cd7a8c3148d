"""A way back for who lost the device of her second step."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0018_words_of_organisations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="act",
            field=models.CharField(
                choices=[
                    ("hide", "Hide"),
                    ("unhide", "Unhide"),
                    ("lock", "Lock"),
                    ("unlock", "Unlock"),
                    ("pin", "Pin"),
                    ("unpin", "Unpin"),
                    ("move", "Move"),
                    ("suspend", "Suspend"),
                    ("restore", "Restore"),
                    ("trust", "Change trust level"),
                    ("appoint", "Make a moderator"),
                    ("dismiss", "No longer a moderator"),
                    ("check", "Confirm who she is"),
                    ("deny", "Not confirm who she is"),
                    ("register", "Register"),
                    ("verify", "Verify"),
                    ("unverify", "No longer verified"),
                    ("feature", "Feature"),
                    ("unfeature", "No longer featured"),
                    ("archive", "Archive"),
                    ("reopen", "Open again"),
                    ("merge", "Merge"),
                    ("hand_over", "Hand over"),
                    ("refuse", "Refuse"),
                    ("rename", "Rename"),
                    ("unmerge", "Undo the merge"),
                ],
                max_length=10,
                verbose_name="what",
            ),
        ),
        migrations.CreateModel(
            name="LostDevice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    models.CharField(blank=True, max_length=500, verbose_name="how we know her"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="asked",
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "The second step was taken off"),
                            ("stopped", "Stopped by the member"),
                            ("denied", "Not confirmed by a moderator"),
                            ("lapsed", "Came to nothing in time"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "first_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lost device",
                "verbose_name_plural": "lost devices",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["created_at", "id"],
                        name="lost_device_open",
                    ),
                    models.Index(fields=["member", "-created_at"], name="lost_device_of_member"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("member",),
                        name="lost_device_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_at", None), ("second_by", None)),
                            models.Q(
                                ("due_at__isnull", False),
                                ("first_by__isnull", False),
                                ("second_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="lost_device_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_by", None),
                            models.Q(("second_by", models.F("first_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="lost_device_two_moderators",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("first_by", None),
                                models.Q(("first_by", models.F("member")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("second_by", None),
                                models.Q(("second_by", models.F("member")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="lost_device_not_by_herself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ending", "")),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("ending", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="lost_device_ending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ending", "done"), _negated=True),
                            models.Q(
                                ("due_at__isnull", False), ("due_at__lte", models.F("ended_at"))
                            ),
                            _connector="OR",
                        ),
                        name="lost_device_not_before_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at", None), ("words", ""), _connector="OR"),
                        name="lost_device_words_forgotten",
                    ),
                ],
            },
        ),
    ]
