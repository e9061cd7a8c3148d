"""Wiring only: finds each noun's tables, and what it registers with others."""

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = _("Forum")

    def ready(self) -> None:
        load("kinds")


def load(name: str) -> None:
    """Import every noun's module of this name: its tables, what it registers with others, its desks."""
    here = Path(__file__).parent
    for path in sorted(here.rglob(f"*/{name}.py")):
        import_module(".".join(("forums", *path.relative_to(here).with_suffix("").parts)))
