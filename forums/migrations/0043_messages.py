"""Private messages: conversations, who is in them, what was said, what was reported."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_waiting_address"),
        ("forums", "0042_push"),
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
                    ("empty", "Empty the profile"),
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
                    ("close", "Close an old version"),
                    ("open", "Open an old version again"),
                    ("answer", "Answer a report"),
                ],
                max_length=10,
                verbose_name="what",
            ),
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=160, unique=True)),
                ("created_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None), _negated=True),
                        fields=["ended_at"],
                        name="conversation_ended",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[0-9]+(,[0-9]+){1,7}$")),
                        name="conversation_of_two_to_eight",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.TextField(blank=True)),
                ("body_html", models.TextField(blank=True)),
                ("renderer_version", models.PositiveSmallIntegerField()),
                ("submission", models.UUIDField()),
                ("created_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="said",
                        to="forums.conversation",
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MessageChoice",
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
                (
                    "takes",
                    models.CharField(
                        choices=[
                            ("everyone", "From all members"),
                            ("networks", "Only from members of my networks"),
                            ("nobody", "From nobody"),
                        ],
                        max_length=8,
                        verbose_name="I take private messages",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("takes__in", ["everyone", "networks", "nobody"])),
                        name="message_choice_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="why")),
                ("shown", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(verbose_name="reported")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="about whom",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
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
                        verbose_name="who",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="forums.message",
                    ),
                ),
            ],
            options={
                "verbose_name": "report of a private message",
                "verbose_name_plural": "reports of private messages",
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("newest", models.BigIntegerField(default=0)),
                ("unread_from", models.BigIntegerField(null=True)),
                ("reads_after", models.BigIntegerField(default=0)),
                ("muted_at", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="forums.conversation",
                    ),
                ),
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
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["conversation", "id"], name="message_of_conversation"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["writer", "-created_at"], name="message_pace"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=("writer", "submission"), name="message_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_back_at", None), models.Q(("body", ""), _negated=True)),
                    models.Q(("body", ""), ("body_html", ""), ("taken_back_at__isnull", False)),
                    _connector="OR",
                ),
                name="message_taken_back_is_empty",
            ),
        ),
        migrations.AddIndex(
            model_name="messagereport",
            index=models.Index(
                condition=models.Q(("answered_at", None)),
                fields=["created_at"],
                name="message_report_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="messagereport",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", False)),
                fields=["answered_at"],
                name="message_report_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="messagereport",
            constraint=models.UniqueConstraint(
                fields=("member", "message"), name="message_report_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="messagereport",
            constraint=models.CheckConstraint(
                condition=models.Q(("member", models.F("about")), _negated=True),
                name="message_report_of_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="messagereport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="message_report_answered_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(fields=["member", "-newest"], name="participant_list"),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(
                condition=models.Q(("muted_at", None), ("unread_from__isnull", False)),
                fields=["member"],
                name="participant_unread",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                fields=("conversation", "member"), name="participant_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_at", None), ("unread_from", None), _connector="OR"),
                name="participant_who_left_reads",
            ),
        ),
    ]
