"""A member's language: of the pages on a new device, and of the letters she gets. None: Thai."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_names_as_written")]

    operations = [
        migrations.AddField(
            "member",
            "language",
            models.CharField(
                blank=True,
                choices=[("th", "ไทย"), ("en", "English")],
                db_default="",
                default="",
                max_length=2,
                verbose_name="language",
            ),
        ),
        migrations.AddConstraint(
            "member",
            models.CheckConstraint(
                condition=models.Q(language__in=["", "th", "en"]), name="member_language_known"
            ),
        ),
    ]
