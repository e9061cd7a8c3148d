"""Three cards: where two networks are farthest, where nearest, and one by lot."""

from forums.knowledge.guesses.cards import AnsweredCard, GuessCard, dealt
from tests.knowledge.guesses.making import told

OURS, NEAR, FAR = 1, 2, 3
# Gaps to ours: statement 10: 10 and 70; 11: 40 and 5; 12: 20 and 30; 13: 0 and 15.
SAID = {
    10: {OURS: 80, NEAR: 70, FAR: 10},
    11: {OURS: 50, NEAR: 90, FAR: 45},
    12: {OURS: 30, NEAR: 50, FAR: 60},
    13: {OURS: 55, NEAR: 55, FAR: 40},
}


def cards(figures=None, **asked):
    given = {"member": 7, "round_": 5, "mine": OURS, "answered": set(SAID), "networks": {1, 2, 3}}
    return dealt(figures or told(SAID), **given | asked)


def pairs(found):
    return [(card.statement, card.network) for card in found]


def test_the_largest_gap_the_smallest_and_one_by_lot():
    first, second, third = pairs(cards())
    assert first == (10, FAR)
    assert second == (13, NEAR)
    assert third[0] in (11, 12)


def test_asked_again_they_are_the_same_and_another_member_has_others():
    assert cards() == cards()
    thirds = {pairs(cards(member=member))[2] for member in range(40)}
    assert thirds == {(11, NEAR), (11, FAR), (12, NEAR), (12, FAR)}


def test_her_own_network_is_never_asked_about():
    assert all(card.network == OURS for card in cards(mine=None, networks={OURS}))
    assert cards(networks={OURS}) == []


def test_who_counts_for_none_is_asked_by_the_gap_to_all():
    # Of all, 53⅓ agree with 10, and FAR is 43⅓ below; nowhere is a gap so large.
    assert pairs(cards(mine=None))[0] == (10, FAR)
    # Hers was not heard: the same. Of the others 40 agree with 10, and both are 30 from it; 67½ with 11, and both 22½.
    without = {pk: {n: p for n, p in each.items() if n != OURS} for pk, each in SAID.items()}
    assert pairs(cards(told(without)))[0][0] == 10


def test_only_about_what_she_has_answered_and_networks_that_are_shown():
    assert {card.statement for card in cards(answered={12})} == {12}
    assert {card.network for card in cards(networks={NEAR})} == {NEAR}
    assert cards(answered=set()) == []
    assert cards(told({})) == []


def test_a_card_is_read_back_and_nobody_makes_one():
    card = GuessCard(7, 5, 0, 10, FAR)
    assert GuessCard.read(card.signed()) == card
    answered = AnsweredCard(card, 3)
    assert AnsweredCard.read(answered.signed()) == answered
    for wrong in ("", "x", card.signed()[:-1], answered.signed(), "ก" * 90):
        assert GuessCard.read(wrong) is None
    assert AnsweredCard.read(card.signed()) is None
