"""Everything here is tried on a small community of its own, committed, since PostgreSQL's programs must see it."""

import pytest
from django.db import connection
from django.test import override_settings
from pyrage import x25519

from tests.filled import copied
from tests.management.backups.making import Site, a_target, people_and_pictures


@pytest.fixture(scope="module")
def community(django_db_setup, django_db_blocker, tmp_path_factory):
    template = connection.settings_dict["TEST"]["TEMPLATE"]
    name = f"{connection.settings_dict['NAME']}_backups"
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), copied(template, name):
        people_and_pictures(media)
        yield


@pytest.fixture
def site(community, tmp_path):
    return Site(tmp_path)


@pytest.fixture(scope="module")
def made(community, tmp_path_factory):
    """A backup of it that is not changed: whoever damages one copies it."""
    return Site(tmp_path_factory.mktemp("site")).backup().path


@pytest.fixture
def target(community, tmp_path):
    with a_target(tmp_path) as target:
        yield target


@pytest.fixture
def key(tmp_path):
    """A pair of keys: the public one, and the file with the private one."""
    private = x25519.Identity.generate()
    file = tmp_path / "key.txt"
    file.write_text(f"# public key: {private.to_public()}\n{private}\n")
    return str(private.to_public()), file
