"""A sweep remembers what it put on the lists, whatever kind that is."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0087_rights_named")]

    operations = [
        migrations.AddField(
            model_name="sweep",
            name="entries",
            field=ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
        ),
        migrations.RemoveField(model_name="sweep", name="hosts"),
    ]
