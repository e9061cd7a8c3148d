"""The migrations run once, into a database that stays; what the tests use is a copy of it (10 s; 0.3 s)."""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

LOCK = 7_305_001  # no other process makes one meanwhile, or takes it for made while it is not


def migrated() -> str:
    """The name of a database in which every migration has run: made anew where one of them has changed."""
    name, digest = f"{connection.settings_dict['NAME']}_migrated", _digest()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        )
        if cursor.fetchone() != (digest,):
            made = _make()
            quoted = connection.ops.quote_name(name)
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
            cursor.execute(f"ALTER DATABASE {connection.ops.quote_name(made)} RENAME TO {quoted}")
            cursor.execute(f"COMMENT ON DATABASE {quoted} IS '{digest}'")
    return name


def _digest() -> str:
    """Of all migrations, those of others too."""
    seen = hashlib.sha256()
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "migrations").rglob("*.py")):
            seen.update(f"{app.label} {path.name}\0".encode() + path.read_bytes())
    return seen.hexdigest()


def _make() -> str:
    """Run them, in the database the tests would use."""
    before = connection.settings_dict["NAME"]
    made = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = before
    return str(made)
