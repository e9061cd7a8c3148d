"""What a migration does to tables the running version reads and writes meanwhile: read in its SQL."""

import re
import sys
from pathlib import Path

import pytest
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, migrations, models
from django.db.models.functions import Now

from tests.migrations.newer import ended, loader, newer
from tests.migrations.rules import faults

# Said in a comment of the migration, with the reason: "# Safe: 40 rows at most."
SAID = re.compile(r"#\s*Safe: .{10,}")


def source(migration) -> str:
    return Path(sys.modules[migration.__module__].__file__).read_text()


@pytest.fixture(scope="module")
def graph(django_db_setup, django_db_blocker):
    """What there is; outside of a transaction, as concurrent indexes ask, and nothing is executed."""
    with django_db_blocker.unblock():
        yield loader()
        connection.close()


def test_no_migration_stops_the_version_that_serves(graph):
    new, found = set(), {}
    state = graph.project_state(ended(graph))
    assert state.apps  # made once, then changed by each
    for migration in newer(graph):
        with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
            state = migration.apply(state, editor, collect_sql=True)
        code = source(migration)
        wrong = faults(editor.collected_sql, new, migration, code)
        if wrong and not SAID.search(code):
            found[str(migration)] = wrong
    assert not found, "\n".join(
        f"{name}: {fault}" for name, wrong in found.items() for fault in wrong
    )


# -- the rules themselves -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def said_of(graph):
    """What the rules say of a migration that does this after all of ours."""
    state = graph.project_state()
    assert state.apps  # made once, not for each

    def ask(*operations, atomic: bool = False, code: str = "") -> list[str]:
        migration = migrations.Migration("9999_tried", "forums")
        migration.operations, migration.atomic = list(operations), atomic
        with connection.schema_editor(collect_sql=True, atomic=False) as editor:
            migration.apply(state.clone(), editor, collect_sql=True)
        return faults(editor.collected_sql, set(), migration, code)

    return ask


FLAG = models.BooleanField(default=False)
NOTE = models.CharField(max_length=9)
WHO = models.ForeignKey("accounts.Member", models.CASCADE, null=True, db_index=False)
POST, TWO = "ALTER TABLE forums_post", ("forums_post", "forums_topic")
COLUMN = f"{POST} ADD COLUMN x"
CHECK, VALIDATE = f"{POST} ADD CONSTRAINT x CHECK (id > 0)", f"{POST} VALIDATE CONSTRAINT x"
TRIGGER = (
    "CREATE TRIGGER x AFTER INSERT ON {} EXECUTE FUNCTION suppress_redundant_updates_trigger()"
)


def fill(apps, schema_editor):
    pass


def named(operation) -> str:
    return getattr(operation, "sql", type(operation).__name__)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RemoveField("post", "body"),
        migrations.DeleteModel("Tie"),
        migrations.RenameField("post", "body", "text"),
        migrations.AddField("post", "flag", FLAG),
        migrations.AlterField("email", "sent_at", models.DateTimeField(default=None)),
        migrations.AddIndex("post", models.Index(fields=["body"], name="tried")),
        migrations.AddConstraint(
            "post", models.CheckConstraint(condition=models.Q(pk__gt=0), name="tried")
        ),
        migrations.AddField("topic", "seen_by", WHO),
        migrations.AddField(
            "topic", "code", models.CharField(max_length=9, null=True, unique=True)
        ),
        migrations.AddField("topic", "n", models.PositiveIntegerField(db_default=0)),
        migrations.AddField("topic", "uid", models.UUIDField(db_default=RandomUUID())),
        migrations.AlterField("email", "key", models.TextField()),
        migrations.RunSQL(f"{COLUMN} int NOT NULL"),
        migrations.RunSQL(f"{COLUMN} float DEFAULT random()"),
        migrations.RunSQL(f"{COLUMN} int GENERATED ALWAYS AS (1) STORED"),
        migrations.RunSQL(f"{COLUMN} bigserial"),
        migrations.RunSQL(f"{POST} ALTER COLUMN body SET DATA TYPE varchar"),
        migrations.RunSQL(f"{POST} SET UNLOGGED"),
        migrations.RunSQL("REINDEX TABLE forums_post"),
        migrations.RunSQL("LOCK TABLE forums_post"),
        migrations.RunSQL("UPDATE forums_post SET body = body"),
        migrations.RunSQL("DELETE FROM forums_post"),
        migrations.RunSQL("SET lock_timeout = 0"),
        migrations.RunSQL("DO $$ BEGIN UPDATE forums_post SET body = body; END $$"),
        migrations.RunSQL("CREATE INDEX CONCURRENTLY x ON forums_post (body)"),
        migrations.RunSQL("CREATE TABLE x (id int); UPDATE forums_post SET body = body"),
    ],
    ids=named,
)
def test_what_stops_the_running_version_is_found(said_of, operation):
    assert said_of(operation)


def test_what_is_held_until_the_end_of_one_transaction_is_found(said_of):
    two = [migrations.RunSQL(f"ALTER TABLE {table} ADD COLUMN x int") for table in TWO]
    watched = [migrations.RunSQL(TRIGGER.format(table)) for table in TWO]
    checked = [migrations.RunSQL(f"{CHECK} NOT VALID"), migrations.RunSQL(VALIDATE)]
    for operations in (two, watched, checked):
        assert len(said_of(*operations, atomic=True)) == 1
        assert said_of(*operations, atomic=False) == []
    assert said_of(*two[:1], *watched[:1], atomic=True) == []


def test_rows_that_are_filled_in_one_transaction_are_found(said_of):
    filled = migrations.RunPython(fill)
    assert len(said_of(filled, atomic=True, code="")) == 2
    assert len(said_of(filled, atomic=True, code="BATCH = 100")) == 1
    assert said_of(filled, code="BATCH = 100") == []


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("post", "flag", models.BooleanField(db_default=False)),
        migrations.AddField("post", "note", models.DateTimeField(null=True)),
        migrations.AddField("post", "at", models.DateTimeField(db_default=Now())),
        migrations.AlterField("post", "body", models.TextField(verbose_name="text")),
        AddIndexConcurrently("post", models.Index(fields=["author"], name="tried")),
        migrations.RunSQL(f"{CHECK} NOT VALID"),
        migrations.RunSQL(VALIDATE),
        migrations.RunSQL(f"{POST} ADD CONSTRAINT x UNIQUE USING INDEX tried"),
        migrations.RunSQL("CREATE TABLE x (id int); INSERT INTO x SELECT 1; UPDATE x SET id = 2"),
        migrations.RunSQL(
            "CREATE FUNCTION x() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE forums_post SET body = '';"
            " RETURN NULL; END $$"
        ),
        migrations.RunSQL(
            f"CREATE TABLE x (id int); CREATE TABLE y (id int); {TRIGGER.format('x')}; {TRIGGER.format('y')}"
        ),
        migrations.CreateModel(
            "Tried",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("member", models.ForeignKey("accounts.Member", models.CASCADE)),
                ("code", models.UUIDField(db_default=RandomUUID(), unique=True)),
                ("note", NOTE),
            ],
            options={"indexes": [models.Index(fields=["note"], name="tried")]},
        ),
    ],
    ids=named,
)
def test_what_lets_it_run_is_taken(said_of, operation):
    assert said_of(operation, atomic=not isinstance(operation, AddIndexConcurrently)) == []
