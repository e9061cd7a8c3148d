"""Letting through, and keeping back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0065_levels_held_down"),
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
                    ("admit", "Let through"),
                    ("keep_back", "Keep back"),
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
    ]
