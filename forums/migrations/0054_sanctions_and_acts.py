"""Sanctions; what can be decided about a topic beside hiding and closing it; where split posts stood."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0053_traffic_log"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PartedPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("reply_number", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Regrouping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("base", models.PositiveIntegerField(null=True)),
                ("last", models.PositiveIntegerField(null=True)),
                ("was_unlisted_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Sanction",
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
                            ("warning", "warning"),
                            ("silence", "may only read"),
                            ("suspension", "suspended"),
                            ("ban", "banned"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="since"
                    ),
                ),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
            ],
            options={
                "verbose_name": "sanction",
                "verbose_name_plural": "sanctions",
            },
        ),
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
                    ("delete", "Delete"),
                    ("undelete", "Bring back"),
                    ("split", "Split off"),
                    ("unsplit", "Undo the split"),
                    ("join", "Merge topics"),
                    ("unjoin", "Undo the merging of topics"),
                    ("slow", "Slow down"),
                    ("unslow", "No longer slow"),
                    ("close_at", "Close at a time"),
                    ("keep_open", "Not close by itself"),
                    ("unlist", "Take off all lists"),
                    ("relist", "Put on the lists again"),
                    ("warn", "Warn"),
                    ("unwarn", "Take back the warning"),
                    ("silence", "Silence"),
                    ("unsilence", "Let write again"),
                    ("ban", "Ban"),
                    ("answer", "Answer a report"),
                ],
                max_length=10,
                verbose_name="what",
            ),
        ),
        migrations.AddField(
            model_name="partedpost",
            name="parent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.post",
            ),
        ),
        migrations.AddField(
            model_name="partedpost",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="parted", to="forums.post"
            ),
        ),
        # Posts before topics: who writes locks a topic's row, adds a post, then changes the topic.
        migrations.AddField(
            model_name="partedpost",
            name="topic",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parted",
                to="forums.topic",
            ),
        ),
        migrations.AddField(
            model_name="regrouping",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="regrouping",
                to="forums.decision",
            ),
        ),
        migrations.AddField(
            model_name="regrouping",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="regrouped",
                to="forums.topic",
            ),
        ),
        migrations.AddField(
            model_name="regrouping",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="regroupings",
                to="forums.topic",
            ),
        ),
        migrations.AddField(
            model_name="sanction",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sanction",
                to="forums.decision",
            ),
        ),
        migrations.AddField(
            model_name="sanction",
            name="ended_by",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sanction_ended",
                to="forums.decision",
            ),
        ),
        migrations.AddField(
            model_name="sanction",
            name="member",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sanctions",
                to=settings.AUTH_USER_MODEL,
                verbose_name="member",
            ),
        ),
        migrations.AddConstraint(
            model_name="partedpost",
            constraint=models.UniqueConstraint(
                fields=("topic", "number", "reply_number"), name="parted_place_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="regrouping",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", models.F("target")), _negated=True),
                name="regrouping_of_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="regrouping",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("base", None), ("last", None)),
                    models.Q(("base__isnull", False), ("last__isnull", False)),
                    _connector="OR",
                ),
                name="regrouping_has_a_range",
            ),
        ),
        migrations.AddIndex(
            model_name="sanction",
            index=models.Index(fields=["member", "-id"], name="sanction_of"),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("ended_at", None), models.Q(("kind", "warning"), _negated=True)
                ),
                fields=("member", "kind"),
                name="sanction_one_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "suspension"),
                    models.Q(("kind", "ban"), ("until", None)),
                    models.Q(("kind__in", ("warning", "silence")), ("until__isnull", False)),
                    _connector="OR",
                ),
                name="sanction_ends_or_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_by", None), ("ended_at__isnull", False), _connector="OR"
                ),
                name="sanction_ended",
            ),
        ),
    ]
