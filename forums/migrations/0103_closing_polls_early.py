"""Closing a poll early."""


from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0102_whom_polls_ask"),
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
                    ("clarify", "Pin a reply of one who is named"),
                    ("unclarify", "Take such a reply down"),
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
                    ("withdraw", "Take out of sight"),
                    ("put_back", "Show again what was taken out of sight"),
                    ("end", "Close a poll early"),
                    ("answer", "Answer a report"),
                ],
                max_length=10,
                verbose_name="what",
            ),
        ),
    ]
