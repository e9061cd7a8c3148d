"""Comments that say why about a statement."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0093_slugs_of_topics_that_are_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StatementReason",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reason_about",
                        serialize=False,
                        to="forums.post",
                    ),
                ),
                (
                    "side",
                    models.SmallIntegerField(
                        choices=[(1, "Agree"), (-1, "Disagree"), (0, "Pass, I am not sure")]
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reasons",
                        to="forums.statement",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("statement", "member"), name="reason_of_a_member_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", (-1, 0, 1))), name="reason_side_is_one"
                    ),
                ],
            },
        ),
    ]
