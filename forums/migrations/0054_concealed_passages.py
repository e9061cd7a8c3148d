"""Words that are hidden in posts, and the two acts that hide and show them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0053_traffic_log"),
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
                    ("conceal", "Hide a passage"),
                    ("reveal", "Show a hidden passage again"),
                    ("answer", "Answer a report"),
                ],
                max_length=10,
                verbose_name="what",
            ),
        ),
        migrations.CreateModel(
            name="ConcealedPassage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=2000, verbose_name="words")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="since"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.decision",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concealed",
                        to="forums.post",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forums.post",
                        verbose_name="because of",
                    ),
                ),
            ],
            options={
                "verbose_name": "hidden passage",
                "verbose_name_plural": "hidden passages",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="concealed_says_something",
                    )
                ],
            },
        ),
    ]
