"""Organisations can be hidden, merged and found by their words; what a merge moved is remembered."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0016_for_the_network"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True)),
                ("told_after", models.BigIntegerField(default=0)),
                ("told_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MovedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=60)),
                ("row", models.BigIntegerField()),
                ("was", models.JSONField()),
                ("put", models.JSONField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_has_one_target",
        ),
        migrations.AddField(
            model_name="decision",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="forums.organisation",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="hidden_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="hidden"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_from",
                to="forums.organisation",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="search_words",
            field=django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
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
                    ("appoint", "Make a moderator"),
                    ("dismiss", "No longer a moderator"),
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
        migrations.AlterField(
            model_name="event",
            name="what",
            field=models.CharField(
                choices=[
                    ("registered", "registered"),
                    ("edited", "its page was changed"),
                    ("confirmed", "its page was confirmed"),
                    ("joined", "joined"),
                    ("left", "left"),
                    ("removed", "was removed"),
                    ("role", "got another role"),
                    ("asked", "asked to join"),
                    ("declined", "was declined"),
                    ("invited", "an invitation was made"),
                    ("revoked", "an invitation was revoked"),
                    ("org_joined", "an organisation joined"),
                    ("org_left", "an organisation left"),
                    ("linked", "was linked with another network"),
                    ("unlinked", "is no longer linked with another network"),
                    ("board", "a board was opened or changed"),
                    ("activity", "an activity was announced"),
                    ("act_cancelled", "an activity was cancelled"),
                    ("act_reported", "an activity was reported on"),
                    ("topic_joined", "joined a topic of another network"),
                    ("topic_left", "took a topic off its page"),
                    ("view", "set its view beside a topic"),
                    ("ledger", "its money was opened or closed to readers"),
                    ("verified", "was verified"),
                    ("unverified", "is no longer verified"),
                    ("archived", "was archived"),
                    ("reopened", "was opened again"),
                    ("merged", "another network was merged into it"),
                    ("unmerged", "a merge was undone"),
                    ("taken_over", "was taken over"),
                ],
                max_length=14,
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_words"], name="organisation_words"
            ),
        ),
        migrations.AddIndex(
            model_name="topicnetwork",
            index=models.Index(
                condition=models.Q(("state", "asked")), fields=["topic"], name="topic_network_asked"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("activity__isnull", True),
                        ("member__isnull", True),
                        ("network__isnull", True),
                        ("organisation__isnull", True),
                        ("post__isnull", True),
                        ("topic__isnull", False),
                    ),
                    models.Q(
                        ("activity__isnull", True),
                        ("member__isnull", True),
                        ("network__isnull", True),
                        ("organisation__isnull", True),
                        ("post__isnull", False),
                        ("topic__isnull", True),
                    ),
                    models.Q(
                        ("activity__isnull", True),
                        ("member__isnull", False),
                        ("network__isnull", True),
                        ("organisation__isnull", True),
                        ("post__isnull", True),
                        ("topic__isnull", True),
                    ),
                    models.Q(
                        ("activity__isnull", True),
                        ("member__isnull", True),
                        ("network__isnull", False),
                        ("organisation__isnull", True),
                        ("post__isnull", True),
                        ("topic__isnull", True),
                    ),
                    models.Q(
                        ("activity__isnull", False),
                        ("member__isnull", True),
                        ("network__isnull", True),
                        ("organisation__isnull", True),
                        ("post__isnull", True),
                        ("topic__isnull", True),
                    ),
                    models.Q(
                        ("activity__isnull", True),
                        ("member__isnull", True),
                        ("network__isnull", True),
                        ("organisation__isnull", False),
                        ("post__isnull", True),
                        ("topic__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="decision_has_one_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="organisation_merged_into_another",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merge",
                to="forums.decision",
            ),
        ),
        migrations.AddField(
            model_name="movedrow",
            name="merge",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rows",
                to="forums.merge",
            ),
        ),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(
                condition=models.Q(("told_at", None)), fields=["id"], name="merge_to_tell"
            ),
        ),
        migrations.AddConstraint(
            model_name="movedrow",
            constraint=models.UniqueConstraint(
                fields=("merge", "table", "row"), name="moved_row_once"
            ),
        ),
    ]
