"""A short form of each of the main drills: the long ones are started by hand, and docs/drills.md says what came of them."""

from pathlib import Path

import pytest

from tests.drills.here import Here
from tests.drills.loopback import Loopback
from tests.migrated import migrated
from tests.served import database_url


@pytest.fixture(scope="module")
def here(django_db_blocker, tmp_path_factory):
    """A site of its own, without nginx: that is not everywhere."""
    with django_db_blocker.unblock():
        like = database_url(migrated())
    folder = Path(tmp_path_factory.mktemp("here"))
    with Loopback(folder, behind_nginx=False) as place:
        place.start(like=like)
        yield Here(place, people=120)


@pytest.mark.parametrize(
    ("drill", "told"),
    [
        ("submits", {}),
        ("reloads", {"times": 1}),
        ("workers", {"times": 2}),
        ("postmaster", {}),
        ("letters", {"wanted": 40, "kills": 2}),
    ],
)
def test_nothing_is_lost_doubled_or_anothers(here, drill, told):
    here.faults.clear()
    getattr(here, drill)(**told)
    assert here.faults == []
