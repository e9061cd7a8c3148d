from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# Whose letters.py is loaded: the kinds of letters and what is done from time to time.
NOUNS = (
    "networks", "memberships", "organisations", "boards", "posts", "topics", "voices", "activities",
    "ledger", "pages", "moderation", "members",
)  # fmt: skip


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = _("Forum")

    def ready(self) -> None:
        for noun in NOUNS:
            if find_spec(f"forums.{noun}.letters"):
                import_module(f"forums.{noun}.letters")
