"""What is forgotten of kept pages by itself: they say names of people, and nobody asks for some of them again.

And what each command says at once where a table was made, or taken away, and `tables.py` does not know.
"""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.checks import Error, register

from forums.kept import actions
from forums.kept.tables import SHOWN, UNSEEN
from forums.notifications.registry import scheduled

OURS = {"accounts", "forums"}


@scheduled("kept pages: those that are over")
def forget(now: datetime) -> None:
    """Of what was read an hour ago nothing stays."""
    actions.sweep(now=now)


@register()
def tables_are_named(**_asked: Any) -> list[Error]:
    """Every table of ours once, each column that is named there."""
    models = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OURS
    }
    named = {*SHOWN, *UNSEEN}
    wrong = [f"{table} is not named in forums/kept/tables.py" for table in models.keys() - named]
    wrong += [f"{table} of forums/kept/tables.py is no table" for table in named - models.keys()]
    wrong += [f"{table} is both shown and unseen" for table in SHOWN.keys() & UNSEEN.keys()]
    for table, moves in SHOWN.items():
        columns = {field.column for field in models[table]._meta.concrete_fields} if table in models else set()  # fmt: skip
        unknown = {*(moves.often or ()), *moves.unseen} - columns
        wrong += [f"{table} has no column {column}" for column in unknown if table in models]
    return [Error(f"{each}.", id="forums.E081") for each in sorted(wrong)]
