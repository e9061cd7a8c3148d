"""What both sides say is told when enough have said it, and by no smaller steps."""

import pytest

from forums.knowledge.differences.actions import tell_difference
from forums.knowledge.differences.models import DifferenceAnswer, DifferenceKind
from forums.knowledge.differences.told import kinds_of_difference
from forums.knowledge.opinions.tallies import Finding
from tests.knowledge.differences.dispute import Dispute

pytestmark = pytest.mark.django_db
FACTS, VALUES, EXPERIENCE = (
    DifferenceKind.FACTS,
    DifferenceKind.VALUES,
    DifferenceKind.EXPERIENCE,
)


@pytest.fixture
def dispute():
    return Dispute()


def told(dispute):
    return kinds_of_difference([dispute.figures()]).get(dispute.statement.pk)


def test_before_five_of_each_side_nothing_is_told(dispute):
    dispute.say(dispute.forest, *[EXPERIENCE] * 5)
    dispute.say(dispute.town, *[EXPERIENCE] * 4)
    assert told(dispute) is None


def test_where_both_name_the_same_it_is_said_once(dispute):
    dispute.say(dispute.forest, *[EXPERIENCE] * 3, FACTS, VALUES)
    dispute.say(dispute.town, *[EXPERIENCE] * 4, FACTS)
    assert told(dispute).kind is EXPERIENCE


def test_where_they_do_not_each_is_told_for_itself_those_who_agree_most_first(dispute):
    dispute.say(dispute.forest, *[EXPERIENCE] * 5)
    dispute.say(dispute.town, *[VALUES] * 5)
    found = told(dispute)
    assert found.kind is None
    assert [(side.network.name, side.kind) for side in found.sides] == [
        ("คนเฝ้าป่า", EXPERIENCE),
        ("ฝุ่นเราไม่เอา", VALUES),
    ]


def test_a_side_that_names_two_alike_has_none(dispute):
    dispute.say(dispute.forest, FACTS, FACTS, VALUES, VALUES, EXPERIENCE)
    dispute.say(dispute.town, *[VALUES] * 5)
    assert told(dispute).sides[0].kind is None


def test_one_more_answer_changes_nothing_until_there_are_five_more(dispute):
    """Else who looks before and after knows what the sixth said."""
    dispute.say(dispute.forest, FACTS, FACTS, FACTS, VALUES, VALUES)
    dispute.say(dispute.town, *[FACTS] * 5)
    dispute.say(dispute.forest, *[VALUES] * 4)
    assert told(dispute).sides[0].kind is FACTS
    dispute.say(dispute.forest, VALUES)
    assert told(dispute).sides[0].kind is VALUES


def test_one_of_exactly_five_who_says_it_otherwise_changes_nothing(dispute):
    """Else whoever looks before and after reads her, and one who tries all four kinds reads the others."""
    dispute.say(dispute.forest, FACTS, FACTS, FACTS, VALUES, VALUES)
    dispute.say(dispute.town, *[FACTS] * 5)
    turned = DifferenceAnswer.objects.filter(network=dispute.forest, kind=FACTS).first()
    DifferenceAnswer.objects.filter(pk=turned.pk).update(kind=VALUES)
    tell_difference(statement=dispute.statement)
    assert told(dispute).sides[0].kind is FACTS


def test_who_leaves_is_not_found_by_looking_twice(dispute):
    dispute.say(dispute.forest, FACTS, FACTS, FACTS, VALUES, VALUES, VALUES)
    dispute.say(dispute.town, *[FACTS] * 5)
    before = told(dispute)
    DifferenceAnswer.objects.filter(network=dispute.forest, kind=FACTS).first().delete()
    tell_difference(statement=dispute.statement)
    assert told(dispute) == before


def test_where_networks_do_not_differ_nothing_is_asked(dispute, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert kinds_of_difference([dispute.figures(Finding.SHARED)]) == {}


def test_of_a_hidden_network_nothing_is_told(dispute):
    dispute.say(dispute.forest, *[FACTS] * 5)
    dispute.say(dispute.town, *[FACTS] * 5)
    type(dispute.town).objects.filter(pk=dispute.town.pk).update(hidden_at=dispute.topic.created_at)
    assert told(dispute) is None


def test_what_a_third_network_once_said_is_not_counted(dispute):
    dispute.say(dispute.forest, *[FACTS] * 5)
    dispute.say(dispute.town, *[FACTS] * 5)
    DifferenceAnswer.objects.filter(network=dispute.town).update(network=dispute.between)
    tell_difference(statement=dispute.statement)
    assert told(dispute) is None


def test_many_statements_are_one_query(dispute, django_assert_num_queries):
    dispute.say(dispute.forest, FACTS)
    with django_assert_num_queries(1):
        kinds_of_difference([dispute.figures()] * 5)
