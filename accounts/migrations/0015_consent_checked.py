"""Both constraints hold for what was there before."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0014_consent_kind"),
    ]

    operations = [
        ValidateConstraint(model_name="consent", name="consent_kind_known"),
        ValidateConstraint(model_name="consent", name="consent_only_is_withdrawn"),
    ]
