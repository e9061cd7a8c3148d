"""When the worker's parts last came round."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0110_what_is_shown_again_may_wait_too"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignOfLife",
            fields=[
                (
                    "part",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="part"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
            ],
            options={
                "verbose_name": "sign of life",
                "verbose_name_plural": "signs of life",
            },
        ),
    ]
