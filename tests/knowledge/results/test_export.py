"""A round that is over, as files that our command and tools for Pol.is read."""

import json
import random
import threading
from datetime import UTC, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command

from forums.knowledge.opinions.exports import read, read_cast
from forums.knowledge.opinions.tallies import HEARD
from forums.knowledge.results import export
from forums.knowledge.results.dealing import dealt
from forums.knowledge.results.export import MOST, BusyPacking, kept, packed
from forums.knowledge.results.told import ToldVotes
from forums.knowledge.statements.models import Statement
from tests.knowledge.opinions.conversations import camps

CLOSED = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def told():
    votes = camps(2, people=60, statements=12)
    return ToldVotes(
        votes.statements,
        {(1 + person % 2, person): row for person, row in enumerate(votes.ballots)},
    )


@pytest.fixture
def unpacked(told, tmp_path):
    statements = [
        Statement(pk=pk, number=pk + 1, body=f"=คำกล่าว {pk}, “ที่มีจุลภาค”") for pk in told.statements
    ]
    made = dealt(told, dict.fromkeys(range(60), 0), chance=random.Random(1))
    file = packed(
        made, statements[:-1], {1: "อสม.", 2: "@ป่า"}, closed=CLOSED, source="https://x.example/t/1/"
    )
    with ZipFile(BytesIO(file)) as archive:
        archive.extractall(tmp_path)
    return tmp_path


def test_our_own_command_reads_it(unpacked):
    out = StringIO()
    call_command(
        "common_ground",
        votes=unpacked / "participants-votes.csv",
        comments=unpacked / "comments.csv",
        json=True,
        stdout=out,
    )
    said = json.loads(out.getvalue())
    assert said["participants"] == 60
    assert sorted(said["consensus"]) == list(range(1, 12))


def test_it_says_what_was_told_and_leaves_out_what_may_not_be_seen_any_more(told, unpacked):
    of = read(unpacked / "participants-votes.csv", unpacked / "comments.csv")
    was = told.votes(told.statements)
    assert of.votes.statements == tuple(range(1, 12))
    for statement in was.statements[:-1]:
        assert of.votes.agree[statement + 1].bit_count() == was.agree[statement].bit_count()
        assert of.votes.seen(statement + 1).bit_count() >= HEARD
    cast = read_cast(unpacked / "votes.csv")
    assert len(cast) == sum(of.votes.answered())
    assert {each.at for each in cast} == {CLOSED.timestamp()}
    assert "คำกล่าว 11" not in (unpacked / "comments.csv").read_text()


def test_it_names_its_licence_and_its_source_and_no_cell_is_a_formula(unpacked):
    about = (unpacked / "README.txt").read_text()
    assert "creativecommons.org/licenses/by/4.0" in about
    assert "https://x.example/t/1/" in about
    text = (unpacked / "comments.csv").read_text() + (
        unpacked / "participants-votes.csv"
    ).read_text()
    assert ",=" not in text
    assert ",@" not in text


def test_red_dwarf_reads_it(unpacked):
    """A program made for exports of Pol.is."""
    loader = pytest.importorskip("reddwarf.data_loader")

    class FromFiles:
        def get(self, address):
            class Answer:
                text = (unpacked / address.removeprefix("dir:")).read_text()

            return Answer()

    read_ = loader.Loader.__new__(loader.Loader)
    read_.session, read_.polis_instance_url = FromFiles(), ""
    read_.load_remote_export_data_comments("dir:")
    read_.load_remote_export_data_votes("dir:")
    assert not read_._is_statement_meta_field_missing()
    assert len(read_.comments_data) == 11
    assert {vote["vote"] for vote in read_.votes_data} <= {1, 0, -1}


# -- Made once ---------------------------------------------------------------------------------------


@pytest.fixture
def nothing_kept(monkeypatch):
    monkeypatch.setattr(export, "_files", {})


@pytest.mark.usefixtures("nothing_kept")
def test_it_is_made_once_and_the_oldest_goes_first():
    made = []

    def make(key):
        made.append(key)
        return str(key).encode()

    for key in [1, 1, *range(1, MOST + 1), *range(1, MOST + 1)]:
        assert kept(key, lambda key=key: make(key)) == str(key).encode()
    assert made == list(range(1, MOST + 1))
    kept(MOST + 1, lambda: b"new")
    kept(1, lambda: make(1))
    assert made[-1] == 1
    assert len(made) == MOST + 1


@pytest.mark.usefixtures("nothing_kept")
def test_while_one_is_made_and_one_waits_others_are_told_to_come_again(monkeypatch):
    monkeypatch.setattr(export, "SECONDS", 0.01)
    begun, go_on = threading.Event(), threading.Event()

    def slow():
        begun.set()
        go_on.wait(10)
        return b"slow"

    first = threading.Thread(target=kept, args=("a", slow))
    first.start()
    begun.wait(10)
    with pytest.raises(BusyPacking):
        kept("b", lambda: b"")
    go_on.set()
    first.join()
    assert kept("a", lambda: b"other") == b"slow"
