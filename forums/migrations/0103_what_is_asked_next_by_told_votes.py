"""What is asked next goes by votes as they are told: counts of the moment are no longer kept.

The tables are of the release this comes with: the one before neither reads nor writes them.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0102_differences_told_in_steps")]

    operations = [
        migrations.RemoveConstraint(model_name="statement", name="statement_counts_add_up"),
        migrations.RemoveField(model_name="statement", name="agreed"),
        migrations.RemoveField(model_name="statement", name="passed"),
        migrations.RemoveField(model_name="statement", name="extremity"),
        migrations.AddField(
            model_name="statement",
            name="pull",
            field=models.FloatField(db_default=0.25, default=0.25),
        ),
    ]
