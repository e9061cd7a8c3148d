"""What a row of Consent is about: until now each spoke of the terms."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_gone"),
    ]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("terms", "House rules and terms of use: agreed"),
                    ("notice", "Privacy notice: shown"),
                    ("age", "Twenty years old, or a guardian agrees: said"),
                    ("profile", "What you say of yourself: consent to show it"),
                ],
                db_default="terms",
                default="terms",
                max_length=10,
                verbose_name="about",
            ),
        ),
        AddConstraintNotValid(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["terms", "notice", "age", "profile"])),
                name="consent_kind_known",
            ),
        ),
        AddConstraintNotValid(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdrawn_at", None), ("kind", "profile"), _connector="OR"),
                name="consent_only_is_withdrawn",
            ),
        ),
    ]
