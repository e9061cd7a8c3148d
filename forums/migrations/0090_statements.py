"""Statements of a topic, rounds, ballots and votes on them."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# What somebody voted on says the same for ever: whoever wants other words parts it, and both are read.
WORDS_STAY = """
CREATE FUNCTION forums_statement_keeps_its_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.voted_at IS NOT NULL AND (NEW.voted_at IS NULL OR NEW.topic_id <> OLD.topic_id
        OR (NEW.body <> OLD.body AND NEW.body <> '…')) THEN
        RAISE EXCEPTION 'forums_statement %: its words were voted on', OLD.id
            USING ERRCODE = 'restrict_violation';  -- an IntegrityError for Django
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER statement_keeps_its_words BEFORE UPDATE OF body, voted_at, topic_id ON forums_statement
    FOR EACH ROW EXECUTE FUNCTION forums_statement_keeps_its_words();
"""

UNSAID = """
DROP TRIGGER statement_keeps_its_words ON forums_statement;
DROP FUNCTION forums_statement_keeps_its_words();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0089_cases_by_kind_and_age"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "opened_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rounds",
                        to="forums.topic",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("counts", models.BooleanField(default=False)),
                ("answered", models.PositiveSmallIntegerField(default=0)),
                (
                    "first_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "last_at",
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
                    "network",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forums.network",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ballots",
                        to="forums.round",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("body", models.CharField(max_length=560, verbose_name="statement")),
                ("key", models.CharField(editable=False, max_length=560)),
                ("in_name", models.BooleanField(db_default=False, default=False)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("looked_at", models.DateTimeField(null=True)),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "double",
                                "It says two things; somebody may agree with one and not with the other.",
                            ),
                            ("same", "Another statement says this already."),
                            ("matter", "It is about something else than this topic."),
                            ("person", "It is about a person, not about the matter."),
                            ("question", "It is a question; one cannot agree with it or not."),
                            ("loaded", "It is worded so that only one answer sounds decent."),
                            ("unclear", "It can be understood in several ways."),
                            ("fact", "It can be checked; look it up rather than vote on it."),
                        ],
                        db_default="",
                        max_length=8,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("hidden_at", models.DateTimeField(null=True)),
                ("parted_at", models.DateTimeField(null=True)),
                ("voted_at", models.DateTimeField(null=True)),
                ("answered", models.PositiveIntegerField(db_default=0, default=0)),
                ("agreed", models.PositiveIntegerField(db_default=0, default=0)),
                ("passed", models.PositiveIntegerField(db_default=0, default=0)),
                ("extremity", models.FloatField(db_default=0, default=0)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "looked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merged",
                        to="forums.statement",
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
                    "part_of",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="forums.statement",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="forums.topic",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StatementVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "vote",
                    models.SmallIntegerField(
                        choices=[(1, "Agree"), (-1, "Disagree"), (0, "Pass, I am not sure")]
                    ),
                ),
                ("important", models.BooleanField(default=False)),
                (
                    "cast_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "ballot",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="forums.ballot",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="forums.statement",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["closes_at"], name="round_to_close"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                fields=("topic", "number"), name="round_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)), fields=("topic",), name="round_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="round_number_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opened_at"))), name="round_lasts"
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(fields=("round", "member"), name="ballot_once"),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("counts", False), ("network__isnull", False), _connector="OR"),
                name="ballot_counts_for_one",
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                condition=models.Q(
                    ("hidden_at", None), ("looked_at", None), ("withdrawn_at", None)
                ),
                fields=["topic", "id"],
                name="statement_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=("topic", "number"), name="statement_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("merged_into", None),
                    ("parted_at", None),
                    ("refusal", ""),
                    ("withdrawn_at", None),
                ),
                fields=("topic", "key"),
                name="statement_said_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="statement_number_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("body", ""), _negated=True), name="statement_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("in_name", False), ("network__isnull", False), _connector="OR"),
                name="statement_in_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("looked_at", None), ("looked_by", None), ("refusal", "")),
                    models.Q(("looked_at__isnull", False), ("looked_by__isnull", False)),
                    _connector="OR",
                ),
                name="statement_looked_at_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "answered__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("agreed"), "+", models.F("passed")
                        ),
                    )
                ),
                name="statement_counts_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementvote",
            constraint=models.UniqueConstraint(
                fields=("ballot", "statement"), name="statement_vote_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statementvote",
            constraint=models.CheckConstraint(
                condition=models.Q(("vote__in", (-1, 0, 1))), name="statement_vote_is_one"
            ),
        ),
        migrations.RunSQL(WORDS_STAY, UNSAID),
    ]
