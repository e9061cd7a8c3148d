"""What a migration does to tables the running version reads and writes meanwhile: read in its SQL."""

import re
import sys
from pathlib import Path

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, migrations, models
from django.db.models.functions import Now

from tests.migrations.newer import ended, loader, newer

RULES = {
    r"\bDROP (COLUMN|TABLE|VIEW)\b": "the running version reads what is dropped: drop it one version later",
    r"\bRENAME (TO|COLUMN)\b": "the running version knows the old name: add, fill, and drop one version later",
    r"\bSET NOT NULL\b": "reads the whole table while nobody can: a CHECK that is NOT VALID, validated, then this",
    r"\bADD COLUMN (?!.*\bDEFAULT\b).*\bNOT NULL\b": "the running version does not fill it: db_default",
    r"\bALTER COLUMN \S+ DROP DEFAULT\b": "the running version does not fill it: db_default, not default",
    r"\bALTER COLUMN \S+ TYPE\b": "may write the whole table anew while nobody can read it",
    r"\bCREATE (UNIQUE )?INDEX (?!CONCURRENTLY)": "nobody can write meanwhile: AddIndexConcurrently",
    r"\bDROP INDEX (?!CONCURRENTLY)": "nobody can read meanwhile: RemoveIndexConcurrently",
    r"\bADD CONSTRAINT (?!.*\bNOT VALID\b)": "reads the whole table while nobody can write: NOT VALID, then validate",
    r"\b(TRUNCATE|VACUUM FULL|CLUSTER|LOCK TABLE)\b": "nobody can read meanwhile",
}
# Said in a comment of the migration, with the reason: "# Safe: 40 rows at most."
SAID = re.compile(r"#\s*Safe: .{10,}")


def faults(sql: list[str], new: set[str]) -> list[str]:
    """What is wrong with these statements; a table that is made among them (then in `new`) is nobody's yet."""
    found = []
    for statement in " ".join(line for line in sql if not line.startswith("--")).split(";"):
        statement = " ".join(statement.split())
        if made := re.match(r'CREATE TABLE (?:IF NOT EXISTS )?"?(\w+)', statement):
            new.add(made[1])
        if re.search(rf'\b(?:TABLE|ON)\b (?:ONLY )?"?({"|".join(new) or "-"})\b', statement):
            continue
        found += [
            f"{why}: {statement}" for rule, why in RULES.items() if re.search(rule, statement)
        ]
    return found


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
        wrong = faults(editor.collected_sql, new)
        code = source(migration)
        if "RunPython" in code and "BATCH" not in code:
            wrong.append("rows are filled all at once: in batches, each a transaction")
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

    def ask(*operations) -> list[str]:
        migration = migrations.Migration("9999_tried", "forums")
        migration.operations, migration.atomic = list(operations), False
        with connection.schema_editor(collect_sql=True, atomic=False) as editor:
            migration.apply(state.clone(), editor, collect_sql=True)
        return faults(editor.collected_sql, set())

    return ask


FLAG = models.BooleanField(default=False)
NOTE = models.CharField(max_length=9)


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
        migrations.AddField(
            "topic", "seen_by", models.ForeignKey("accounts.Member", models.CASCADE, null=True)
        ),
        migrations.AlterField("email", "key", models.TextField()),
        migrations.RunSQL("ALTER TABLE forums_post ADD COLUMN x int NOT NULL"),
        migrations.RunSQL("LOCK TABLE forums_post"),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_stops_the_running_version_is_found(said_of, operation):
    assert said_of(operation)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("post", "flag", models.BooleanField(db_default=False)),
        migrations.AddField("post", "note", models.DateTimeField(null=True)),
        migrations.AddField("post", "at", models.DateTimeField(db_default=Now())),
        migrations.AlterField("post", "body", models.TextField(verbose_name="text")),
        AddIndexConcurrently("post", models.Index(fields=["author"], name="tried")),
        migrations.RunSQL("ALTER TABLE forums_post ADD CONSTRAINT x CHECK (id > 0) NOT VALID"),
        migrations.RunSQL("ALTER TABLE forums_post VALIDATE CONSTRAINT x"),
        migrations.CreateModel(
            "Tried",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("member", models.ForeignKey("accounts.Member", models.CASCADE)),
                ("note", NOTE),
            ],
            options={"indexes": [models.Index(fields=["note"], name="tried")]},
        ),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_lets_it_run_is_taken(said_of, operation):
    assert said_of(operation) == []
