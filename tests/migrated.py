"""The migrations run once, into databases that stay; what the tests use is a copy of them (0.3 s).

First those of the version before, on which the newer ones are tried as well: most of them (35 s), and they never
change. Then the newer ones, in a copy of that (10 s).
"""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.migrations.newer import ended
from tests.needs import CHECKOUT
from tests.served import database_url

LOCK = 7_305_001  # no other process makes one meanwhile, or takes it for made while it is not
LOCK_BEFORE = 7_305_002


def migrated() -> str:
    """The name of a database in which every migration has run: made anew where one of them has changed."""
    name, digest = f"{_site()}_migrated", _digest(_all())
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if _said(cursor, name) != digest:
            made = _make()
            quoted = connection.ops.quote_name(name)
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
            cursor.execute(f"ALTER DATABASE {connection.ops.quote_name(made)} RENAME TO {quoted}")
            cursor.execute(f"COMMENT ON DATABASE {quoted} IS '{digest}'")
    return name


def before() -> str:
    """The name of an empty database as the version before left it: made anew where a migration of its has changed."""
    found = MigrationLoader(None, replace_migrations=False)
    graph, targets = found.graph, ended(found)
    plan = sorted({node for target in targets for node in graph.forwards_plan(target)})
    files = [Path(str(sys.modules[graph.nodes[node].__module__].__file__)) for node in plan]
    name = f"{_site()}_before"
    quoted, digest = connection.ops.quote_name(name), _digest(files)
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_BEFORE])
        if _said(cursor, name) != digest:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0")
            python(name, "-c", _TO_BEFORE, *map(".".join, targets))
            cursor.execute(f"COMMENT ON DATABASE {quoted} IS '{digest}'")
    return name


def _site() -> str:
    """The name of the site's own database, whatever this worker calls its own by now: what is made here is made for all."""
    return re.sub(r"^test_|_gw\d+$", "", connection.settings_dict["NAME"])


_TO_BEFORE = """
import sys, django; django.setup()
from django.core.management import call_command
for target in sys.argv[1:]:
    call_command("migrate", *target.split("."), verbosity=0)
"""


def python(name: str, *program: str) -> None:
    """A Python process on the database of this name."""
    told = {"DATABASE_URL": database_url(name), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    ran = subprocess.run(
        [sys.executable, *program],
        cwd=CHECKOUT,
        env=os.environ | told,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr


def _said(cursor, name: str) -> str | None:
    """What was noted of the migrations in a database, if there is one."""
    cursor.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    )
    found = cursor.fetchone()
    return found and found[0]


def _all() -> list[Path]:
    """All migrations, those of others too."""
    folders = [Path(app.path, "migrations") for app in apps.get_app_configs()]
    return [path for folder in folders for path in sorted(folder.rglob("*.py"))]


def _digest(files: list[Path]) -> str:
    seen = hashlib.sha256()
    for path in files:
        seen.update(f"{path.parent} {path.name}\0".encode() + path.read_bytes())
    return seen.hexdigest()


def _make() -> str:
    """Run the newer ones, in the database the tests would use."""
    own = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["TEMPLATE"] = before()
    made = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = own
    return str(made)
