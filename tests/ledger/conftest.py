"""What tests of ledgers share."""

import pytest

from forums.groups.networks.models import Network
from forums.ledger import actions
from tests.make import make_network


@pytest.fixture
def network(malee) -> Network:
    return make_network("ออมทรัพย์ริมคลอง", malee)


@pytest.fixture
def opened(malee, network):
    actions.open_ledger(keeper=malee, network=network)
    return network
