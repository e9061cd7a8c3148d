"""How badly mails to an address have fared."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0010_waiting_address"),
    ]

    operations = [
        migrations.CreateModel(
            name="BounceScore",
            fields=[
                (
                    "address",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="bounces",
                        serialize=False,
                        to="account.emailaddress",
                    ),
                ),
                ("score", models.PositiveSmallIntegerField()),
                (
                    "why",
                    models.CharField(
                        choices=[("soft", "Soft"), ("hard", "Hard"), ("complaint", "Complaint")],
                        max_length=10,
                    ),
                ),
                ("mailed_at", models.DateTimeField(null=True)),
                ("again_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("score__lte", 4)), name="bounces_score"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why__in", ["soft", "hard", "complaint"])),
                        name="bounces_why_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mailed_at__isnull", False),
                            ("again_at__isnull", False),
                            _connector="OR",
                        ),
                        name="bounces_have_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stopped_at", None), ("score", 4), _connector="OR"),
                        name="bounces_stop_at_four",
                    ),
                ],
            },
        ),
    ]
