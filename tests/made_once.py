"""What several tests only read is made once for their module, where making it takes longer than they do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import override_settings


@contextmanager
def made_once(blocker: Any) -> Iterator[None]:
    """Around the making and the `yield` of a fixture of scope "module" that asks for `django_db_setup` and
    `django_db_blocker`.

    A transaction around those of all the tests: what one of them writes is undone as always, what was made in
    here after the last. No test of such a module may commit (transaction=True).
    """
    around = transaction.atomic()
    around._from_testcase = (
        True  # as Django's TestCase marks its own: what is durable may stand in it
    )
    with blocker.unblock(), around:
        yield
        transaction.set_rollback(True)


def no_pace() -> override_settings:
    """For the making: nobody is held."""
    return override_settings(FORUMS_PACE={what: [] for what in settings.FORUMS_PACE})
