"""Who reads too fast is told so in Thai and when to come again; who says a name of the list gets what the list says."""

from time import process_time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from forums.moderation.crawlers.actions import save_crawler
from forums.moderation.crawlers.limits import PaceOfReading, known_crawlers
from forums.moderation.crawlers.models import Crawler
from tests.clients import signed_in

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _no_list():
    Crawler.objects.all().delete()


def few(settings, **paces):
    settings.FORUMS_LIGHT_PACE = paces


def statuses(path: str, times: int, client=None, **meta: str) -> list[int]:
    client = client or signed_in(None)
    return [client.get(path, **meta).status_code for _n in range(times)]


def test_an_address_that_reads_without_a_pause_is_told_when_to_come_again(settings):
    few(settings, pages=(9, 3))
    assert statuses("/boards/", 5) == [200, 200, 200, 429, 429]
    answer = signed_in(None).get("/boards/")
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    assert "เร็วไป" in page
    assert 'lang="th"' in page


def test_another_address_reads_on_but_not_another_of_the_same_house(settings):
    few(settings, pages=(9, 1))
    at = "2001:db8:1:2::"
    assert statuses("/boards/", 2, REMOTE_ADDR=f"{at}1") == [200, 429]
    assert statuses("/boards/", 1, REMOTE_ADDR=f"{at}ffff") == [429]
    assert statuses("/boards/", 1, REMOTE_ADDR="2001:db8:1:3::1") == [200]


def test_a_member_reads_by_her_own_count(settings, malee):
    few(settings, pages=(4, 1))
    assert statuses("/boards/", 2) == [200, 429]
    assert statuses("/boards/", 5, signed_in(malee)) == [200] * 4 + [429]


def test_a_forged_cookie_makes_nobody_a_member(settings):
    few(settings, pages=(99, 1))
    found = []
    for n in range(3):
        client = signed_in(None)
        client.cookies[settings.SESSION_COOKIE_NAME] = f"{n:032d}"
        found += statuses("/boards/", 1, client)
    assert found == [200, 429, 429]


def test_no_member_is_held_before_five_pages_a_second(settings):
    from roypalang.paces import FORUMS_LIGHT_PACE

    for what in ("pages", "deep_pages", "search"):
        assert FORUMS_LIGHT_PACE[what][0] >= 5 * 60


@pytest.mark.parametrize("path", ["/hot/?page=2", "/new/?before=1_1", "/?after=x"])
def test_deep_pages_have_a_count_of_their_own(settings, path):
    few(settings, pages=(99, 99), deep_pages=(99, 1))
    first, second = statuses(path, 2)
    assert first != 429
    assert second == 429
    assert statuses("/boards/", 1) == [200]


def test_feeds_are_counted_by_address_whoever_is_signed_in(settings, malee):
    few(settings, pages=(99, 99), feeds=(0, 2))
    assert statuses("/feed/", 3, signed_in(malee)) == [200, 200, 429]


def test_what_a_page_brings_with_it_is_not_counted(settings):
    few(settings, pages=(1, 1))
    for path in ("/manifest.webmanifest", "/robots.txt", "/healthz"):
        assert statuses(path, 3) == [200] * 3


def test_a_refused_crawler_reads_robots_txt_and_nothing_else():
    save_crawler(sign="BadBot", treatment="refused")
    agent = {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; badbot/1.0)"}
    assert statuses("/", 1, **agent) == [403]
    assert statuses("/robots.txt", 1, **agent) == [200]


def test_a_slowed_one_comes_once_in_so_many_seconds_whichever_address_it_has():
    save_crawler(sign="SlowBot", treatment="slowed", seconds=60)
    agent = {"HTTP_USER_AGENT": "SlowBot/2"}
    assert statuses("/boards/", 1, **agent) == [200]
    answer = signed_in(None).get("/boards/", REMOTE_ADDR="198.51.100.4", **agent)
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60


def test_the_longest_name_that_fits_speaks():
    save_crawler(sign="GoodBot", treatment="allowed")
    save_crawler(sign="bot", treatment="refused")
    assert statuses("/boards/", 1, HTTP_USER_AGENT="goodbot") == [200]
    assert statuses("/boards/", 1, HTTP_USER_AGENT="otherbot") == [403]


def test_a_browser_is_never_looked_up_in_the_list(django_assert_num_queries):
    save_crawler(sign="Firefox", treatment="refused")
    request = _request(BROWSER)
    with django_assert_num_queries(0):
        assert known_crawlers(lambda _r: HttpResponse())(request).status_code == 200


def test_a_changed_list_counts_at_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        crawler = save_crawler(sign="NewBot", treatment="refused")
    assert statuses("/boards/", 1, HTTP_USER_AGENT="NewBot") == [403]
    with django_capture_on_commit_callbacks(execute=True):
        save_crawler(crawler=crawler, sign="NewBot", treatment="allowed")
    assert statuses("/boards/", 1, HTTP_USER_AGENT="NewBot") == [200]


def _request(agent: str):
    from django.test import RequestFactory

    request = RequestFactory().get("/t/1/", HTTP_USER_AGENT=agent, REMOTE_ADDR="203.0.113.7")
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize("agent", [BROWSER, "SlowBot/2", "OtherBot/1"])
def test_limits_cost_less_than_a_fifth_of_a_millisecond(settings, agent):
    for n in range(40):
        save_crawler(sign=f"Bot{n}-", treatment="allowed")
    settings.FORUMS_LIGHT_PACE = {"pages": (10**9, 10**9)}
    answer = HttpResponse("")
    reading = PaceOfReading(lambda _request: answer)

    def page(request):
        return reading.process_view(request, None, (), {}) or answer

    limited = known_crawlers(page)

    def asked(handler) -> float:
        requests = [_request(agent) for _n in range(1_000)]
        began = process_time()
        for request in requests:
            handler(request)
        return (process_time() - began) / 1_000

    cost = min(asked(limited) for _n in range(3)) - min(asked(lambda _r: answer) for _n in range(3))
    assert cost * 1000 < 0.2
