"""Files of a ledger, in and out: how often, and what they cost."""

import gzip
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import override

from forums.groups.networks.models import Network
from forums.ledger import actions, lists
from forums.ledger.models import Line, LineImport
from forums.ledger.sheets import actions as sheets
from forums.ledger.sheets import kept, views
from forums.moderation.merging.actions import merge
from forums.notifications.registry import scheduled_jobs
from tests.answers import text_of
from tests.ledger.make import entry, make_line
from tests.ledger.test_columns import OWN
from tests.ledger.test_views import HEAD, send, url
from tests.make import make_network

pytestmark = pytest.mark.django_db

GOOD = HEAD + "5/12/2568,รับ,ก,ข,100\n"


def test_files_that_are_refused_count_as_those_that_are_read(as_, malee, opened, settings):
    settings.FORUMS_PACE = {"sheets": [(3, 60)]}
    browser = as_(malee)
    junk = ["," * 5_000, HEAD + "5/12/68,รับ,ก,ข,100\n", '"']
    assert [send(browser, opened, text).status_code for text in junk] == [400] * 3
    refused = send(browser, opened, GOOD)
    assert refused.status_code == 429
    assert "รอ 1" in text_of(refused)
    assert not LineImport.objects.exists()


def test_a_file_over_the_pace_is_not_even_read(as_, malee, opened, settings, monkeypatch):
    settings.FORUMS_PACE = {"sheets": [(1, 60)]}
    browser = as_(malee)
    assert send(browser, opened, GOOD).status_code == 302
    monkeypatch.setattr("forums.ledger.sheets.actions.read_sheet", None)  # would be an error
    assert send(browser, opened, GOOD).status_code == 429


def test_moderators_are_held_to_it_too(as_, malee, opened, settings):
    malee.is_staff = True
    malee.save()
    settings.FORUMS_PACE = {"sheets": [(1, 60)]}
    browser = as_(malee)
    assert [send(browser, opened, GOOD).status_code for _n in range(2)] == [302, 429]


def test_naming_the_columns_counts_and_so_does_the_last_yes(as_, malee, opened, settings):
    browser = as_(malee)
    address = send(browser, opened, OWN)["Location"]
    settings.FORUMS_PACE = {"sheets": [(2, 60)]}
    chosen = {"date": "0", "purpose": "1", "income": "2", "expense": "3", "source": "1"}
    assert browser.post(address + "columns/", chosen).status_code == 302
    refused = browser.post(address, {"store": "1"})
    assert refused.status_code == 429
    assert "รอ 1" in text_of(refused)
    assert LineImport.objects.exists()  # to say yes to later
    cache.clear()
    assert browser.post(address, {"store": "1"}).status_code == 302
    assert Line.objects.count() == 2


def test_a_full_ledger_is_said_on_the_page_where_one_says_yes(as_, malee, opened, monkeypatch):
    browser = as_(malee)
    address = send(browser, opened, GOOD)["Location"]
    monkeypatch.setattr(actions, "MOST_LINES", 0)
    refused = browser.post(address, {"store": "1"})
    assert refused.status_code == 409
    assert "ลงได้" in text_of(refused)
    assert LineImport.objects.exists()


def test_a_kept_file_is_looked_through_once_until_a_line_changes(as_, malee, opened, monkeypatch):
    browser, looked, real = as_(malee), [], views.unknown
    monkeypatch.setattr(views, "unknown", lambda *given: looked.append(1) or real(*given))
    address = send(browser, opened, GOOD)["Location"]
    for _n in range(3):
        assert browser.get(address).context["known"] == 0
    assert len(looked) == 1
    make_line(opened, malee, source="ก", purpose="ข", amount=Decimal(100))
    assert browser.get(address).context["known"] == 1


def test_a_file_nobody_says_yes_to_is_thrown_away_after_a_week(as_, malee, opened):
    send(as_(malee), opened, GOOD)
    for days, left in ((6, 1), (8, 0)):
        scheduled_jobs()["ledger-files"](timezone.now() + timedelta(days=days))
        assert LineImport.objects.count() == left


def test_old_files_are_thrown_away_in_lots_the_oldest_first(malee, opened, monkeypatch):
    monkeypatch.setattr(sheets, "FORGOTTEN", 2)
    now = timezone.now()
    made = [
        LineImport.objects.create(
            network=opened, author=malee, rows=[], created_at=now - timedelta(days=days)
        )
        for days in (8, 10, 9, 1)
    ]
    left = []
    for _run in range(3):
        scheduled_jobs()["ledger-files"](now)
        left.append(set(LineImport.objects.all()))
    assert left == [{made[0], made[3]}, {made[3]}, {made[3]}]


@pytest.fixture
def packs(monkeypatch):
    """How often a file was written anew."""
    monkeypatch.setattr(kept, "WORTH_KEEPING", 1)
    written, real = [], lists.sheet_rows
    monkeypatch.setattr(lists, "sheet_rows", lambda network: written.append(1) or real(network))
    return written


def test_the_file_is_written_once_until_a_line_changes(as_, malee, moderator, opened, packs):
    browser = as_(None)
    line = make_line(opened, malee)
    first = browser.get(url(opened, "csv/"))
    assert "1234.50" in first.content.decode()
    assert browser.get(url(opened, "csv/")).content == first.content
    assert len(packs) == 1
    had = {"If-None-Match": first["ETag"]}
    assert browser.get(url(opened, "csv/"), headers=had).status_code == 304
    actions.edit_line(keeper=malee, line=line, reason="ผิด", **entry(source="ป้าแจ่ม"))
    second = browser.get(url(opened, "csv/"), headers=had)
    assert "ป้าแจ่ม" in second.content.decode()
    actions.take_out_line(keeper=malee, line=line, reason="ลงซ้ำ")
    assert "ป้าแจ่ม" not in browser.get(url(opened, "csv/")).content.decode()
    other = make_network("ป่าชุมชน", malee)
    make_line(other, malee, source="ลุงมี")
    merge(moderator=moderator, network=other, into=opened, reason="ตามกติกาข้อ 3")
    assert "ลุงมี" in browser.get(url(opened, "csv/")).content.decode()


def test_each_language_has_its_file_and_each_browser_one_it_can_open(as_, malee, opened, packs):
    make_line(opened, malee)
    thai = as_(None).get(url(opened, "csv/"), headers={"Accept-Encoding": "gzip"})
    assert thai["Content-Encoding"] == "gzip"
    assert "วันที่" in gzip.decompress(thai.content).decode()
    with override("en"):
        network = Network.objects.get(pk=opened.pk)
        assert b"Date" in gzip.decompress(kept.file_of(network, kept.version_of(network)))
    assert "วันที่" in as_(None).get(url(opened, "csv/")).content.decode()
    assert len(packs) == 2


def test_the_file_of_a_closed_ledger_is_its_coordinators_alone(as_, malee, opened, packs):
    make_line(opened, malee)
    had = {"If-None-Match": as_(None).get(url(opened, "csv/"))["ETag"]}
    actions.close_ledger(keeper=malee, network=opened)
    assert as_(None).get(url(opened, "csv/"), headers=had).status_code == 404
    assert as_(malee).get(url(opened, "csv/"), headers=had).status_code == 304
