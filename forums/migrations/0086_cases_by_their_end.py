"""Decided and refused cases are each listed from an index of their own."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

_ENDED = Q(ended_at__isnull=False)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("forums", "0085_pages_for_staff")]

    operations = [
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(
                fields=["state", "-ended_at", "-id"], name="case_ended_as", condition=_ENDED
            ),
        ),
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(
                fields=["kind", "state", "-ended_at", "-id"],
                name="case_ended_kind_as",
                condition=_ENDED,
            ),
        ),
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(
                fields=["network", "state", "-ended_at", "-id"],
                name="case_ended_in_as",
                condition=_ENDED & Q(network__isnull=False),
            ),
        ),
        RemoveIndexConcurrently(model_name="case", name="case_ended_of_kind"),
    ]
