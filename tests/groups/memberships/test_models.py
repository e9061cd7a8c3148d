"""forums.groups.memberships.models: in which networks somebody is."""

from accounts.known import member_at
from accounts.models import Member
from forums.groups.memberships.models import JoinRequest, Membership, forget_roles, roles_of
from tests.make import join, make_network


def test_her_networks_come_with_who_is_signed_in_and_are_asked_anew_once_forgotten(
    malee, somchai, django_assert_num_queries
):
    hers = make_network("รักคลอง", malee)
    other = make_network("กลุ่มป่า", somchai)
    join(other, malee)
    JoinRequest.objects.create(network=hers, member=somchai)
    asked = roles_of(Member.objects.get(pk=malee.pk))
    assert [(mine.name, mine.waits) for mine in asked.values()] == [("กลุ่มป่า", 0), ("รักคลอง", 1)]
    with django_assert_num_queries(1):
        member = member_at(malee.pk)
        assert list(roles_of(member).items()) == list(asked.items())
    Membership.objects.filter(member=malee, network=other).delete()
    assert other.pk in roles_of(member)  # as long as the page she asked for
    forget_roles(member)
    with django_assert_num_queries(1):
        assert other.pk not in roles_of(member)
    with django_assert_num_queries(1):
        assert roles_of(member_at(somchai.pk))
