"""The list: what a line may be, who changes it, and that robots.txt says the same."""

from importlib import import_module

import pytest
from django.apps import apps

from forums.base.errors import BadText
from forums.moderation.crawlers.actions import delete_crawler, save_crawler
from forums.moderation.crawlers.models import Crawler
from tests.make import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_list():
    """What a new site begins with; tests that empty every table take it away."""
    Crawler.objects.all().delete()
    import_module("forums.migrations.0072_crawlers").first(apps, None)


def test_a_site_begins_with_a_list(first_list):
    assert Crawler.objects.get(sign="Googlebot").treatment == "allowed"
    assert Crawler.objects.get(sign="GPTBot").seconds == 60


@pytest.mark.parametrize(
    "line",
    [
        {"sign": " ", "treatment": "refused"},
        {"sign": "Mo", "treatment": "refused"},
        {"sign": "mozilla", "treatment": "refused"},
        {"sign": "บอต", "treatment": "refused"},
        {"sign": "SlowBot", "treatment": "slowed", "seconds": 0},
        {"sign": "SlowBot", "treatment": "slowed", "seconds": 4000},
        {"sign": "googleBOT", "treatment": "refused"},
        {"sign": "x" * 61, "treatment": "refused"},
    ],
)
def test_a_line_that_would_do_harm_is_refused(line, first_list):
    with pytest.raises(BadText):
        save_crawler(**line)


def test_robots_txt_says_what_the_list_says(as_):
    Crawler.objects.all().delete()
    save_crawler(sign="BadBot", treatment="refused")
    save_crawler(sign="GoodBot", treatment="allowed")
    slow = save_crawler(sign="SlowBot", treatment="slowed", seconds=30)
    told = as_(None).get("/robots.txt").content.decode()
    assert "User-agent: BadBot\nDisallow: /\n\n" in told
    assert "User-agent: SlowBot\nDisallow: /accounts/\n" in told
    assert "Crawl-delay: 30\n" in told
    assert "GoodBot" not in told
    delete_crawler(crawler=slow)
    assert not Crawler.objects.filter(sign="SlowBot").exists()


def test_an_administrator_edits_the_list_in_the_admin_and_nobody_else(as_, moderator):
    at = "/admin/forums/crawler/"
    line = {"sign": "NewBot", "treatment": "slowed", "seconds": "20", "note": "ถามถี่"}
    assert as_(moderator).post(f"{at}add/", line).status_code == 403
    head = as_(make_member("head", is_staff=True, is_superuser=True))
    bad = head.post(f"{at}add/", line | {"seconds": "0"})
    assert bad.status_code == 200
    assert "NewBot" in bad.content.decode()
    assert head.post(f"{at}add/", line).status_code == 302
    made = Crawler.objects.get(sign="NewBot")
    assert made.seconds == 20
    changed = line | {"treatment": "refused"}
    assert head.post(f"{at}{made.pk}/change/", changed).status_code == 302
    made.refresh_from_db()
    assert (made.treatment, made.seconds) == ("refused", 0)
    assert head.post(f"{at}{made.pk}/delete/", {"post": "yes"}).status_code == 302
