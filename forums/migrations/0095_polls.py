"""Polls of a topic, the networks they ask, and ballots."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# What somebody answered asks the same for ever, on the same terms; who leaves may have its words emptied.
STAYS = """
CREATE FUNCTION forums_poll_stays_as_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.voted_at IS NOT NULL AND (NEW.voted_at IS NULL
        OR (NEW.kind, NEW.least, NEW.most, NEW.shown, NEW.names_shown, NEW.closes_at, NEW.created_at)
            IS DISTINCT FROM
            (OLD.kind, OLD.least, OLD.most, OLD.shown, OLD.names_shown, OLD.closes_at, OLD.created_at)
        OR cardinality(NEW.options) <> cardinality(OLD.options)
        OR (NEW.question <> '…' AND (NEW.question, NEW.about, NEW.options)
            IS DISTINCT FROM (OLD.question, OLD.about, OLD.options))) THEN
        RAISE EXCEPTION 'forums_poll %: it was answered', OLD.id
            USING ERRCODE = 'restrict_violation';  -- an IntegrityError for Django
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER poll_stays_as_answered BEFORE UPDATE ON forums_poll
    FOR EACH ROW EXECUTE FUNCTION forums_poll_stays_as_answered();
"""

UNSAID = """
DROP TRIGGER poll_stays_as_answered ON forums_poll;
DROP FUNCTION forums_poll_stays_as_answered();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0094_reasons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Poll",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "came_through",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), db_default=[], default=list
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("one", "One choice"),
                            ("several", "Several choices"),
                            ("ranked", "A ranking"),
                            ("date", "A date to find"),
                        ],
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("question", models.CharField(max_length=200, verbose_name="question")),
                (
                    "about",
                    models.CharField(blank=True, max_length=1000, verbose_name="description"),
                ),
                (
                    "options",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), verbose_name="options"
                    ),
                ),
                ("least", models.PositiveSmallIntegerField(db_default=1, default=1)),
                ("most", models.PositiveSmallIntegerField(db_default=1, default=1)),
                (
                    "shown",
                    models.CharField(
                        choices=[
                            ("always", "At any time"),
                            ("answered", "To who has answered; to all when it has closed"),
                            ("closed", "When it has closed"),
                        ],
                        max_length=8,
                        verbose_name="results are shown",
                    ),
                ),
                (
                    "names_shown",
                    models.BooleanField(default=False, verbose_name="everyone sees who chose what"),
                ),
                ("in_name", models.BooleanField(db_default=False, default=False)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                ("closed_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("voted_at", models.DateTimeField(null=True)),
                ("hidden_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("voters", models.PositiveIntegerField(db_default=0, default=0)),
                (
                    "tally",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), db_default=[], default=list
                    ),
                ),
                ("told_voters", models.PositiveIntegerField(db_default=0, default=0)),
                (
                    "told_tally",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), db_default=[], default=list
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.network",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="polls",
                        to="forums.topic",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PollNetwork",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.network",
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forums.poll",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="poll",
            name="asked",
            field=models.ManyToManyField(
                related_name="+", through="forums.PollNetwork", to="forums.network"
            ),
        ),
        migrations.CreateModel(
            name="PollBallot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "marks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField()
                    ),
                ),
                (
                    "cast_at",
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
                    "poll",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ballots",
                        to="forums.poll",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("poll", "member"), name="poll_ballot_once"),
                    models.CheckConstraint(
                        condition=models.Q(("marks__len__gte", 2), ("marks__len__lte", 20)),
                        name="poll_ballot_marks_options",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="pollnetwork",
            constraint=models.UniqueConstraint(
                fields=("poll", "network"), name="poll_network_once"
            ),
        ),
        migrations.AddIndex(
            model_name="poll",
            index=models.Index(fields=["topic", "-id"], name="poll_topic_newest"),
        ),
        migrations.AddIndex(
            model_name="poll",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["closes_at"], name="poll_to_close"
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(("question", ""), _negated=True), name="poll_asks_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(("options__len__gte", 2), ("options__len__lte", 20)),
                name="poll_has_options",
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("least__gte", 1),
                    ("most__gte", models.F("least")),
                    ("most__lte", models.F("options__len")),
                ),
                name="poll_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "several"), models.Q(("least", 1), ("most", 1)), _connector="OR"
                ),
                name="poll_chooses_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("created_at"))), name="poll_lasts"
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at", None), ("closed_at__lte", models.F("closes_at")), _connector="OR"
                ),
                name="poll_closed_in_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(("in_name", False), ("network__isnull", False), _connector="OR"),
                name="poll_in_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at", None), ("voted_at", None), ("question", "…"), _connector="OR"
                ),
                name="poll_answered_stays",
            ),
        ),
        migrations.RunSQL(STAYS, UNSAID),
    ]
