"""Whatever is written moves the versions of what shows it, in the same transaction."""

import re
from threading import Barrier

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forums.base.advisory_locks import Lock
from forums.discussions.posts.actions import react
from forums.discussions.topics.models import Topic
from forums.kept import lookup
from forums.kept.kinds import OURS, tables_are_named
from forums.kept.models import PageScope, of_topic
from forums.kept.tables import LISTED, SHOWN, UNSEEN, UNSEEN_APPS, Moves
from forums.kept.triggers import standing
from forums.moderation import actions as moderation
from forums.notifications.models import Email
from tests.make import make_member, make_network, make_post, make_topic
from tests.threads import in_threads


def models():
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def test_other_packages_are_known():
    assert {model._meta.app_label for model in models().values()} - OURS == UNSEEN_APPS


def test_every_table_is_named_once_with_columns_that_are(monkeypatch):
    assert tables_are_named() == []
    table = next(iter(UNSEEN))
    monkeypatch.setitem(SHOWN, table, Moves(often=("no_column",)))
    monkeypatch.setitem(UNSEEN, "forums_nothing", "gone")
    monkeypatch.delitem(SHOWN, "forums_topic")
    said = [each.msg for each in tables_are_named()]
    assert said == sorted(
        [
            "forums_topic is not named in forums/kept/tables.py.",
            "forums_nothing of forums/kept/tables.py is no table.",
            f"{table} is both shown and unseen.",
            f"{table} has no column no_column.",
        ]
    )


def test_every_table_shown_has_its_triggers(db):
    """A column that is new is in none: then the triggers are made anew by a migration (as writes_move_versions does)."""
    wanted = set()
    for table, moves in SHOWN.items():
        columns = [field.column for field in models()[table]._meta.concrete_fields]
        wanted |= set(moves.triggers(table, columns))
    order = ("INSERT", "DELETE", "UPDATE", "TRUNCATE")
    assert standing() == {
        each._replace(events=tuple(event for event in order if event in each.events))
        for each in wanted
    }


def test_the_number_of_the_lock_is_the_one_the_triggers_know(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'forums_moves'")
        assert f"pg_try_advisory_xact_lock({Lock.PAGE_VERSIONS:d}," in cursor.fetchone()[0]


# -- What a write moves -------------------------------------------------------------------------


@pytest.fixture
def moved(transactional_db):
    """The scopes that were moved since it was asked last."""
    before = lookup.versions()

    def ask() -> set[int]:
        nonlocal before
        now = lookup.versions()
        changed = {scope for scope, n in now.items() if n != before.get(scope, 0)}
        assert all(now[scope] > before.get(scope, 0) for scope in changed)
        before = now
        return changed

    return ask


def test_a_reply_moves_its_topic_and_lists(moved):
    topic, author = make_topic(), make_member()
    moved()
    make_post(topic, author)
    assert moved() == {PageScope.LISTS, of_topic(topic.pk)}


def test_a_mark_moves_no_more(moved):
    topic, member = make_topic(), make_member()
    post = make_post(topic)
    moved()
    react(member=member, post=post, kind="agree", on=True)
    assert moved() <= {PageScope.LISTS, of_topic(topic.pk)}


def test_what_a_moderator_decides_moves_the_site(moved):
    topic, moderator = make_topic(), make_member(is_staff=True)
    post = make_post(topic)
    moved()
    moderation.hide_post(moderator=moderator, post=post, reason="โฆษณา")
    assert PageScope.SITE in moved()
    moderation.hide_topic(moderator=moderator, topic=topic, reason="โฆษณา")
    assert PageScope.SITE in moved()
    moderation.unhide_topic(moderator=moderator, topic=topic, reason="ดูผิด")
    assert PageScope.SITE in moved()
    moderation.lock(moderator=moderator, topic=topic, reason="พอแล้ว")
    assert PageScope.SITE in moved()


def test_a_name_moves_the_site_and_a_password_nothing(moved):
    member = make_member()
    moved()
    type(member).objects.filter(pk=member.pk).update(display_name="ชื่อใหม่")
    assert moved() == {PageScope.SITE}
    type(member).objects.filter(pk=member.pk).update(password="x", theme="dark")
    assert moved() == set()


def test_what_nobody_sees_moves_nothing(moved):
    member = make_member()
    moved()
    Email.objects.create(member=member, kind="welcome", key="x")
    assert moved() == set()


def test_what_is_undone_moved_nothing(moved):
    topic = make_topic()
    moved()
    with transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(title="อื่น")
        transaction.set_rollback(True)
    assert moved() == set()


def test_what_is_undone_in_part_is_moved_by_what_comes_after(moved):
    topic = make_topic()
    moved()
    with transaction.atomic():
        with transaction.atomic():
            Topic.objects.filter(pk=topic.pk).update(title="อื่น")
            transaction.set_rollback(True)
        Topic.objects.filter(pk=topic.pk).update(title="อีกอัน")
    assert moved() == {PageScope.SITE}


def test_nobody_sees_it_moved_before_the_rows(transactional_db):
    """What is written and that it was written are committed as one: another connection sees both or none."""
    topic = make_topic(title="ก่อน")
    before = lookup.versions()

    def look(_n):
        return lookup.versions().get(PageScope.SITE, 0), Topic.objects.get(pk=topic.pk).title

    with transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(title="หลัง")
        during = in_threads(look, [1])
    assert during == [(before.get(PageScope.SITE, 0), "ก่อน")]
    assert in_threads(look, [1]) == [(before.get(PageScope.SITE, 0) + 1, "หลัง")]


def test_many_write_at_once_and_none_waits_or_is_lost(transactional_db):
    topics = [make_topic() for _n in range(6)]
    before, all_of_them = lookup.versions(), Barrier(len(topics), timeout=10)

    def write(topic):
        with transaction.atomic():
            Topic.objects.filter(pk=topic.pk).update(title="อื่น", reply_count=1)
            all_of_them.wait()  # nobody has committed yet, and nobody waited to come here
        return "written"

    assert in_threads(write, topics) == ["written"] * len(topics)
    after = lookup.versions()
    for scope in (PageScope.SITE, PageScope.LISTS):
        assert after[scope] == before.get(scope, 0) + len(topics)


# -- What a kept page reads ---------------------------------------------------------------------

_TABLE = re.compile(r"\b((?:forums|accounts)_[a-z_]+)\b")
# Read by a kept page though their writes move nothing, each with the reason.
READ_ANYWAY = {
    "forums_pollballot",  # a reader's own answer: a visitor has none
    "forums_keptpage",
    "forums_pageversion",
}
# Read by a topic's page though its writes move only lists: of these rows it shows what moves the site.
NOT_THEIR_COUNTS = {"forums_network", "forums_board", "forums_tag", "accounts_member"}


def tables_read(path: str) -> set[str]:
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(path).status_code == 200, path
    found = " ".join(query["sql"] for query in asked.captured_queries)
    return set(_TABLE.findall(found)) & set(models())


def test_a_kept_page_reads_nothing_that_moves_nothing(db, kept_addresses):
    for path, _topic in kept_addresses:
        assert tables_read(path) & set(UNSEEN) <= READ_ANYWAY, path


def test_a_topics_page_reads_nothing_that_moves_lists_alone(db, kept_addresses):
    for path, topic in kept_addresses:
        if topic:
            lists_alone = {table for table in tables_read(path) if SHOWN.get(table) is LISTED}
            assert not lists_alone, path
            others = {
                table
                for table in tables_read(path)
                if table in SHOWN and SHOWN[table].function == LISTED.function
            }
            assert others <= NOT_THEIR_COUNTS | {"forums_attachment"}, path


def test_networks_are_shown_where_somebody_made_one(moved):
    moved()
    make_network()
    assert {PageScope.LISTS} <= moved()
