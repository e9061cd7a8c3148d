"""The acts: what is known of one is known of all."""

from forums.moderation.desks import acts
from forums.moderation.models import TRAITS, Act
from tests.needs import CHECKOUT

OFFERED = (
    *(*acts.TOPIC_ACTS, *acts.POST_ACTS, *acts.MEMBER_ACTS),
    *(*acts.NETWORK_ACTS, *acts.REQUEST_ACTS, *acts.ACTIVITY_ACTS, *acts.ORGANISATION_ACTS),
    *acts.REPORT_ACTS,
)


def test_each_act_has_its_traits_and_stands_on_a_desk():
    assert list(TRAITS) == list(Act)
    elsewhere = {
        *(Act.REGISTER, Act.CLOSE, Act.OPEN),  # a form of its own; the page of a text's versions
        *(Act.CONCEAL, Act.REVEAL),  # the page of a text's passages
        *(Act.CLARIFY, Act.UNCLARIFY),  # a case, and what stands pinned
        *(Act.WITHDRAW, Act.PUT_BACK, Act.END),  # a case, and where what stands in a topic is read
    }
    assert {offer.act for offer in OFFERED} | elsewhere == set(Act)


def test_what_is_decided_about_a_network_is_told_to_its_coordinators():
    told = {act for act, traits in TRAITS.items() if traits.told}
    of_its_ledger = {Act.WITHDRAW, Act.PUT_BACK}
    assert told == {offer.act for offer in acts.NETWORK_ACTS} | {Act.REGISTER} | of_its_ledger


def test_what_is_offered_about_a_topic_has_a_drawing_and_beside_it_asks_only_why():
    drawings = "".join(
        path.read_text() for path in (CHECKOUT / "templates/components").glob("icons*.html")
    )
    for offer in acts.TOPIC_ACTS:
        assert not offer.beside or offer.asks_only_why
        assert not offer.offer or f'id="i-{offer.icon}"' in drawings
