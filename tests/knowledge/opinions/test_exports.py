"""Pol.is's files, good and bad."""

import re

import pytest

from forums.knowledge.opinions.exports import BadExport, read, read_cast
from forums.knowledge.opinions.votes import Vote

COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
HEAD = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n"


@pytest.fixture
def files(tmp_path):
    def write(votes: str, comments: str = COMMENTS + '1,x,0,0,1,0,1,"a, b"\n1,x,1,0,0,1,-1,c\n'):
        (tmp_path / "participants-votes.csv").write_text(votes)
        (tmp_path / "comments.csv").write_text(comments)
        return tmp_path / "participants-votes.csv", tmp_path / "comments.csv"

    return write


def test_a_conversation_is_read_with_its_refused_statements_and_whom_it_counted(files):
    of = read(*files(HEAD + "7,1,0,2,1,1,1,-1\n3,,0,1,0,0,,0\n"))
    assert of.votes.people == (3, 7)
    assert of.votes.named(of.votes.agree[0]) == (7,)
    assert of.votes.named(of.votes.passed[1]) == (3,)
    assert of.refused == {1}
    assert of.votes.named(of.counted) == (7,)


def test_where_no_group_is_named_nobody_was_counted_by_the_export(files):
    assert read(*files(HEAD + "7,,0,2,1,1,1,-1\n")).counted is None
    assert read(*files("participant,0,1\n7,1,-1\n")).counted is None


def test_an_export_without_votes_is_empty_and_one_vote_is_one(files):
    assert read(*files(HEAD)).votes.people == ()
    of = read(*files(HEAD + "1,,0,0,0,0,,\n2,,0,1,1,0, 1,\n")).votes
    assert (of.people, of.answered()) == ((1, 2), [0, 1])


def test_statements_that_the_comments_do_not_know_are_taken_as_they_are(files):
    of = read(*files(HEAD + "1,,0,2,1,1,1,-1\n", COMMENTS))
    assert (of.votes.statements, of.refused) == ((0, 1), frozenset())


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ("", "the file is empty"),
        ("person,0\n1,1\n", "no column participant"),
        (
            HEAD + "1,,0,0,0,0,1,0\n1,,0,0,0,0,0,1\n",
            "line 3: person 1 stands twice (first in line 2)",
        ),
        (HEAD + "1,,0,0,0,0,1,2\n", "line 2: '2' is no vote (1, 0 or -1)"),
        (HEAD + "1,,0,0,0,0,1,agree\n", "line 2: 'agree' is no vote"),
        (HEAD + "1,,0,0,0,0,1\n", "line 2: 7 cells, 8 in the head"),
        (HEAD + "x,,0,0,0,0,1,1\n", "line 2: 'x' is no number"),
        (HEAD + "-1,,0,0,0,0,1,1\n", "line 2: '-1' is no number"),
        (HEAD + "9999999999999999999,,0,0,0,0,1,1\n", "is no number"),
        ("participant,0,0\n1,1,1\n", "column 0 stands twice"),
        (HEAD + '1,,0,0,0,0,1,"1\n', "participants-votes.csv: "),
    ],
)
def test_a_file_that_is_no_export_is_refused_with_its_line(files, votes, said):
    with pytest.raises(BadExport, match=re.escape(said)):
        read(*files(votes))


def test_a_file_that_is_not_there_or_no_text_is_refused(files, tmp_path):
    votes, comments = files(HEAD)
    with pytest.raises(BadExport, match=r"none\.csv: No such file"):
        read(tmp_path / "none.csv", comments)
    votes.write_bytes(b"participant,0\n1,\xff\n")
    with pytest.raises(BadExport, match="is not UTF-8"):
        read(votes, comments)


def test_votes_with_their_times_come_oldest_first(tmp_path):
    path = tmp_path / "votes.csv"
    path.write_text(
        "timestamp,datetime,comment-id,voter-id,vote\n2000,x,0,5,-1\n1000,x,0,4,1\n2000,x,1,5,0\n"
    )
    cast = read_cast(path)
    assert [(each.at, each.person, each.statement) for each in cast] == [
        (1, 4, 0),
        (2, 5, 0),
        (2, 5, 1),
    ]
    assert cast[0].vote is Vote.AGREE
