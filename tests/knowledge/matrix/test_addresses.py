"""What each address answers whom: of every statement and poll, in every state of their topic, in every board."""

from typing import Any

import pytest

from tests.knowledge.matrix.asking import (
    Request,
    answers,
    ask,
    cell,
    compared,
    of_poll,
    of_statement,
    of_topic,
    route_of,
    routes,
)
from tests.knowledge.matrix.place import FATES, PEOPLE, POLLS, STATES, Place, undone

HERE = tuple(who for who in PEOPLE if who not in ("gone", "blocking"))  # they see what others see
WRITERS = ("author", "starter", "coordinator", "moderator")
ALL = (*of_topic(), *of_statement(), *of_poll())
# What is one's own, and what is asked of parts that are no statement and no poll: in tests of their nouns.
ELSEWHERE = {
    "statements/",
    "t/<int:pk>/common/speak/<int:number>/",
    "t/<int:pk>/common/speak/<int:number>/judge/",
}


def names_of(place: Place, statement: str = "open", poll: str = "poll") -> dict[str, Any]:
    found = place.statements[statement]
    return {"n": found.number, "pk": found.pk, "poll": place.polls[poll].pk}


def test_every_address_is_asked():
    """A new one of statements, votes and polls fails here until a line says who may enter."""
    assert routes() - {route_of(each) for each in ALL} == ELSEWHERE


def test_of_a_topic(place):
    compared("topic", PEOPLE, [answers(place, each, PEOPLE) for each in of_topic()])


@pytest.mark.parametrize("fate", FATES)
def test_of_a_statement(place, fate):
    names = names_of(place, statement=fate)
    asked = [each for each in of_statement() if fate in ("open", "waiting") or not each.is_more]
    found = [answers(place, each, HERE, part=fate, **names) for each in asked]
    compared("statements", HERE, found, part=fate)


@pytest.mark.parametrize("state", POLLS)
def test_of_a_poll(place, state):
    names, part = names_of(place, poll=state), state.partition(" ")[0]
    found = [answers(place, each, HERE, part=part, **names) for each in of_poll()]
    compared("polls", HERE, found, part=part)


# -- states of the topic, and boards -----------------------------------------------------------------

READING = Request("GET", "common/words/")  # asks of nothing but the topic
SHUT = ("plain", "hidden")


@pytest.mark.parametrize(
    "board", ["public", "members", "network, all read", "network", "moderators"]
)
def test_who_reads_the_topic_where_and_to_others_nothing_of_it_is_there(place, board):
    """Each of those asks some of all addresses, so that all of them are asked by somebody in every board."""
    found, told, asked = [], [], set()
    for turn, state in enumerate(STATES if board == "public" else SHUT):
        with undone():
            place.topic_is(state, board)
            found.append(answers(place, READING, PEOPLE, part=f"{board}: {state}", said=""))
            unseen = [who for who in PEOPLE if cell(ask(place, who, READING)) == "."]
            for at, who in enumerate(unseen):
                for each in ALL[(turn * 4 + at) % 10 :: 10]:
                    asked.add(each.row)
                    if who == "author" and each.address.startswith("/statements/"):
                        continue  # what is her own
                    answer = cell(ask(place, who, each, **names_of(place)))
                    signed_out = who in ("visitor", "gone", "silenced")
                    if answer not in (".", *(("in", "403") if signed_out else ())):
                        told.append((state, who, each.row, answer))
    compared("readers", PEOPLE, found, part=f"{board}:")
    assert told == []
    assert asked == {each.row for each in ALL}


@pytest.mark.parametrize("state", ["hidden", "closed", "archived", "merged"])
def test_what_is_written_where_the_topic_is_in_another_state(place, state):
    with undone():
        place.topic_is(state)
        compared("states", WRITERS, written(place, state), part=state)


def test_what_is_written_in_a_board_of_a_network(place):
    with undone():
        place.topic_is("plain", "network, all read")
        compared("states", WRITERS, written(place, "network's"), part="network's")


def written(place: Place, part: str) -> list[str]:
    """What comes of each form; of what waits, where that is what one decides on. And the export, when the round is over."""
    found = []
    for each in ALL:
        if each.method == "POST" and "guess" not in each.address:
            names = names_of(place, "waiting" if each.is_of_waiting else "open")
            found.append(answers(place, each, WRITERS, part=part, **names))
    place.over()
    found.append(answers(place, Request("GET", "common/export.zip"), WRITERS, part=part))
    return found
