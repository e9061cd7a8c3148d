"""What a migration must not do to tables the running version reads and writes meanwhile (decision 045): read in its SQL."""

import re
from collections.abc import Iterator

from django.db.migrations import Migration, RunPython

from forums.management.commands.migrate import holds_nobody_up

_NEW_EACH_TIME = "gen_random_uuid|uuidv4|uuidv7|uuid_generate_v\\d|random|clock_timestamp|nextval"

# Of each statement.
RULES = {
    r"\bDROP (COLUMN|TABLE|VIEW)\b": "the running version reads what is dropped: drop it one version later",
    r"\bRENAME (TO|COLUMN)\b": "the running version knows the old name: add, fill, and drop one version later",
    r"\bSET NOT NULL\b": "reads the whole table while nobody can: a CHECK that is NOT VALID, validated, then this",
    r"\bADD COLUMN (?!.*\bDEFAULT\b).*\bNOT NULL\b": "the running version does not fill it: db_default",
    r"\bALTER COLUMN \S+ DROP DEFAULT\b": "the running version does not fill it: db_default, not default",
    r"\bALTER COLUMN \S+ (SET DATA )?TYPE\b": "may write the whole table anew while nobody can read it",
    rf"\bADD COLUMN .*\bDEFAULT\b.*\b(?i:{_NEW_EACH_TIME})\(": "writes the whole table anew, each row with its own:"
    " a column that is NULL, filled in batches, then its default",
    r"\bADD COLUMN .*(\bGENERATED\b|\b(big|small)?serial\b)": "writes the whole table anew while nobody can read it",
    r"\bADD COLUMN .*\bREFERENCES\b": "reads the whole table while nobody can: the column, then the foreign key"
    " NOT VALID, then validate",
    r"\bADD COLUMN .*\bCHECK\b": "reads the whole table while nobody can: the column, then the CHECK NOT VALID, then"
    " validate",
    r"\bADD COLUMN .*\b(UNIQUE|PRIMARY KEY)\b": "makes an index while nobody can read: the column, a unique index"
    " beside traffic, then the constraint by it",
    r"\bCREATE (UNIQUE )?INDEX (?!CONCURRENTLY)": "nobody can write meanwhile: AddIndexConcurrently",
    r"\bDROP INDEX (?!CONCURRENTLY)": "nobody can read meanwhile: RemoveIndexConcurrently",
    r"\bREINDEX (?!.*\bCONCURRENTLY\b)": "nobody can write meanwhile: REINDEX CONCURRENTLY",
    r"\bADD CONSTRAINT (?!.*\b(NOT VALID|USING INDEX)\b)": "reads the whole table while nobody can write: NOT VALID,"
    " then validate",
    r"\b(TRUNCATE|VACUUM FULL|CLUSTER|LOCK TABLE)\b|\bSET (LOGGED|UNLOGGED|TABLESPACE|ACCESS METHOD)\b": "nobody can"
    " read meanwhile",
    r"^(UPDATE|DELETE FROM|MERGE INTO)\b": "rows are written all at once: in batches, each a transaction",
    r"\bSET (LOCAL |SESSION )?(lock|statement)_timeout\b": "`migrate` says how long is waited",
    r"^DO\b": "what a block does is not read here: write its statements",
}

_TRIGGER = r"(?:CREATE|DROP) (?:OR REPLACE )?(?:CONSTRAINT )?TRIGGER\b"
_HOLDS = re.compile(rf"ALTER TABLE (?!.* VALIDATE CONSTRAINT)|{_TRIGGER}")
_BODY = re.compile(r"\$(\w*)\$.*?\$\1\$", re.DOTALL)  # of a function: no statement of the migration


def statements(sql: list[str]) -> Iterator[str]:
    """Each in one line, without comments and what functions hold."""
    text = _BODY.sub("''", "\n".join(line for line in sql if not line.startswith("--")))
    yield from filter(None, (" ".join(each.split()) for each in text.split(";")))


def faults(sql: list[str], new: set[str], migration: Migration, code: str = "") -> list[str]:
    """What is wrong with a migration of this SQL and this source; a table that is made in it (then in `new`) is
    nobody's yet."""
    old, found = [], []
    for statement in statements(sql):
        if made := re.match(r'CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?"?(\w+)', statement):
            new.add(made[1])
        if _about(statement) not in new:
            old.append(statement)
    for statement in old:
        found += [
            f"{why}: {statement}" for rule, why in RULES.items() if re.search(rule, statement)
        ]
    return found + list(_of_all(old, migration, code))


def _about(statement: str) -> str:
    """The table it is about: the first it names; a trigger names what fires it before."""
    before = r"\bON" if re.match(_TRIGGER, statement) else r"\b(?:TABLE|ON|UPDATE|FROM|INTO)"
    found = re.search(rf'{before} (?:ONLY )?(?:IF (?:NOT )?EXISTS )?"?(\w+)', statement)
    return found[1] if found else ""


def _of_all(old: list[str], migration: Migration, code: str) -> Iterator[str]:
    """What is wrong with the statements about old tables taken together."""
    held = {_about(each) for each in old if _HOLDS.match(each)}
    if migration.atomic and len(held) > 1:
        yield f"holds several tables until its end: a migration for each: {', '.join(sorted(held))}"
    added = {m[1] for each in old if (m := re.search(r"ADD CONSTRAINT \"?(\w+)", each))}
    checked = {m[1] for each in old if (m := re.search(r"VALIDATE CONSTRAINT \"?(\w+)", each))}
    if migration.atomic and added & checked:
        yield f"validated while its table is held: one migration later: {', '.join(added & checked)}"
    if any("CONCURRENTLY" in each for each in old) and not holds_nobody_up(migration):
        yield "an index beside traffic waits as long as it must: AddIndexConcurrently, and nothing else with it"
    if any(isinstance(operation, RunPython) for operation in migration.operations):
        if "BATCH" not in code:
            yield "rows are filled all at once: in batches, each a transaction"
        if migration.atomic:
            yield "its batches are one transaction: atomic = False"
