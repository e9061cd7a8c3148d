"""An index of the emails that are forgotten after two weeks."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("forums", "0040_digests")]

    operations = [
        AddIndexConcurrently(
            model_name="email",
            index=models.Index(
                condition=models.Q(("kind__in", ("told", "digest"))),
                fields=["created_at"],
                name="letter_passing",
            ),
        ),
    ]
