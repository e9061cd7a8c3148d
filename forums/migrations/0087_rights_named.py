"""Copies and leavings have names in the admin; no table changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0086_cases_by_their_end"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="leaving",
            options={"verbose_name": "leaving", "verbose_name_plural": "leavings"},
        ),
        migrations.AlterModelOptions(
            name="personalcopy",
            options={
                "verbose_name": "copy of somebody’s data",
                "verbose_name_plural": "copies of somebody’s data",
            },
        ),
    ]
