"""Since when an address somebody wants to change to waits to be proven."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0009_picture_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="WaitingAddress",
            fields=[
                (
                    "address",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="waiting",
                        serialize=False,
                        to="account.emailaddress",
                    ),
                ),
                ("since", models.DateTimeField(db_default=Now(), db_index=True, editable=False)),
            ],
        ),
    ]
