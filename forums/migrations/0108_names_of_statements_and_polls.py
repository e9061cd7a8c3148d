"""What statements and polls are called on the moderators' desk."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0107_sweeps_take_more"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="poll",
            options={"verbose_name": "poll", "verbose_name_plural": "polls"},
        ),
        migrations.AlterModelOptions(
            name="statement",
            options={"verbose_name": "statement", "verbose_name_plural": "statements"},
        ),
    ]
