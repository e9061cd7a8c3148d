"""A replica as far as the site's reading goes: another connection to the same database, which may do without streaming."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.core.cache import caches
from django.db import connections

from roypalang.replicas import middleware
from roypalang.replicas.watching import ReplicaWatch

ALIAS = "replica_1"


@pytest.fixture
def watch(settings, monkeypatch, transactional_db) -> Iterator[ReplicaWatch]:
    """Of one replica, which may be read from: nobody asks it how far it is."""
    own = connections["default"]
    # Not among the settings, whose databases each test must name.
    connections[ALIAS] = type(own)(deepcopy(own.settings_dict), ALIAS)
    settings.DATABASE_ROUTERS = ["roypalang.replicas.routing.ReplicaRouter"]
    watch = ReplicaWatch([ALIAS])
    monkeypatch.setattr(watch, "begin", lambda: None)
    monkeypatch.setattr(watch, "usable", lambda: [each for each in watch.replicas if each.position])
    watch.replicas[0].position = 1
    monkeypatch.setattr(middleware, "watch", watch)
    # Each test begins with an empty cache; for them it was emptied long ago.
    monkeypatch.setattr(caches["process"], "just_forgotten", lambda: False)
    yield watch
    connections[ALIAS].close()
    del connections[ALIAS]
