"""`manage.py common_ground` on published files."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.needs import needs_shared


def run(*args) -> str:
    out = StringIO()
    call_command("common_ground", *map(str, args), stdout=out)
    return out.getvalue()


def files(name: str) -> list[str]:
    folder = needs_shared("data", "polis", name)
    return [
        "--votes",
        str(folder / "participants-votes.csv"),
        "--comments",
        str(folder / "comments.csv"),
    ]


def test_it_says_groups_common_ground_and_differences_as_json():
    said = json.loads(run(*files("brexit-consensus"), "--json"))
    assert said["participants"] == len(said["groups"]) == 197
    assert said["k"] == 2
    assert len(said["shown"]) == 5
    assert set(said["shown"]) <= set(said["consensus"])
    assert set(said["firm"]) <= set(said["shared"])
    assert not set(said["differ"]) & set(said["shared"])
    assert said["cpu_s"] > 0


def test_it_plays_the_votes_again():
    replay = needs_shared("data", "polis", "brexit-consensus") / "votes.csv"
    said = json.loads(run(*files("brexit-consensus"), "--replay", replay, "--json"))
    assert said["replay"]["share_lost"] <= 0.1
    assert set(said["replay"]["lost"]) <= set(said["replay"]["given"])


def test_without_json_it_is_read_by_people():
    assert "shown: (" in run(*files("scoop-hivemind.freshwater"))


def test_a_bad_file_ends_it_with_clear_words(tmp_path):
    path = tmp_path / "votes.csv"
    path.write_text("participant,0\n1,5\n")
    with pytest.raises(CommandError, match="line 2: '5' is no vote") as refused:
        run("--votes", path, "--comments", files("brexit-consensus")[3])
    assert refused.value.returncode == 1


def test_an_export_of_nobody_has_no_groups(tmp_path):
    votes, comments = tmp_path / "v.csv", tmp_path / "c.csv"
    votes.write_text("participant,0\n")
    comments.write_text("comment-id,moderated\n0,1\n")
    said = json.loads(run("--votes", votes, "--comments", comments, "--json"))
    assert (said["participants"], said["groups"], said["k"], said["shown"]) == (0, {}, 0, [])
