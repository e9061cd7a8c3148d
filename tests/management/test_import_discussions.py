"""The command: messages, exit status, progress; and a run that is killed."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from forums.discussions.openings.maintenance import repair_boards, repair_topics
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.imports.models import Imported
from forums.management.commands import import_discussions
from tests.imports.lines import BASE, member, post, topic, write
from tests.management.commands import killed_once
from tests.needs import needs_shared


class Ran:
    """What a run of the command printed, and how it ended."""

    def __init__(self, *arguments: object, **options: object) -> None:
        out, err = io.StringIO(), io.StringIO()
        self.status, self.last_words = 0, ""
        try:
            call_command(
                "import_discussions", *map(str, arguments), stdout=out, stderr=err, **options
            )
        except CommandError as error:
            self.status, self.last_words = error.returncode, str(error)
        self.out, self.err = out.getvalue(), err.getvalue()

    def row(self, name: str) -> list[str]:
        """created, already there, refused."""
        return next(line.split()[-3:] for line in self.out.splitlines() if line.startswith(name))


@pytest.mark.django_db
@pytest.mark.parametrize("packed", [False, True])
def test_a_good_file_ends_with_a_summary_and_status_0(tmp_path, packed):
    ran = Ran(write(tmp_path / "file", [*BASE, post("a"), post("b", "a")], packed=packed))
    assert ran.status == 0
    assert ran.err == ""
    assert ran.row("boards") == ["1", "0", "0"]
    assert ran.row("posts") == ["2", "0", "0"]
    assert "5 lines in" in ran.out
    assert "other lines" not in ran.out


@pytest.mark.django_db
def test_each_bad_line_is_named_with_file_and_number_and_the_status_is_1(tmp_path):
    lines = [*BASE, b"{", post("a", "nowhere"), b"", post("b", body=""), post("c")]
    path = write(tmp_path / "file.jsonl", lines)
    ran = Ran(path)
    assert ran.status == 1
    assert "3 lines were refused" in ran.last_words
    messages = sorted(ran.err.splitlines())
    assert [message.split(": ")[0] for message in messages] == [f"{path}:{n}" for n in (4, 5, 7)]
    assert ran.row("posts") == ["1", "0", "2"]
    assert ran.row("other lines") == ["0", "0", "1"]


@pytest.mark.django_db
def test_messages_are_not_half_thai(tmp_path):
    ran = Ran(write(tmp_path / "file", [*BASE, topic("t2", title="")]))
    assert ran.err.endswith(":4: title: Please give it a title.\n")


@pytest.mark.django_db
def test_a_second_run_finds_everything_there(tmp_path):
    path = write(tmp_path / "file", [*BASE, post("a")])
    Ran(path)
    ran = Ran(path)
    assert ran.status == 0
    assert [ran.row(name)[:2] for name in ("boards", "members", "topics", "posts")] == [
        ["0", "1"]
    ] * 4


@pytest.mark.django_db
def test_several_files_are_read_in_their_order(tmp_path):
    first, second = write(tmp_path / "1", BASE), write(tmp_path / "2", [post("a"), b"["])
    ran = Ran(first, second)
    assert ran.status == 1
    assert ran.err.startswith(f"{second}:2: ")
    assert Post.objects.count() == 2


@pytest.mark.django_db
def test_nothing_is_read_when_one_of_the_files_is_missing(tmp_path):
    path = write(tmp_path / "1", BASE)
    ran = Ran(path, tmp_path / "nowhere")
    assert ran.status == 2
    assert "nowhere" in ran.last_words
    assert Topic.objects.count() == 0


@pytest.mark.django_db
def test_a_file_that_is_cut_off_gives_what_is_there_and_status_2(tmp_path):
    path = write(tmp_path / "file.gz", [*BASE, *[post(f"p{n}") for n in range(1500)]], packed=True)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    ran = Ran(path, batch=100)
    assert ran.status == 2
    assert "cut off" in ran.last_words
    assert 100 < Post.objects.count() < 1500
    assert ran.row("posts")[0] == f"{Post.objects.count() - 1:,}"


@pytest.mark.django_db
def test_a_batch_that_fails_takes_nothing_of_what_came_before(tmp_path, monkeypatch):
    path, calls = write(tmp_path / "file", [*BASE, *[post(f"p{n}") for n in range(10)]]), []

    def bring_in(records):
        calls.append(records)
        if len(calls) == 3:
            raise RuntimeError("the light went out")
        return real(records)

    real = import_discussions.bring_in
    monkeypatch.setattr(import_discussions, "bring_in", bring_in)
    with pytest.raises(RuntimeError):
        Ran(path, batch=4)
    assert Imported.objects.count() == 8
    assert Ran(path, batch=4).row("posts") == ["5", "5", "0"]


@pytest.mark.django_db
def test_a_handle_taken_at_this_very_moment_is_seen_on_the_second_try(tmp_path, monkeypatch):
    from django.db import IntegrityError

    calls = []

    def bring_in(records):
        calls.append(records)
        if len(calls) == 1:
            raise IntegrityError("somebody signed up")
        return real(records)

    real = import_discussions.bring_in
    monkeypatch.setattr(import_discussions, "bring_in", bring_in)
    assert Ran(write(tmp_path / "file", [member()])).row("members") == ["1", "0", "0"]


def test_a_batch_of_no_size_is_refused(tmp_path):
    assert Ran(write(tmp_path / "file", BASE), batch=0).status == 2


_RUN = """
    import sys
    from django.conf import settings
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    import django
    django.setup()
    from django.core.management import call_command
    call_command("import_discussions", sys.argv[2], batch=20)
"""


@pytest.mark.django_db(transaction=True)
def test_a_run_killed_in_the_middle_goes_on_where_it_was(tmp_path: Path):
    lines = [*BASE, *[post(f"p{n}", f"p{n - 1}" if n % 3 else None) for n in range(1500)]]
    path = write(tmp_path / "file.gz", lines, packed=True)
    killed_once(lambda: Imported.objects.count() >= 100, _RUN, str(path))
    came_in = Imported.objects.count()
    assert 100 <= came_in < len(lines)
    ran = Ran(path)
    assert ran.status == 0
    assert Imported.objects.count() == len(lines)
    assert Post.objects.count() == 1501
    assert Topic.objects.get().reply_count == 1500
    found = repair_topics(after=0, size=10)
    assert (found.topics, found.posts, repair_boards()) == ([], [], [])


@pytest.mark.django_db
def test_the_shared_corpus_comes_in_whole():
    path = needs_shared("data", "thai", "discussions.jsonl.gz")
    ran = Ran(path)
    assert ran.err.count(str(path)) == 0
    assert ran.status == 0
    assert [ran.row(name)[0] for name in ("boards", "members", "topics", "posts")] == [
        "7",
        "800",
        "1,000",
        "13,500",
    ]
    found = repair_topics(after=0, size=2000)
    assert (found.topics, found.posts, repair_boards()) == ([], [], [])
