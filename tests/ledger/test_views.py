"""Pages of a network's money: who reads and writes them, what they show, what they cost."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.groups.memberships.models import Role
from forums.groups.networks.models import Network
from forums.ledger import actions, lists
from forums.ledger.chart import chart
from forums.ledger.models import Line, LineImport
from forums.pictures.actions import save_picture
from forums.pictures.models import Attachment
from tests.answers import text_of
from tests.ledger.make import make_line
from tests.make import join, make_member, make_network
from tests.security.world import png

FORM = {
    "flow": "income",
    "date": "๕/๑๒/๒๕๖๘",
    "amount": "๑,๒๓๔.๕๐",
    "source": "สมาชิก",
    "purpose": "เงินออม",
}
HEAD = "วันที่,ประเภท,ที่มา,รายการ,จำนวนเงิน\n"


def test_the_same_line_from_another_form_is_asked_about_and_then_written(as_, malee, opened):
    client, address = as_(malee), url(opened, "new/")
    assert client.post(address, FORM).status_code == 302
    asked = client.post(address, FORM | {"submission": str(uuid.uuid4())})
    assert asked.status_code == 409
    assert "เพิ่งลงไปเมื่อครู่" in text_of(asked)
    assert 'name="again" value="1"' in asked.text
    assert f'value="{FORM["source"]}"' in asked.text  # just as it was typed
    assert client.post(address, FORM | {"again": "1"}).status_code == 302
    assert Line.objects.count() == 2


def url(network, more=""):
    return f"{network.get_absolute_url()}money/{more}"


READS = ["", "history/", "csv/"]
WRITES = [
    "new/",
    "import/",
    "{line}/edit/",
    "{line}/out/",
    "import/{kept}/",
]
# who: status of reading closed, of reading open, of writing when open
MATRIX = {
    "visitor": (404, 200, 302),
    "outsider": (404, 200, 403),
    "member": (404, 200, 403),
    "spokesperson": (404, 200, 403),
    "moderator": (404, 200, 403),
    "staff": (404, 200, 403),
    "coordinator": (200, 200, 200),
}


@pytest.mark.parametrize("who", MATRIX)
def test_who_reads_and_who_writes(as_, malee, network, who):
    person = None if who == "visitor" else make_member(is_staff=who == "staff")
    if who in Role.values:
        join(network, person, role=who)
    line = make_line(network, malee, document=save_picture(uploader=malee, file=png()))
    author = person or malee
    kept = LineImport.objects.create(
        network=network,
        author=author,
        file_name="ก",
        rows=[["income", "2025-12-05", "ก", "ข", "1", ""]],
    )
    browser = as_(person)
    reads_closed, reads_open, writes = MATRIX[who]
    for more in READS:
        assert browser.get(url(network, more)).status_code == reads_closed, more
    picture = line.document.address
    largest = f"{picture}/{line.document.sizes[-1]}.webp"
    assert Attachment.objects.visible_to(person).filter(pk=line.document_id).exists() == (
        who in ("coordinator", "staff")
    )
    actions.open_ledger(keeper=malee, network=network)
    for more in READS:
        response = browser.get(url(network, more))
        assert response.status_code == reads_open, more
        if response.streaming:
            assert b"".join(response.streaming_content)
    assert Attachment.objects.visible_to(person).filter(pk=line.document_id).exists()
    for more in WRITES:
        there = url(network, more.format(line=line.pk, kept=kept.pk))
        assert browser.get(there).status_code == writes, more
        if who not in ("coordinator",):
            assert browser.post(there, {}).status_code == 403, more
    for more in ("open/", "close/"):
        expected = 302 if who == "coordinator" else 403
        assert browser.post(url(network, more)).status_code == expected
    assert largest


def test_a_document_is_gone_with_its_line_and_with_the_network(as_, malee, opened):
    line = make_line(opened, malee, document=save_picture(uploader=malee, file=png()))
    where = line.document.address + "/"
    seen = Attachment.objects.visible_to(None).filter(pk=line.document_id)
    assert seen.exists(), where
    Network.objects.filter(pk=opened.pk).update(hidden_at=timezone.now())
    assert not seen.exists()
    Network.objects.filter(pk=opened.pk).update(hidden_at=None)
    actions.take_out_line(keeper=malee, line=line, reason="มีเลขบัตร")
    assert not seen.exists()
    assert as_(None).get(f"/pictures/{line.document_id}").status_code == 404


def test_the_tab_shows_when_the_ledger_is_open(as_, malee, opened):
    assert f'href="{url(opened)}"' in as_(None).get(opened.get_absolute_url()).content.decode()
    actions.close_ledger(keeper=malee, network=opened)
    assert "money/" not in as_(None).get(opened.get_absolute_url()).content.decode()


def test_a_line_is_written_by_its_form_with_thai_digits_and_a_picture(as_, malee, opened):
    response = as_(malee).post(url(opened, "new/"), FORM | {"document": png()})
    assert (response.status_code, response["Location"]) == (302, url(opened))
    line = Line.objects.get()
    assert (line.date, line.amount) == (date(2025, 12, 5), Decimal("1234.50"))
    page = text_of(as_(None).get(url(opened)))
    for words in ("เงินออม", "สมาชิก", "5 ธ.ค. 2568", "+ 1,234.50".replace(" ", ""), "2568"):
        assert words in page
    picture = as_(None).get(line.document.address)
    assert as_(None).get(picture["Location"]).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"date": "5/12/68"},
        {"date": "31/2/2568"},
        {"date": "5/12/2700"},
        {"amount": "1.234,50"},
        {"amount": "-5"},
        {"amount": "1.005"},
        {"source": ""},
        {"purpose": "ก" * 5000},
        {"flow": "loan"},
        {"document_link": "example"},
        {"document": SimpleUploadedFile("ก.png", b"no picture")},
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed_and_writes_nothing(as_, malee, opened, wrong):
    response = as_(malee).post(url(opened, "new/"), FORM | {"source": "ป้าแจ่ม"} | wrong)
    assert response.status_code == 400
    page = response.content.decode()
    assert "i-warn" in page
    assert wrong.get("source", "ป้าแจ่ม") in page
    assert not Line.objects.exists()


def test_a_day_still_to_come_is_refused(as_, malee, opened):
    tomorrow = timezone.localdate() + timezone.timedelta(days=1)
    response = as_(malee).post(url(opened, "new/"), FORM | {"date": tomorrow.isoformat()})
    assert response.status_code == 400


def test_an_edit_shows_what_stands_and_its_history_shows_both(as_, malee, opened):
    line = make_line(opened, malee)
    browser = as_(malee)
    page = browser.get(url(opened, f"{line.pk}/edit/")).content.decode()
    assert 'value="5 ธ.ค. 2568"' in page
    assert 'value="1,234.50"' in page
    form = FORM | {"amount": "900", "reason": "ใบเสร็จบอกอีกอย่าง", "revision": 1}
    assert browser.post(url(opened, f"{line.pk}/edit/"), form).status_code == 302
    assert browser.post(url(opened, f"{line.pk}/edit/"), form).status_code == 409
    history = text_of(as_(None).get(url(opened, f"history/?line={line.pk}")))
    for words in ("1,234.50", "900.00", "ใบเสร็จบอกอีกอย่าง", "มาลี คำหล้า"):
        assert words in history


def test_a_line_is_taken_out_with_a_reason_and_no_longer_counts(as_, malee, opened):
    line = make_line(opened, malee)
    make_line(opened, malee, amount=Decimal(7))
    there = url(opened, f"{line.pk}/out/")
    assert as_(malee).post(there, {"reason": ""}).status_code == 400
    assert as_(malee).post(there, {"reason": "ลงซ้ำ"}).status_code == 302
    assert as_(malee).get(there).status_code == 404
    (year,) = lists.years(opened)
    assert (year.income, year.lines) == (Decimal(7), 1)
    assert "ลงซ้ำ" in text_of(as_(None).get(url(opened, "history/")))


def test_a_line_of_another_network_is_not_found_here(as_, malee, opened):
    other = make_network("อีกเครือข่าย", malee)
    line = make_line(other, malee)
    for more in (f"{line.pk}/edit/", f"{line.pk}/out/"):
        assert as_(malee).get(url(opened, more)).status_code == 404
    assert "1,234.50" not in text_of(as_(malee).get(url(opened, f"history/?line={line.pk}")))


# -- Years --------------------------------------------------------------------------------------


def test_the_years_are_added_up_and_drawn(as_, malee, opened):
    make_line(opened, malee, date=date(2024, 1, 1), amount=Decimal(100))
    make_line(opened, malee, date=date(2024, 12, 31), amount=Decimal(25), flow="expense")
    make_line(opened, malee, date=date(2025, 1, 1), amount=Decimal("0.50"), flow="expense")
    late, early = lists.years(opened)
    assert late.texts == ("0.00", "0.50", "−0.50")  # noqa: RUF001
    assert early.texts == ("100.00", "25.00", "75.00")
    drawn = chart([late, early])
    widths = [[bar.width for bar in group.bars] for group in drawn.groups]
    assert widths == [["62.00%", "15.50%"], ["0.00%", "0.60%"]]
    page = as_(None).get(url(opened)).content.decode()
    assert (
        page.count("<td>") == 6
    )  # a table still where a telephone lays it out otherwise: tests/browser
    assert "<svg" in page
    assert "style=" not in page


def test_one_year_alone_can_be_read(as_, malee, opened):
    make_line(opened, malee, date=date(2024, 6, 1), purpose="ของปีก่อน")
    make_line(opened, malee, date=date(2025, 6, 1), purpose="ของปีนี้")
    page = text_of(as_(None).get(url(opened, "?year=2024")))
    assert "ของปีก่อน" in page
    assert "ของปีนี้" not in page


@pytest.mark.parametrize(
    "query",
    ["year=x", "year=0", "year=99999999", "before=x", "before=2025-01-01_x", "after=2025-13-01_1",
     "before=2025-01-01_99999999999999999999", "year=๒๕๖๙"],
)  # fmt: skip
def test_a_mangled_address_is_not_found(as_, opened, query):
    assert as_(None).get(url(opened, f"?{query}")).status_code == 404


@pytest.mark.parametrize("query", ["before=x", "line=x", "line=" + "9" * 30, "before=-1"])
def test_a_mangled_address_of_the_history_is_not_found(as_, opened, query):
    assert as_(None).get(url(opened, f"history/?{query}")).status_code == 404


def test_pages_turn_both_ways_without_losing_or_repeating_a_line(as_, malee, opened, monkeypatch):
    monkeypatch.setattr(lists, "SIZE", 3)
    for n in range(8):
        make_line(opened, malee, date=date(2025, 1, 1 + n // 3), purpose=f"ที่ {n}")
    seen, query, pages = [], {}, []
    while True:
        page = lists.page(opened, query)
        seen += [row.purpose for row in page.rows]
        pages.append([row.pk for row in page.rows])
        if not page.next:
            break
        name, value = page.next.split("=")
        query = {name: value}
    assert seen == [f"ที่ {n}" for n in reversed(range(8))]
    name, value = page.previous.split("=")
    assert [row.pk for row in lists.page(opened, {name: value}).rows] == pages[-2]


@pytest.mark.parametrize("more", ["", "history/"])
def test_a_page_costs_the_same_whatever_it_holds(as_, malee, opened, more):
    def cost(member):
        browser = as_(member)
        browser.get(url(opened, more))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(url(opened, more)).status_code == 200
        return len(asked)

    for _ in range(2):
        make_line(opened, malee)
    few = cost(None), cost(malee)
    for n in range(38):
        make_line(opened, malee, date=date(2000 + n % 20, 1, 1))
    assert (cost(None), cost(malee)) == few
    assert few[0] <= 6


# -- Files --------------------------------------------------------------------------------------


def send(browser, network, text, encoding="utf-8", name="บัญชี.csv"):
    file = SimpleUploadedFile(name, text.encode(encoding), "text/csv")
    return browser.post(url(network, "import/"), {"file": file})


def test_a_file_with_faults_is_answered_line_by_line_and_writes_nothing(as_, malee, opened):
    response = send(
        as_(malee), opened, HEAD + "5/12/2568,รับ,ก,ข,100\n5/12/68,รับ,ก,ข,100\n5/12/2568,รับ,ก,ข,x\n"
    )
    assert response.status_code == 400
    page = text_of(response)
    assert "บรรทัดที่ 3" in page
    assert "บรรทัดที่ 4" in page
    assert "5/12/68" in page
    assert not Line.objects.exists()
    assert not LineImport.objects.exists()


@pytest.mark.parametrize("text", ["", "ไม่ใช่ตาราง", "PK\x03\x04", HEAD])
def test_what_is_no_csv_gets_a_clear_message(as_, malee, opened, text):
    response = send(as_(malee), opened, text)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


def test_no_file_at_all_gets_a_clear_message(as_, malee, opened):
    response = as_(malee).post(url(opened, "import/"), {})
    assert response.status_code == 400
    assert "i-warn" in response.content.decode()


def test_a_good_file_is_shown_then_stored(as_, malee, opened):
    browser = as_(malee)
    response = send(browser, opened, HEAD + "5/12/2568,รับ,วัดใหม่,ทำบุญ,๑๐๐\n", "cp874")
    assert response.status_code == 302
    shown = text_of(browser.get(response["Location"]))
    assert "วัดใหม่" in shown
    assert not Line.objects.exists()
    assert browser.post(response["Location"], {"store": "1", "skip_known": "1"}).status_code == 302
    assert Line.objects.get().amount == Decimal(100)
    assert browser.post(response["Location"], {"store": "1"}).status_code == 404


def test_a_file_can_be_thrown_away(as_, malee, opened):
    browser = as_(malee)
    response = send(browser, opened, HEAD + "5/12/2568,รับ,วัดใหม่,ทำบุญ,๑๐๐\n")
    assert browser.post(response["Location"], {"discard": "1"}).status_code == 302
    assert not LineImport.objects.exists()
    assert not Line.objects.exists()


def test_somebody_elses_file_is_not_found(as_, malee, somchai, opened):
    join(opened, somchai, role=Role.COORDINATOR)
    response = send(as_(malee), opened, HEAD + "5/12/2568,รับ,วัดใหม่,ทำบุญ,๑๐๐\n")
    assert as_(somchai).get(response["Location"]).status_code == 404


def test_what_goes_out_comes_in_again_as_the_same(as_, malee, opened):
    make_line(opened, malee, source="=ร้าน", document_link="https://example.org/ใบเสร็จ")
    make_line(opened, malee, flow="expense", amount=Decimal("0.05"))
    out = as_(None).get(url(opened, "csv/"))
    data = out.content
    assert data.startswith(b"\xef\xbb\xbf")
    assert ".csv" in out["Content-Disposition"]
    other = make_network("ที่อื่น", malee)
    browser = as_(malee)
    response = send(browser, other, data.decode())
    assert browser.post(response["Location"], {"store": "1"}).status_code == 302
    columns = ("flow", "date", "source", "purpose", "amount", "document_link")
    first, second = (
        list(Line.objects.filter(network=n).order_by("id").values_list(*columns))
        for n in (opened, other)
    )
    assert first == second
    again = send(browser, opened, data.decode())
    assert "2" in text_of(browser.get(again["Location"]))
    browser.post(again["Location"], {"store": "1", "skip_known": "1"})
    assert Line.objects.filter(network=opened).count() == 2
