"""Two networks, and how to make them one."""

import pytest

from forums.groups.networks.models import Network
from forums.moderation.merging.actions import merge
from tests.make import make_network

WHY = "ทำงานเรื่องเดียวกัน"


@pytest.fixture
def source(malee) -> Network:
    return make_network("คนรักคลอง", malee)


@pytest.fixture
def target(somchai) -> Network:
    return make_network("คลองสวยน้ำใส", somchai)


@pytest.fixture
def merged(source, target, moderator):
    """Do it, and return both as they are then."""

    def run() -> tuple[Network, Network]:
        assert merge(moderator=moderator, network=source, into=target, reason=WHY) is not None
        source.refresh_from_db()
        target.refresh_from_db()
        return source, target

    return run
