"""What tests of ledgers share."""

import pytest

from forums.groups.networks.models import Network
from tests.make import make_network


@pytest.fixture
def network(malee) -> Network:
    return make_network("ออมทรัพย์ริมคลอง", malee)
