"""Topics that go slowly, close at a time, are off the lists, archived, merged or parted."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0055_deleted_by_moderators"),
    ]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="archived_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="archived"
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="closes_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="closes by itself"
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="merged_base",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="topic",
            name="merged_into",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.topic",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="parted_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="topic",
            name="slow_minutes",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="topic",
            name="unlisted_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="unlisted"
            ),
        ),
        AddConstraintNotValid(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_base", None), ("merged_into", None)),
                    models.Q(("merged_base__isnull", False), ("merged_into__isnull", False)),
                    _connector="OR",
                ),
                name="topic_merged_somewhere",
            ),
        ),
    ]
