"""The traffic log, a table a day; who may read it; who has looked."""

import datetime

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# PostgreSQL 15 has no identity columns in partitioned tables: a sequence numbers the lines.
PARTED = """
CREATE SEQUENCE forums_trafficentry_number_seq;
CREATE TABLE forums_trafficentry (
    at timestamp with time zone NOT NULL,
    number bigint NOT NULL DEFAULT nextval('forums_trafficentry_number_seq'),
    address inet NULL,
    port integer NULL CHECK (port >= 0),
    account bigint NULL,
    kind varchar(90) NOT NULL,
    PRIMARY KEY (at, number)
) PARTITION BY RANGE (at);
ALTER SEQUENCE forums_trafficentry_number_seq OWNED BY forums_trafficentry.number;
CREATE INDEX traffic_by_account ON forums_trafficentry (account, at, number) WHERE account IS NOT NULL;
CREATE INDEX traffic_by_address ON forums_trafficentry (address, at, number);
"""

LOOKS_ARE_ONLY_ADDED = """
CREATE FUNCTION forums_trafficlook_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'forums_trafficlook is append-only: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';  -- an IntegrityError for Django
END
$$;
CREATE TRIGGER traffic_look_append_only BEFORE UPDATE OR DELETE ON forums_trafficlook
    FOR EACH ROW EXECUTE FUNCTION forums_trafficlook_is_only_added_to();
"""

UNSAID = """
DROP TRIGGER traffic_look_append_only ON forums_trafficlook;
DROP FUNCTION forums_trafficlook_is_only_added_to();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_bounces"),
        ("forums", "0052_case_waiting_since"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(PARTED, "DROP TABLE forums_trafficentry")],
            state_operations=[
                migrations.CreateModel(
                    name="TrafficEntry",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "at",
                                "number",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="when")),
                        ("number", models.BigIntegerField()),
                        (
                            "address",
                            models.GenericIPAddressField(null=True, verbose_name="from where"),
                        ),
                        ("port", models.PositiveIntegerField(null=True, verbose_name="port")),
                        ("account", models.BigIntegerField(null=True, verbose_name="account")),
                        ("kind", models.CharField(max_length=90, verbose_name="what was asked")),
                    ],
                    options={
                        "verbose_name": "line of the traffic log",
                        "verbose_name_plural": "traffic log",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("account__isnull", False)),
                                fields=["account", "at", "number"],
                                name="traffic_by_account",
                            ),
                            models.Index(
                                fields=["address", "at", "number"], name="traffic_by_address"
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name="TrafficReader",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="member",
                    ),
                ),
                (
                    "given_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="given",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given by",
                    ),
                ),
            ],
            options={
                "verbose_name": "reader of the traffic log",
                "verbose_name_plural": "readers of the traffic log",
            },
        ),
        migrations.CreateModel(
            name="TrafficLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="when",
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="from")),
                ("until", models.DateTimeField(verbose_name="until")),
                ("account", models.BigIntegerField(blank=True, null=True, verbose_name="account")),
                ("net", models.CharField(blank=True, max_length=49, verbose_name="address or net")),
                ("why", models.CharField(max_length=500, verbose_name="why")),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who looked",
                    ),
                ),
            ],
            options={
                "verbose_name": "look into the traffic log",
                "verbose_name_plural": "looks into the traffic log",
                "indexes": [models.Index(fields=["-at", "-id"], name="traffic_look_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="traffic_look_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__gt", models.F("since")),
                            (
                                "until__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("since"), "+", models.Value(datetime.timedelta(days=7))
                                ),
                            ),
                        ),
                        name="traffic_look_is_narrow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("account__isnull", False),
                            models.Q(("net", ""), _negated=True),
                            (
                                "until__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("since"),
                                    "+",
                                    models.Value(datetime.timedelta(seconds=3600)),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="traffic_look_names_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(LOOKS_ARE_ONLY_ADDED, UNSAID),
    ]
