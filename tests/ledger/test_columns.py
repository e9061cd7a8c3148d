"""Which column of a file is which: told by its headers, or chosen by who sent it."""

from decimal import Decimal

import pytest

from forums.base.errors import Stale
from forums.ledger.models import Line, LineImport
from forums.ledger.sheets.actions import store_import
from tests.answers import text_of
from tests.ledger.test_views import send

pytestmark = pytest.mark.django_db


OWN = "Date,Description,In,Out,Note\n5/12/2568,เงินออม,100,,x\n6/12/2568,ไม้,,50,y\nรวม,,100,50,\n"


def test_the_page_says_which_columns_were_used_and_left_and_what_was_a_sum(as_, malee, opened):
    browser = as_(malee)
    head = "วันที่,หมวด,ผู้รับ/ผู้จ่าย,รายการ,รายรับ,รายจ่าย,หมายเหตุ\n"
    response = send(browser, opened, head + "5/12/2568,ออม,สมาชิก,เงินออม,100,,ครบ\nรวม,,,,100,,\n")
    page = text_of(browser.get(response["Location"]))
    assert "คอลัมน์ที่ไม่ได้ใช้: “หมวด”, “หมายเหตุ”" in page
    assert "“ผู้รับ/ผู้จ่าย”" in page
    assert "บรรทัดที่ 3 “รวม”" in page


def test_columns_that_cannot_be_told_are_chosen(as_, malee, opened):
    browser = as_(malee)
    response = send(browser, opened, OWN)
    asked = browser.get(response["Location"], follow=True)
    address = asked.redirect_chain[-1][0]
    assert address.endswith("/columns/")
    page = text_of(asked)
    assert "Description (เงินออม)" in page
    assert "ผู้รับ/ผู้จ่าย" in page  # a name that would do
    assert asked.context["form"]["date"].value() == "0"
    chosen = {"date": "0", "purpose": "1", "income": "2", "expense": "3"}
    refused = browser.post(address, chosen)
    assert refused.status_code == 400
    assert refused.context["form"]["income"].value() == "2"
    done = browser.post(address, chosen | {"source": "1"})
    page = text_of(browser.get(done["Location"]))
    assert "คอลัมน์ที่ไม่ได้ใช้: “Note”" in page
    browser.post(done["Location"], {"store": "1"})
    assert sorted(Line.objects.values_list("flow", "amount", "source")) == [
        ("expense", Decimal("50.00"), "ไม้"),
        ("income", Decimal("100.00"), "เงินออม"),
    ]
    assert not LineImport.objects.exists()


def test_a_wrong_choice_is_answered_line_by_line_and_can_be_mended(as_, malee, opened):
    browser = as_(malee)
    address = send(browser, opened, OWN)["Location"] + "columns/"
    wrong = {"date": "1", "source": "0", "purpose": "4", "income": "2", "expense": "3"}
    response = browser.post(address, wrong)
    assert response.status_code == 400
    assert "บรรทัดที่ 2" in text_of(response)
    assert not Line.objects.exists()
    twice = wrong | {"date": "0", "income": "2", "expense": "2"}
    assert browser.post(address, twice).status_code == 400
    assert browser.post(address, wrong | {"date": "99"}).status_code == 400
    assert browser.post(address, wrong | {"date": "0"}).status_code == 302
    assert browser.get(address).status_code == 302  # named once


def test_a_file_without_named_columns_can_be_thrown_away_but_not_stored(
    as_, malee, somchai, opened
):
    browser = as_(malee)
    address = send(browser, opened, OWN)["Location"]
    assert browser.post(address, {"store": "1"})["Location"].endswith("/columns/")
    with pytest.raises(Stale):
        store_import(keeper=malee, kept=LineImport.objects.get())
    assert not Line.objects.exists()
    assert as_(somchai).get(address + "columns/").status_code in {403, 404}
    browser.post(address, {"discard": "1"})
    assert not LineImport.objects.exists()
