"""What the processes of the machine remember for a minute, forgotten sooner."""

from django.core.cache import caches
from django.db import transaction


def forget_at_once() -> None:
    """When this is committed, no process shows what it remembers from before.

    Not sooner, or a request in between would remember the old for another minute.
    """
    transaction.on_commit(lambda: caches["process"].clear())
