"""A member's page names her networks, where each shows its members to whoever reads."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.groups.networks.models import Audience, Network
from tests.make import join, make_network


def test_her_networks_stand_on_her_page_with_her_role(as_, malee, somchai):
    make_network("คนรักคลอง", malee, members_shown_to=Audience.EVERYONE)
    closed = make_network("คนรักป่า", malee, members_shown_to=Audience.NETWORK)
    page = as_(None).get(malee.get_absolute_url()).content.decode()
    assert "คนรักคลอง" in page
    assert "ผู้ประสานงาน" in page
    assert "คนรักป่า" not in page
    join(closed, somchai)
    assert "คนรักป่า" in as_(somchai).get(malee.get_absolute_url()).content.decode()


def test_a_hidden_one_never(as_, malee, moderator):
    network = make_network("คนรักคลอง", malee, members_shown_to=Audience.EVERYONE)
    Network.objects.update(hidden_at=network.created_at)
    for reader in (None, malee, moderator):
        assert "คนรักคลอง" not in as_(reader).get(malee.get_absolute_url()).content.decode()


def test_many_networks_cost_her_page_what_one_does(as_, malee, somchai):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            as_(somchai).get(malee.get_absolute_url())
        return len(captured)

    make_network(coordinator=malee)
    cost()
    one = cost()
    for _ in range(20):
        make_network(coordinator=malee)
    assert cost() == one
