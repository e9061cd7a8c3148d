"""What tests of joining share."""

import pytest

from forums.groups.networks.models import Network


@pytest.fixture
def asking(network) -> Network:
    """Malee's network, which asks a question of whoever wants to join."""
    network.questions = ["ท่านอยู่หมู่บ้านไหน"]
    network.save(update_fields=["questions"])
    return network
