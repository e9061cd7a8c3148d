"""The same few everywhere: a visitor, Malee and Somchai (members), a moderator, and their networks."""

import gc
import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db import connection

from accounts.models import Member
from forums.base.rate_limits import counts
from forums.discussions.boards.models import Board
from forums.groups.networks.models import Network
from forums.moderation.crawlers.known import turns
from tests.clients import signed_in
from tests.drills.object_storage import ObjectStorage, object_storage, why_not
from tests.emptying import done, empty_quickly
from tests.filled import Filled, filled_once
from tests.kept_statements import keep_statements
from tests.loaded_once import load_once, loaded
from tests.make import make_board, make_member, make_network
from tests.migrated import migrated
from tests.plain_spaces import plain_spaces

# A busy machine is slow; hypothesis would call that a fault after 200 ms.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

empty_quickly()
keep_statements()
load_once()
plain_spaces()


# Files that take longest start first: the workers then end together (xdist gives files out in order).
LONGEST = (
    "tests/browser/test_every_address",
    # Needs no database: while one worker runs the migrations for all, the other would wait for them.
    "tests/text/test_render_hostile",
    "tests/demo/test_links",  # fills the demo, for which others would wait
    "tests/security/test_payloads",
    "tests/security/test_routes",
    "tests/browser/test_every_page",
    "tests/security/test_odd_requests",
    "tests/management/test_import_discussions",
    "tests/security/",
    "tests/browser/",
    "tests/benchmarks/",
    "tests/management/",
    "tests/pictures/test_hostile",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        found = (n for n, name in enumerate(LONGEST) if item.nodeid.startswith(name))
        return next(found, len(LONGEST))

    items.sort(key=place)  # in each place as they were


def pytest_collection_finish(session: pytest.Session) -> None:
    """What the modules and tests are made of stays: it need not be looked through for garbage again and again."""
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> None:
    """Before pytest-django makes a worker's database: of what it is a copy."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    yield
    done()


@pytest.fixture(scope="module")
def filled(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filled]:
    """The database with the demo in it, for all tests of a module: none of them may want an empty one."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # that of all workers
    with django_db_blocker.unblock(), filled_once(folder) as made:
        yield made


@pytest.fixture(autouse=True)
def _a_new_process():
    caches["process"].clear()
    counts.clear()
    turns.clear()
    loaded.clear()


@pytest.fixture
def visitor() -> AnonymousUser:
    return AnonymousUser()


@pytest.fixture
def malee(db) -> Member:
    return make_member("malee", display_name="มาลี คำหล้า", province="55")


@pytest.fixture
def somchai(db) -> Member:
    return make_member("somchai", display_name="สมชาย ตั้งใจดี", province="74")


@pytest.fixture
def moderator(db) -> Member:
    return make_member("moderator", display_name="ผู้ดูแลวันนี้", is_staff=True)


@pytest.fixture
def board(db) -> Board:
    return make_board()


@pytest.fixture
def network(malee) -> Network:
    """Malee's; where the name or the way of joining matters, a test or its folder has another."""
    return make_network("คนรักคลอง", malee)


@pytest.fixture
def canal(malee) -> Network:
    """One of two networks that hear each other: Malee's."""
    return make_network("บ้านมั่นคงคลองท่าเรือ", malee)


@pytest.fixture
def forest(somchai) -> Network:
    """The other one: Somchai's."""
    return make_network("คนเฝ้าป่าต้นน้ำ", somchai)


@pytest.fixture
def founder(db) -> Member:
    """Who registers as many networks as a test wants."""
    return make_member("founder")


@pytest.fixture
def as_(db):
    """A browser signed in as a member: as_(malee).get(…); as_(None) is a visitor's."""
    return signed_in


@pytest.fixture(scope="session")
def object_store() -> Iterator[ObjectStorage]:
    """Object storage with a bucket for pictures, which is promised nowhere: skips where a part of it is missing."""
    pytest.importorskip("obstore")
    if missing := why_not():
        pytest.skip(f"wants {missing}")
    with object_storage() as found:
        yield found
