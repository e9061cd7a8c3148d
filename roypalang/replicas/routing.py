"""Where Django's ORM reads and writes; used only where there are replicas."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS

from forums.base.reading_from import read_from, reading_alias

# What is decided upon there and then: who somebody is, how often she tried.
_NEWEST = {"account", "django_cache", "mfa", "sessions", "usersessions"}


class ReplicaRouter:
    """Reads by what was chosen for the request; whoever writes reads from then on where she wrote."""

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        return DEFAULT_DB_ALIAS if model._meta.app_label in _NEWEST else reading_alias()

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        read_from(None)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        return True  # they are rows of one database, wherever each was read

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS
