"""A site on several machines loses the server that is written to, or its object storage, while people write: nothing is lost.

The same as `python -m tests.drills.machines failover` and `storage_gone`, smaller. Where nginx, PgBouncer, Redis or Swift is
not installed they are skipped, in CI as well: those are promised nowhere.
"""

import pytest
from django.db import connection

from tests.drills import object_storage
from tests.drills.machines import MachineDrills
from tests.drills.site_of_machines import NEEDED, Machines
from tests.filled import copied
from tests.needs import wants_program
from tests.served import database_url

PROMISED = ("lost", "doubled", "not seen", "another's", "nobody", "does not follow", "missing")


@pytest.fixture
def like(django_db_setup, django_db_blocker):
    """The address of a migrated database that nobody else wants to copy meanwhile."""
    template = connection.settings_dict["TEST"]["TEMPLATE"]
    name = f"{connection.settings_dict['NAME']}_machines"
    with django_db_blocker.unblock(), copied(template, name):
        yield database_url()


def test_the_server_that_is_written_to_is_killed_and_a_replica_promoted(like):
    wants_program(*NEEDED)
    with Machines(like=like) as machines:
        drills = MachineDrills(machines, people=120)
        drills.failover()
    assert promised(drills) == []


def test_the_object_storage_is_killed_and_texts_go_on_and_every_picture_is_whole(like):
    wants_program(*NEEDED)
    pytest.importorskip("obstore")
    if wanted := object_storage.why_not():
        pytest.skip(f"wants {wanted}")
    with Machines(like=like, in_a_bucket=True) as machines:
        drills = MachineDrills(machines, people=120)
        drills.storage_gone()
    assert promised(drills) == []


def promised(drills: MachineDrills) -> list[str]:
    """How many fail meanwhile, and in which way, is the drill's to say: here other tests run beside it."""
    return [fault for fault in drills.faults if any(word in fault for word in PROMISED)]
