"""How the site did, ten minutes a row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0111_signs_of_life"),
    ]

    operations = [
        migrations.CreateModel(
            name="VitalSpan",
            fields=[
                (
                    "at",
                    models.DateTimeField(primary_key=True, serialize=False, verbose_name="since"),
                ),
                ("requests", models.PositiveIntegerField(db_default=0)),
                ("failed", models.PositiveIntegerField(db_default=0)),
                ("slow", models.PositiveIntegerField(db_default=0)),
                ("milliseconds", models.PositiveBigIntegerField(db_default=0)),
                ("cases", models.PositiveIntegerField(null=True)),
                ("tellings", models.PositiveIntegerField(null=True)),
                ("letters", models.PositiveIntegerField(null=True)),
                ("free", models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                "verbose_name": "ten minutes of the site",
                "verbose_name_plural": "ten minutes of the site",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("free", None), ("free__lte", 100), _connector="OR"),
                        name="vital_span_percent",
                    )
                ],
            },
        ),
    ]
