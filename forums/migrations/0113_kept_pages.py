"""Pages kept for visitors, and how far what they show has moved."""

import django.contrib.postgres.fields
from django.db import migrations, models

# A transaction moves a scope once, in a shard that is its own until it ends: nobody waits, whatever the order in
# which rows are locked. What was moved is remembered as settings are, so a savepoint that is undone undoes it, too.
# 25 is forums.base.advisory_locks.Lock.PAGE_VERSIONS; 0 the site, 1 lists, 2 to 257 the topics.
MOVES = """
CREATE FUNCTION forums_moves(VARIADIC scopes int[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    moved text := coalesce(current_setting('forums.moved', true), '');
    its_scope int;
    its_shard int := 0;
BEGIN
    FOREACH its_scope IN ARRAY scopes LOOP
        CONTINUE WHEN position(',' || its_scope || ',' IN moved) > 0;
        IF its_shard = 0 THEN
            its_shard := 1;
            WHILE NOT pg_try_advisory_xact_lock(25, its_shard) LOOP
                its_shard := its_shard + 1;
            END LOOP;
        END IF;
        INSERT INTO forums_pageversion AS v (scope, shard, n) VALUES (its_scope, its_shard, 1)
            ON CONFLICT (scope, shard) DO UPDATE SET n = v.n + 1;
        moved := moved || ',' || its_scope || ',';
        PERFORM set_config('forums.moved', moved, true);
    END LOOP;
END
$$;
CREATE FUNCTION forums_moves_site() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM forums_moves(0);
    RETURN NULL;
END
$$;
CREATE FUNCTION forums_moves_lists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM forums_moves(1);
    RETURN NULL;
END
$$;
"""

# Of the topic whose id stands in this column of the row.
OF_TOPIC = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        PERFORM forums_moves(1, (2 + NEW.{column} % 256)::int);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM forums_moves(1, (2 + OLD.{column} % 256)::int);
    END IF;
    RETURN NULL;
END
$$;
"""
COLUMNS = {
    "forums_moves_topic": "id",
    "forums_moves_of_topic": "topic_id",
    "forums_moves_tags_topic": "content_object_id",
}
MADE = MOVES + "".join(
    OF_TOPIC.format(name=name, column=column) for name, column in COLUMNS.items()
)
UNMADE = "DROP FUNCTION forums_moves_site(), forums_moves_lists(), {}, forums_moves(int[])".format(
    ", ".join(f"{name}()" for name in COLUMNS)
)

# What is lost with the power is made anew. Bodies are compressed already. Room for counting within a block.
KEPT = """
ALTER TABLE forums_keptpage SET UNLOGGED;
ALTER TABLE forums_keptpage ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE forums_pageversion SET (fillfactor = 50);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0112_week_of_vitals"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageVersion",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "scope",
                        "shard",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("scope", models.SmallIntegerField()),
                ("shard", models.SmallIntegerField()),
                ("n", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="KeptPage",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), size=None
                    ),
                ),
                ("version", models.BigIntegerField()),
                ("until", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("etag", models.CharField(max_length=24)),
                ("headers", models.JSONField()),
                ("body", models.BinaryField()),
            ],
            options={"indexes": [models.Index(fields=["made_at"], name="kept_page_made")]},
        ),
        migrations.RunSQL(MADE, UNMADE),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
