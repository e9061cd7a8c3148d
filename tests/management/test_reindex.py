"""manage.py reindex: what it says, what it leaves alone, and a run that is killed."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from forums.discussions.posts.models import Post
from forums.management.commands import reindex as command
from forums.search.index.models import SearchEntry, SearchWord
from forums.search.upkeep import actions
from tests.make import make_post, make_topic
from tests.management.commands import killed_once
from tests.search.entries import entries


def reindex(**options: object) -> tuple[str, str]:
    """What it writes to stdout and to stderr."""
    out, err = io.StringIO(), io.StringIO()
    call_command("reindex", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def posts(malee, monkeypatch) -> list[Post]:
    monkeypatch.setattr(command, "BATCH", 2)
    topic = make_topic(malee)
    for n in range(5):
        make_post(topic, malee, body=f"ข้อที่ {n}")
    return list(Post.objects.order_by("pk"))


@pytest.fixture
def counted(monkeypatch) -> list[int]:
    """How often words were counted; they have been, a moment ago."""
    times: list[int] = []
    monkeypatch.setattr(command, "count_words", lambda: times.append(1) or 12)
    SearchWord.objects.create(word="", documents=6, skeleton="", counted_at=timezone.now())
    return times


def test_it_says_how_much_it_did_and_does_it_once(posts, counted):
    right = entries()
    SearchEntry.objects.filter(pk__in=[posts[1].pk, posts[2].pk]).delete()
    SearchEntry.objects.filter(pk=posts[5].pk).update(version=0)
    assert reindex() == ("3 posts indexed.\n12 words counted.\n", "")
    assert entries() == right
    assert reindex() == ("0 posts indexed.\n", "")
    assert counted == [1]
    assert reindex(all=True)[0].startswith("6 posts")
    assert reindex(all=True, after=posts[3].pk)[0].startswith("2 posts")


def test_words_are_counted_when_that_is_due_and_quiet_is_quiet(posts, counted):
    SearchWord.objects.all().delete()
    assert reindex(verbosity=0) == ("", "")
    assert counted == [1]


def test_a_text_that_fails_is_named_and_the_exit_status_is_1(posts, counted, monkeypatch):
    SearchEntry.objects.all().delete()
    real = actions.entry_of

    def entry_of(pk, html, **fields):
        if pk == posts[3].pk:
            raise ValueError("no")
        return real(pk, html, **fields)

    monkeypatch.setattr(actions, "entry_of", entry_of)
    err = io.StringIO()
    with pytest.raises(CommandError, match="1 texts could not") as caught:
        call_command("reindex", stdout=io.StringIO(), stderr=err)
    assert caught.value.returncode == 1
    assert err.getvalue() == f"post {posts[3].pk}: ValueError: no\n"
    assert SearchEntry.objects.count() == 5
    assert counted == [1]


@pytest.mark.parametrize("everything", [False, True])
def test_stopped_it_says_how_to_go_on(posts, monkeypatch, everything):
    real, calls = command.reindex_posts, []

    def reindex_posts(**options):
        calls.append(options)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(**options)

    monkeypatch.setattr(command, "reindex_posts", reindex_posts)
    SearchEntry.objects.all().delete()
    err = io.StringIO()
    with pytest.raises(KeyboardInterrupt):
        call_command("reindex", stdout=io.StringIO(), stderr=err, all=everything)
    rest = f" --all --after {posts[1].pk}" if everything else ""
    assert err.getvalue() == f"Stopped. To go on: manage.py reindex{rest}\n"
    assert set(entries()) == {posts[0].pk, posts[1].pk}


_RUN = """
    import sys
    from django.conf import settings
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    import django
    django.setup()
    from django.core.management import call_command
    from forums.management.commands import reindex
    reindex.BATCH = 10
    call_command("reindex")
"""


@pytest.mark.django_db(transaction=True)
def test_a_run_killed_in_the_middle_goes_on_where_it_was():
    call_command("seed_load", posts=400, members=5, long_topic=300, stdout=io.StringIO())
    right = entries()
    SearchEntry.objects.all().delete()
    killed_once(lambda: SearchEntry.objects.count() >= 50, _RUN)
    there = SearchEntry.objects.count()
    assert 50 <= there < 400
    assert there % 10 == 0  # whole batches
    out, _err = reindex()
    assert out.startswith(f"{400 - there} posts")
    assert entries() == right
