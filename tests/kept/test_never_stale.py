"""Whatever is written, in whatever order, a kept page is the page made anew."""

from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase
from hypothesis import settings as how
from hypothesis.stateful import invariant, run_state_machine_as_test

from forums.kept.models import KeptPage
from roypalang.process_cache import ProcessCache
from tests.emptying import empty_tables
from tests.kept.writes import Community

RUNS, STEPS = 6, 20
# What fails is said as it was done; to look for less that fails would take many minutes.
QUICKLY = how(
    max_examples=RUNS,
    stateful_step_count=STEPS,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_a_kept_page_is_the_page_made_anew(transactional_db, settings, monkeypatch):
    settings.FORUMS_KEPT_PAGES = False
    plain = Client()
    plain.handler.load_middleware()
    settings.FORUMS_KEPT_PAGES = True
    settings.FORUMS_PACE, settings.FORUMS_QUIET_EDIT = {}, 0
    settings.FORUMS_LIGHT_PACE = {}
    began = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: Community.now)

    class EachIsRead(Community):
        """After each write all pages are read, so that each is kept from before the next."""

        def __init__(self) -> None:
            Community.now = began
            caches["process"].clear()
            super().__init__()
            self.visitor = Client()

        @invariant()
        def what_is_given_is_true(self) -> None:
            for path in self.addresses():
                given, anew = self.visitor.get(path), self.anew(path)
                assert (given.status_code, given.content) == anew, path

        def anew(self, path: str) -> tuple[int, bytes]:
            """As it is made where nothing is kept and nothing remembered."""
            with monkeypatch.context() as patch:
                patch.setattr(ProcessCache, "get", lambda _self, _key, default=None, **_: default)
                response = plain.get(path)
            return response.status_code, response.content

        def teardown(self) -> None:
            assert KeptPage.objects.exists()
            empty_tables()

    run_state_machine_as_test(EachIsRead, settings=QUICKLY)
