"""A wording may say the boxes of signing up in other words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0083_ledger_years_shown"),
    ]

    operations = [
        migrations.AddField(
            model_name="wording",
            name="age",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=300,
                verbose_name="the box about age",
            ),
        ),
        migrations.AddField(
            model_name="wording",
            name="terms",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=300,
                verbose_name="the box about rules and terms",
            ),
        ),
    ]
