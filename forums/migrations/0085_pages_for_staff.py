"""A page may be for those alone who look after the house."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0084_words_of_the_boxes"),
    ]

    operations = [
        migrations.AddField(
            model_name="page",
            name="staff_only",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Nobody else can open it, and no footer links it.",
                verbose_name="only for moderators",
            ),
        ),
    ]
