"""forums.ledger.sheets.csv_files: what a CSV file of a ledger says, or what is wrong with it."""

import time
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest

from forums.base.csv_files import MAX_BYTES, NotASheet, SheetTooLarge, written
from forums.ledger.columns import TITLES
from forums.ledger.csv_files import UnknownColumns, read_sheet
from tests.needs import needs_shared
from tests.timing import assert_quick

HEAD = "วันที่,ประเภท,รับจาก/จ่ายให้,รายการ,จำนวนเงิน\n"


def read(text: str, encoding: str = "utf-8"):
    return read_sheet(text.encode(encoding))


def test_a_line_is_read_whatever_its_digits_and_its_era():
    sheet = read(
        HEAD
        + '5/12/2568,รายรับ,สมาชิก,เงินออม,"1,234.50"\n'
        + "๘/๑๒/๒๕๖๘,จ่าย,ร้านไม้,ไม้กระดาน,๙๘๐\n"
        + "2025-12-09,expense,ร้านสี,สี,20\n"
        + "10/12/2025,income,วัด,ทำบุญ,1\n"
    )
    assert sheet.faults == []
    assert [(e["date"], e["flow"], e["amount"]) for e in sheet.entries] == [
        (date(2025, 12, 5), "income", Decimal("1234.50")),
        (date(2025, 12, 8), "expense", Decimal("980.00")),
        (date(2025, 12, 9), "expense", Decimal("20.00")),
        (date(2025, 12, 10), "income", Decimal("1.00")),
    ]
    assert sheet.entries[0]["source"] == "สมาชิก"


def test_every_wrong_line_is_named_by_its_number_and_all_that_is_wrong_in_it():
    sheet = read(
        "บัญชีกลุ่มออมทรัพย์\n\n"
        + HEAD
        + "5/12/2568,รายรับ,สมาชิก,เงินออม,100\n"
        + "5/12/68,รายรับ,สมาชิก,เงินออม,100\n"
        + '31/2/2568,กู้,,เงินออม,"1.234,50"\n'
        + "\n"
        + "5/12/2568,รายรับ,สมาชิก,เงินออม,-3\n"
    )
    assert [fault.line for fault in sheet.faults] == [5, 6, 8]
    assert "31/2/2568" in sheet.faults[1].message
    assert "กู้" in sheet.faults[1].message
    assert "1.234,50" in sheet.faults[1].message
    assert len(sheet.entries) == 1


def test_a_cell_of_two_lines_does_not_shift_the_numbers():
    sheet = read(HEAD + '5/12/2568,รายรับ,สมาชิก,"เงิน\nออม",100\nx,รายรับ,ก,ข,1\n')
    assert sheet.entries[0]["purpose"] == "เงิน ออม"
    assert [fault.line for fault in sheet.faults] == [4]


def test_income_and_expense_may_have_a_column_each_as_village_books_do():
    sheet = read(
        "วัน เดือน ปี,รายการ,ที่มา,รายรับ,รายจ่าย\n"
        "5/12/2568,เงินออม,สมาชิก,100,-\n"
        "6/12/2568,ไม้,ร้านไม้,0.00,50\n"
        "7/12/2568,อะไร,ใคร,5,5\n"
        "8/12/2568,อะไร,ใคร,,\n"
    )
    assert [(e["flow"], e["amount"]) for e in sheet.entries] == [
        ("income", Decimal("100.00")),
        ("expense", Decimal("50.00")),
    ]
    assert [fault.line for fault in sheet.faults] == [4, 5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620", "utf-16"])
def test_encodings_of_thai_are_told_apart(encoding):
    sheet = read(HEAD + "5/12/2568,รายรับ,สมาชิก,เงินออม,100\n", encoding)
    assert sheet.entries[0]["purpose"] == "เงินออม"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_are_found_by_their_headers_in_either_language_and_any_order(delimiter):
    head = ["Amount", "Date", "What for", "From or to whom", "Kind", "Note"]
    line = ["100", "2025-12-05", "ออม", "สมาชิก", "Income", "ไม่ต้องอ่าน"]
    sheet = read("\n".join(delimiter.join(cells) for cells in (head, line)))
    assert sheet.entries == [
        {
            "flow": "income",
            "date": date(2025, 12, 5),
            "source": "สมาชิก",
            "purpose": "ออม",
            "amount": Decimal("100.00"),
            "document_link": "",
        }
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00",
        b"PK\x03\x04 a workbook",
        b"\xd0\xcf\x11\xe0 an old workbook",
        b"\xff\xfe\x00",
        "สวัสดี นี่คือจดหมาย ไม่ใช่ตาราง".encode(),
        HEAD.encode(),
        b"date,amount\n1/1/2568,3\n",
        (HEAD + '5/12/2568,รายรับ,"สมาชิก,เงิน,100\n').encode(),
        "วันที่,วันที่,ประเภท,ที่มา,รายการ,จำนวนเงิน\n".encode(),
    ],
)
def test_what_is_no_ledger_is_refused_with_words(data):
    with pytest.raises(NotASheet) as refused:
        read_sheet(data)
    assert str(refused.value.message)


def test_an_amount_whose_comma_split_it_is_not_read_as_a_smaller_one():
    sheet = read(HEAD + "5/12/2568,รายรับ,สมาชิก,เงินออม,1,234.50\n")
    assert sheet.entries == []
    assert sheet.fault_count == 1


def test_too_much_is_refused():
    line = "5/12/2568,รายรับ,สมาชิก,เงินออม,100\n"
    assert len(read(HEAD + line * 10_000).entries) == 10_000
    with pytest.raises(SheetTooLarge):
        read(HEAD + line * 10_001)
    with pytest.raises(SheetTooLarge):
        read_sheet(b"x" * (MAX_BYTES + 1))


def test_ten_thousand_wrong_lines_are_counted_and_a_hundred_said():
    began = time.monotonic()
    sheet = read(HEAD + "5/12/68,กู้,,,๑.๒๓๔,๕\n" * 10_000)
    assert (sheet.fault_count, len(sheet.faults)) == (10_000, 100)
    assert time.monotonic() - began < 20


def test_what_is_written_is_for_excel_and_no_formula():
    text = "".join(
        written([["วันที่", "=SUM(A1)", "+66", "-1", "@x", "ก"], ["\tก", 'a"b', "", "", "", ""]])
    )
    assert text.startswith("\ufeffวันที่,'=SUM(A1),'+66,'-1,'@x,ก\r\n'\tก")


@pytest.mark.parametrize("language", list(TITLES))
def test_a_file_that_went_out_is_read_back_by_its_headers(language):
    line = ["5/12/2568", "รายรับ", "ร้าน", "ค่าน้ำ", "100.00", "https://example.org/"]
    (entry,) = read("".join(written([TITLES[language], line]))).entries
    assert (entry["source"], entry["purpose"], entry["amount"]) == ("ร้าน", "ค่าน้ำ", 100)
    assert entry["document_link"] == "https://example.org/"


def test_what_was_guarded_comes_back_as_it_was():
    rows = [
        ["วันที่", "ประเภท", "ที่มา", "รายการ", "จำนวนเงิน"],
        ["5/12/2568", "รายรับ", "=ร้าน", "-ค่าน้ำ 'พิเศษ'", "100.00"],
    ]
    (entry,) = read("".join(written(rows))).entries
    assert (entry["source"], entry["purpose"]) == ("=ร้าน", "-ค่าน้ำ 'พิเศษ'")


# -- As accountants and their programs write ---------------------------------------------------------


@pytest.mark.parametrize(("name", "entries"), [("cp874.csv", 1), ("dates_with_time.csv", 2)])
def test_the_shared_files_are_read(name, entries):
    sheet = read_sheet(needs_shared("data", "cases", name).read_bytes())
    assert (len(sheet.entries), sheet.faults) == (entries, [])
    assert {entry["date"] for entry in sheet.entries} == {date(2025, 12, 5)}
    assert sheet.entries[0]["source"] in {"“มูลนิธิ”", "มูลนิธิ"}


@pytest.mark.parametrize(
    "day",
    [
        "5/12/2568 0:00",
        "2568-12-05 00:00:00",
        "2025-12-05T00:00:00",
        "2025-12-05T00:00:00.000Z",
        "2025-12-05 07:00:00+07:00",
        "5/12/2025 12:00:00 AM",
        "๕/๑๒/๒๕๖๘ ๑๔.๓๐ น.",
        "5 ธ.ค. 2568 14:30",
        "5 ธ.ค. 2568 เวลา 14.30 น.",
        "5/12/2568, 14:30",
    ],
)
def test_a_day_may_come_with_an_hour(day):
    sheet = read(HEAD + f'"{day}",รายรับ,มูลนิธิ,ทุน,100\n')
    assert [entry["date"] for entry in sheet.entries] == [date(2025, 12, 5)], sheet.faults


@pytest.mark.parametrize("day", ["5/12/68 0:00", "0:00", "5/12 10:30", "31/2/2568 0:00"])
def test_an_hour_makes_no_day_of_what_is_none(day):
    assert read(HEAD + f"{day},รายรับ,มูลนิธิ,ทุน,100\n").fault_count == 1


@pytest.mark.parametrize(
    "row",
    [
        "รวม,,,,100",
        ",,,รวม,100",
        ",,รวมทั้งสิ้น,,100",
        "ยอดรวม,,,,100",
        ",,,รวมรายรับ,100",
        ",,,รวมเดือนธันวาคม 2568,100",
        ",,,คงเหลือ,100",
        "Total,,,,100",
        ",,,Grand total:,100",
    ],
)
def test_a_row_that_adds_up_the_others_is_left_out_and_said(row):
    sheet = read(HEAD + f"5/12/2568,รายรับ,สมาชิก,ออม,100\n{row}\n")
    assert (len(sheet.entries), sheet.faults) == (1, [])
    assert [line for line, _text in sheet.reading["sums"]] == [3]


@pytest.mark.parametrize(
    "row",
    ["5/12/2568,รายรับ,รวม,รวม,100", ",รายรับ,รวมพลังคนรักป่า,ทุน,100", "รวมใจ,รายรับ,ก,ข,100"],
)
def test_what_only_sounds_like_a_sum_is_not_left_out(row):
    sheet = read(HEAD + f"5/12/2568,รายรับ,สมาชิก,ออม,100\n{row}\n")
    assert sheet.reading["sums"] == []
    assert len(sheet.entries) + sheet.fault_count == 2


def test_it_is_told_which_columns_were_used_and_which_left_out():
    sheet = read(
        "วันที่,หมวด,ผู้รับ/ผู้จ่าย,รายการ,รายรับ,รายจ่าย,หมายเหตุ\n5/12/2568,ออม,สมาชิก,เงินออม,100,,ครบ\n"
    )
    assert sheet.reading["left"] == ["หมวด", "หมายเหตุ"]
    assert sheet.reading["used"] == [
        ["date", "วันที่"],
        ["source", "ผู้รับ/ผู้จ่าย"],
        ["purpose", "รายการ"],
        ["income", "รายรับ"],
        ["expense", "รายจ่าย"],
    ]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Date,Description,In,Out", "รับจาก/จ่ายให้"),
        ("เมื่อไร,เรื่อง,ใคร,เท่าไร", "วันเดือนปี"),
        ("วันที่,ผู้รับ,ผู้จ่าย,รายการ,จำนวนเงิน,ประเภท", "มากกว่าหนึ่งคอลัมน์"),
        ("วันที่,ที่มา,รายการ,จำนวนเงิน", "รับหรือจ่าย"),
    ],
)
def test_columns_that_cannot_be_told_are_asked_for_with_names_that_would_do(head, said):
    with pytest.raises(UnknownColumns) as unclear:
        read(head + "\n5/12/2568,ก,ข,1,2,3\n")
    assert said in str(unclear.value.message)
    assert unclear.value.table.header == head.split(",")


M = 5_000_000  # letters


def read_or_refuse(data: bytes) -> None:
    with suppress(NotASheet):
        read_sheet(data)


@pytest.mark.parametrize(
    "junk",
    [",", "date,", "a", "\n", "\r", ",\n", "x\n", '"', "\0", " ", ";", "\t", "date,kind\n", "( . "],
)
def test_five_megabytes_of_nothing_are_refused_at_once(junk):
    data = (junk * (M // len(junk))).encode()
    with pytest.raises(NotASheet):
        read_sheet(data)
    assert_quick(lambda: read_or_refuse(data), within=0.5)


@pytest.mark.parametrize(
    "lines",
    [
        (f"{day}{n},in,x,y,1\n" for n in range(1000) for day in ("32/13/25", "พรุ่งนี้", "๕ มกราคมมม ๒๕",
         "1.2.3.4.5", "2026120", "5/12/6", "ก" * 59)),
        (f"x{n}รวม,x,ก,y,1abc\n" for n in range(10_000)),
        ("5/12/2568 " + "1 " * 400 + ",in,a,b,1\n" for _n in range(6_000)),
        (" " * 450 + f"{n},in,a,b,1\n" for n in range(10_000)),
        ("5/12/2568,in,a,b," + "1" * 480 + "\n" for _n in range(10_000)),
        ("5/12/2568,in," + "น้ํา" * 200 + "," + "ก" * 800 + ",1\n" for _n in range(1_000)),
        (f"5/12/2568,in,a,b,1,http://{'a.' * 230}{n}\n" for n in range(9_000)),
    ],
    ids=["odd dates", "junk", "hours", "spaces", "digits", "long", "links"],
)  # fmt: skip
def test_a_file_of_faults_costs_no_more_than_a_good_one(lines):
    head = "date,kind,from,item,amount,link\n"
    data = (head + "".join(lines)).encode()[:M].decode(errors="ignore").encode()
    assert_quick(lambda: read_or_refuse(data), within=1.6)  # it takes 0.2 to 0.9


def test_what_a_spreadsheet_leaves_under_its_table_is_nothing():
    line = "5/12/2568,รายรับ,สมาชิก,เงินออม,100\n"
    assert len(read(HEAD + line + ",,,,\n" * 900_000).entries) == 1
    assert len(read(HEAD + line + ",,,,\n" * 2_000 + line).entries) == 2


def test_a_line_without_end_is_said_by_its_number():
    with pytest.raises(NotASheet, match="บรรทัดที่ 3"):
        read(HEAD + "5/12/2568,รายรับ,สมาชิก,เงินออม,100\n" + "x," * 6_000 + "\n")
