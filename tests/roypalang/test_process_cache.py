"""What one process forgets, all forget; and what a moderator hides is forgotten."""

import subprocess
import sys
import time

import pytest
from django.core.cache import caches
from django.utils.safestring import mark_safe

from forums.base.reading_from import read_from, reading_anew
from forums.front.networks import neighbours
from forums.groups.directory import lists
from forums.groups.networks.ties import tie_members
from forums.moderation import actions
from forums.moderation.networks import actions as network_acts
from forums.moderation.sanctions import actions as sanctions
from roypalang.process_cache import ProcessCache
from tests.make import make_network, make_topic


@pytest.fixture
def two(tmp_path):
    """The caches of two processes."""
    params = {"OPTIONS": {"STAMP": tmp_path / "forgotten", "MAX_ENTRIES": 10}, "TIMEOUT": 60}
    return [ProcessCache(f"{tmp_path}{n}", params) for n in range(2)]


def test_each_process_has_its_own(two):
    one, other = two
    one.set("name", "ป่า")
    assert one.get("name") == "ป่า"
    assert other.get("name") is None
    assert other.get("name", "?") == "?"


def test_who_changes_what_she_was_given_changes_nothing_that_is_kept(two):
    one, _other = two
    names = ["ป่า"]
    one.set("names", names)
    names.append("คลอง")
    one.get("names").append("ทะเล")
    assert one.get("names") == ["ป่า"]


def test_a_text_is_given_as_it_is_and_stays_safe(two):
    one, _other = two
    html = mark_safe("<b>ป่า</b>")
    one.set("html", html)
    assert one.get("html") is html


def test_it_is_kept_as_long_as_was_said_and_no_longer(two, monkeypatch):
    one, _other = two
    one.set("minute", "ป่า", 60)
    one.set("ever", "คลอง", None)
    one.set("never", "ทะเล", 0)
    assert [one.get(name) for name in ("minute", "ever", "never")] == ["ป่า", "คลอง", None]
    later = time.time() + 61
    monkeypatch.setattr("roypalang.process_cache.time.time", lambda: later)
    assert [one.get(name) for name in ("minute", "ever")] == [None, "คลอง"]


def test_what_was_not_looked_at_longest_makes_room(two):
    one, _other = two
    for n in range(10):
        one.set(f"name{n}", "ป่า")
    assert one.get("name0") == "ป่า"
    one.set("name10", "ป่า")
    assert (one.get("name0"), one.get("name1"), one.get("name10")) == ("ป่า", None, "ป่า")


def test_what_is_deleted_is_gone(two):
    one, _other = two
    one.set("name", "ป่า")
    assert one.delete("name")
    assert not one.delete("name")
    assert one.get("name") is None


def test_what_one_process_clears_every_process_forgets(two):
    one, other = two
    for _twice in range(2):  # also when there is a stamp already
        one.set("name", "ป่า")
        other.set("name", "ป่า")
        one.clear()
        assert other.get("name") is None
        assert one.get("name") is None


def test_what_was_read_before_is_not_kept_after(two):
    one, other = two
    assert other.get("name") is None  # and now it asks the database …
    one.clear()  # … while a moderator hides what it reads
    other.set("name", "ป่า")
    assert other.get("name") is None
    other.set("name", "คลอง")
    assert other.get("name") == "คลอง"


def test_a_folder_that_cannot_be_written_to_hinders_nobody(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    params = {"OPTIONS": {"STAMP": tmp_path / "file" / "forgotten"}, "TIMEOUT": 60}
    cache = ProcessCache(f"{tmp_path}", params)
    cache.set("name", "ป่า")
    assert cache.get("name") == "ป่า"
    cache.clear()
    assert cache.get("name") is None
    assert "minute" in caplog.text


@pytest.fixture
def forgets(two, settings, django_capture_on_commit_callbacks):
    """Does another process forget what it knew, once this is done?"""

    def look(act) -> bool:
        stamp = settings.CACHES["process"]["OPTIONS"]["STAMP"]
        other = ProcessCache("another-process", {"OPTIONS": {"STAMP": stamp}, "TIMEOUT": 60})
        other.set("known", True)
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return other.get("known") is None

    return look


OTHER = """
import sys
from pathlib import Path
from roypalang.process_cache import ProcessCache
cache = ProcessCache("other", {"OPTIONS": {"STAMP": Path(sys.argv[1])}, "TIMEOUT": 60})
cache.set("known", True)
for _line in sys.stdin:
    print(cache.get("known"), flush=True)
    cache.set("known", True)
"""


def test_a_process_of_its_own_forgets_a_network_when_it_is_hidden_and_when_it_is_shown(
    settings, malee, moderator, django_capture_on_commit_callbacks
):
    network = make_network("คนรักคลอง", malee)
    stamp = settings.CACHES["process"]["OPTIONS"]["STAMP"]
    caches["process"].clear()
    run = [sys.executable, "-c", OTHER, str(stamp)]
    with subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:

        def knows() -> str:
            other.stdin.write("?\n")
            other.stdin.flush()
            return other.stdout.readline().strip()

        assert knows() == "True"
        for act in (network_acts.hide, network_acts.unhide):
            with django_capture_on_commit_callbacks(execute=True):
                act(moderator=moderator, network=network, reason="ตามกติกาข้อ 3")
            assert knows() == "None"
            assert knows() == "True"
        other.stdin.close()


def test_every_decision_of_a_moderator_is_known_everywhere_at_once(
    forgets, board, malee, somchai, moderator
):
    topic = make_topic(malee, board)
    network = make_network("คนรักคลอง", malee)
    acts = [
        lambda: actions.hide_topic(moderator=moderator, topic=topic, reason="ตามกติกาข้อ 3"),
        lambda: sanctions.suspend(moderator=moderator, member=somchai, reason="ตามกติกาข้อ 3"),
        lambda: network_acts.hide(moderator=moderator, network=network, reason="ตามกติกาข้อ 3"),
    ]
    assert [forgets(act) for act in acts] == [True] * 3


def test_a_hidden_network_is_gone_from_its_neighbours_and_from_the_garland(
    malee, moderator, django_capture_on_commit_callbacks
):
    network, other = make_network("คนรักคลอง", malee), make_network("ป่าชุมชน", malee)
    tie_members(network.pk, [other.pk], 1)
    assert "ป่าชุมชน" in neighbours.section(network)
    assert "ป่าชุมชน" in [row.name for row in lists.active()]
    with django_capture_on_commit_callbacks(execute=True):
        network_acts.hide(moderator=moderator, network=other, reason="ตามกติกาข้อ 3")
    assert "ป่าชุมชน" not in neighbours.section(network)
    assert "ป่าชุมชน" not in [row.name for row in lists.active()]


def test_who_no_longer_shows_its_members_is_not_counted_for_another_minute(
    malee, django_capture_on_commit_callbacks
):
    from forums.groups.networks.models import Audience
    from forums.groups.profiles.actions import edit_network

    network, other = make_network("คนรักคลอง", malee), make_network("ป่าชุมชน", malee)
    tie_members(network.pk, [other.pk], 1)
    assert "ป่าชุมชน" in neighbours.section(network)
    with django_capture_on_commit_callbacks(execute=True):
        edit_network(editor=malee, network=other, members_shown_to=Audience.NETWORK)
    assert "ป่าชุมชน" not in neighbours.section(network)


def test_a_thousand_fit():
    cache = caches["process"]
    for n in range(1_000):
        cache.set(f"neighbours:{n}:th", "")
    assert all(cache.get(f"neighbours:{n}:th") == "" for n in range(1_000))


def test_what_a_replica_said_is_not_kept_just_after_something_was_hidden(two, settings):
    """It may not have heard of it yet; what the server says that is written to is kept."""
    settings.FORUMS_REPLICA_BEHIND = 1_000
    one, _other = two
    one.clear()
    with reading_anew():
        read_from("replica_1")
        assert one.get("name") is None
        one.set("name", "ป่า")
        assert one.get("name") is None
        read_from(None)
        assert one.get("name") is None
        one.set("name", "ป่า")
        assert one.get("name") == "ป่า"
    settings.FORUMS_REPLICA_BEHIND = -10
    with reading_anew():
        read_from("replica_1")
        assert one.get("other") is None
        one.set("other", "คลอง")
        assert one.get("other") == "คลอง"
