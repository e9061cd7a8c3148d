"""A picture may stand in an activity's text or report, and is seen by whoever sees the activity."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("forums", "0021_invitations_by_address")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="activity",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pictures",
                to="forums.activity",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=Q(post=None) | Q(activity=None), name="attachment_in_one_place"
            ),
        ),
    ]
