"""What is held stands on a page, made from what the nouns say of themselves."""

import pytest
from django.utils.translation import override

from forums.base.personal import holdings


@pytest.mark.django_db
def test_everything_that_is_held_stands_on_the_public_page(client):
    page = client.get("/privacy/data/").content.decode()
    with override("th"):
        for each in holdings():
            assert str(each.what) in page


def test_a_visitor_signs_in_before_her_own(client, db):
    assert client.get("/settings/privacy/").status_code == 302
