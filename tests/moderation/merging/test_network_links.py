"""Links of two networks that become one: one parent, no circle."""

from django.utils import timezone

from forums.groups.links.models import LinkKind, NetworkLink
from forums.groups.networks.models import Network
from tests.make import make_network


def link(one: Network, other: Network, kind: str, member) -> NetworkLink:
    return NetworkLink.objects.create(
        source=one, target=other, kind=kind, asked_by=member,
        confirmed_by=member, confirmed_at=timezone.now(),
    )  # fmt: skip


def test_links_go_on_with_one_parent_and_no_circle(source, target, malee, merged):
    parent, old_parent, child, friend = (make_network() for _ in range(4))
    link(target, parent, LinkKind.PARENT, malee)
    link(source, old_parent, LinkKind.PARENT, malee)
    link(child, source, LinkKind.PARENT, malee)
    link(parent, source, LinkKind.PARENT, malee)  # would close a circle with target → parent
    link(source, target, LinkKind.LINKED, malee)
    link(friend, source, LinkKind.LINKED, malee)
    link(target, friend, LinkKind.LINKED, malee)
    merged()
    assert set(NetworkLink.objects.values_list("source", "target", "kind")) == {
        (target.pk, parent.pk, "parent"),
        (target.pk, old_parent.pk, "linked"),
        (child.pk, target.pk, "parent"),
        (target.pk, friend.pk, "linked"),
    }


def test_a_grandparent_does_not_become_a_child(source, target, malee, merged):
    parent, grandparent = make_network(), make_network()
    link(target, parent, LinkKind.PARENT, malee)
    link(parent, grandparent, LinkKind.PARENT, malee)
    link(grandparent, source, LinkKind.PARENT, malee)
    merged()
    found = NetworkLink.objects.get(source=grandparent)
    assert (found.target, found.kind) == (target, LinkKind.LINKED)
