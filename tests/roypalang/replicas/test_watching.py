"""How far a replica is: asked of real ones, which stream, fall behind, freeze, go away and are promoted."""

import time
from collections import deque

import dj_database_url
import pytest
from django.db import connections

from roypalang.postgres.base import DatabaseWrapper
from roypalang.replicas import watching
from roypalang.replicas.watching import ReplicaWatch, WatchedReplica, look
from tests.drills.cluster import PostgresCluster, PostgresServer, until

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cluster():
    with PostgresCluster(1) as cluster:
        cluster.primary.ask("CREATE TABLE line (n int)")
        yield cluster


def reached(server: PostgresServer):
    told = dj_database_url.parse(server.url(), engine="roypalang.postgres")
    told["OPTIONS"] = {"connect_timeout": 2}
    own = connections["default"]
    made = DatabaseWrapper({**own.settings_dict, **told}, "default")
    made.inc_thread_sharing()
    return made


class Reached(dict):
    settings = {"replica_1": {"HOST": "127.0.0.1", "PORT": ""}}


@pytest.fixture
def asked(cluster, monkeypatch):
    """What is known of the replica after it was asked so often; `now` is the time it is asked at."""
    replica, written = WatchedReplica("replica_1"), deque(maxlen=120)
    there = Reached(default=reached(cluster.primary), replica_1=reached(cluster.replicas[0]))
    monkeypatch.setattr(watching, "connections", there)

    def ask() -> WatchedReplica:
        look(replica, written)
        return replica

    yield ask
    for connection in there.values():
        connection.close()


def held(replica: PostgresServer, *, held: bool) -> None:
    replica.ask(f"SELECT pg_wal_replay_{'pause' if held else 'resume'}()")


def test_one_that_has_all_may_be_read(cluster, asked):
    cluster.caught_up()
    replica = asked()
    assert replica.may_be_read(time.monotonic())
    assert replica.behind(time.monotonic()) < 2
    assert replica.position == int(
        cluster.replicas[0].ask("SELECT pg_last_wal_replay_lsn() - '0/0'")
    )


def test_one_on_which_nothing_was_written_for_long_is_not_behind(asked, monkeypatch):
    asked()
    later = time.monotonic() + 3600
    monkeypatch.setattr(watching.time, "monotonic", lambda: later)
    assert asked().may_be_read(watching.time.monotonic())


def test_one_that_falls_behind_is_left_out_and_comes_back(cluster, asked, monkeypatch):
    cluster.caught_up()
    clock = time.monotonic()
    monkeypatch.setattr(watching.time, "monotonic", lambda: clock)
    asked()
    held(cluster.replicas[0], held=True)
    try:
        cluster.primary.ask("INSERT INTO line VALUES (1)")
        for seconds, may in [(1, True), (1, True), (1, True), (2, False), (20, False)]:
            clock += seconds
            assert asked().may_be_read(clock) is may, clock
            assert asked().why == "it is too far behind"
    finally:
        held(cluster.replicas[0], held=False)
    cluster.caught_up()
    assert asked().may_be_read(clock)


def test_one_that_was_cut_off_and_thinks_it_has_all_is_left_out(cluster, asked, monkeypatch):
    """It has all it was ever sent."""
    cluster.caught_up()
    clock = time.monotonic()
    monkeypatch.setattr(watching.time, "monotonic", lambda: clock)
    asked()
    (cut_off,) = cluster.replicas
    cut_off.ask("ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port=1'")
    cut_off.ask("SELECT pg_reload_conf()")
    try:
        until(
            lambda: (
                cut_off.ask("SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'")
                == 0
            )
        )
        cluster.primary.ask("INSERT INTO line VALUES (1)")
        clock += 10
        replica = asked()
        assert cut_off.ask("SELECT pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn()") is True
        assert replica.answered_at == clock
        assert not replica.may_be_read(clock)
    finally:
        cut_off.follow(cluster.primary)
        cut_off.ask("SELECT pg_reload_conf()")
    cluster.caught_up()
    assert asked().may_be_read(clock)


def test_one_that_is_stopped_is_left_out_and_comes_back(cluster, asked):
    (stopped,) = cluster.replicas
    asked()
    stopped.stop()
    try:
        replica = asked()
        assert "onnection" in replica.why
        assert not replica.may_be_read(time.monotonic() + watching.SILENT)
        (watch := ReplicaWatch([])).replicas = [replica]
        assert watch.usable()  # nobody has noticed yet
        watch.leave_out("replica_1", "a page did")
        assert not watch.usable()
    finally:
        stopped.start()
    cluster.caught_up()
    asked()
    assert watch.usable()


def test_it_is_asked_by_a_thread_also_after_a_fork(cluster, asked, monkeypatch):
    monkeypatch.setattr(watching, "EVERY", 0.05)
    watch = ReplicaWatch(["replica_1"])
    assert not watch.usable()
    watch.begin()
    (thread,) = watch._threads.values()
    watch.begin()
    assert [*watch._threads.values()] == [thread]
    until(watch.usable)
    watch.end()
    watch.begin()  # as in a process of its own, where the threads are gone
    (other,) = watch._threads.values()
    assert (other.is_alive(), other is thread) == (True, False)
    watch.end()


def test_one_that_is_promoted_is_no_replica_any_more(cluster, asked):
    """The last one here: it does not come back."""
    asked()
    cluster.replicas[0].promote()
    replica = asked()
    assert "no replica" in replica.why
    assert not replica.may_be_read(time.monotonic() + watching.SILENT)
