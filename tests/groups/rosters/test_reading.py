"""What a file of addresses says, whoever made it; and hostile ones."""

import random
from contextlib import suppress

import pytest

from forums.base.csv_files import NotASheet
from forums.groups.rosters.reading import MAX_BYTES, MOST, RosterTooLarge, read_roster
from tests.timing import assert_quick


def read(text: str, encoding: str = "utf-8"):
    return read_roster(text.encode(encoding))


PEOPLE = {"nok@example.org": 2, "somchai@example.org": 3}
SHEET = "ลำดับ{0}ชื่อ{0}อีเมล\n1{0}นก{0}nok@example.org\n2{0}สมชาย{0}Somchai@Example.org\n"


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
def test_it_is_read_as_spreadsheets_in_thailand_write_it(sign, encoding):
    found = read(SHEET.format(sign), encoding)
    assert found.addresses == PEOPLE
    assert not found.faults


def test_without_headers_the_cell_with_an_address_is_taken():
    found = read(
        "รายชื่อผู้เข้าอบรม\n\nนก,081-234-5678,nok@example.org\nสมชาย,,สมชาย <somchai@example.org>\n"
    )
    assert found.addresses == {"nok@example.org": 3, "somchai@example.org": 4}
    assert not found.faults


def test_one_column_is_enough():
    assert read("nok@example.org\nsomchai@example.org").addresses == {
        "nok@example.org": 1,
        "somchai@example.org": 2,
    }


def test_the_headed_column_counts_not_another_that_holds_addresses():
    found = read("อีเมล,ผู้ส่งข้อมูล\nnok@example.org,office@example.org\n")
    assert list(found.addresses) == ["nok@example.org"]


def test_each_line_says_what_is_wrong_with_it():
    found = read(
        "ชื่อ,อีเมล\n"
        "นก,nok@example.org\n"
        "ดวง,ดวงใจ@\n"
        "ป้อม,\n"
        "ปู,pu@example.org ปู2@example.org\n"
        "นก,NOK@example.org\n"
    )
    assert list(found.addresses) == ["nok@example.org"]
    assert [(line, why) for line, _typed, why in found.faults] == [
        (3, "bad"),
        (4, "none"),
        (5, "several"),
        (6, "double"),
    ]


def test_what_is_over_the_bound_is_said_line_by_line():
    found = read("".join(f"m{n}@example.org\n" for n in range(MOST + 3)))
    assert len(found.addresses) == MOST
    assert [(line, why) for line, _typed, why in found.faults] == [
        (MOST + 1, "over"),
        (MOST + 2, "over"),
        (MOST + 3, "over"),
    ]


def test_formulas_are_text_and_no_addresses():
    found = read(
        "อีเมล\n"
        "nok@example.org\n"
        '"=HYPERLINK(""mailto:a@example.org"",""กด"")"\n'
        "=cmd|' /C calc'!A0\n"
        "@SUM(1+1)\n"
    )
    assert list(found.addresses) == ["nok@example.org"]
    assert len(found.faults) == 3


@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 1000,
        b"nok@example.org\n\0\0",
        b"PK\x03\x04" + b"x" * 1000,
        b"\xff\xfe\x00",
        b'"nok@example.org',
        b"x" * 20_000,
        ("a," * 60 + "nok@example.org").encode(),
    ],
    ids=["nuls", "a nul", "a workbook", "half a letter", "an open quote", "a long line", "columns"],
)
def test_what_is_no_sheet_is_said(data):
    with pytest.raises(NotASheet):
        read_roster(data)


@pytest.mark.parametrize(
    "data",
    [
        b"," * 5 * 1024 * 1024,
        b"a@b.org\n" * 200_000,
        "".join(f"m{n}@example.org\n" for n in range(10_000)).encode(),
    ],
    ids=["5 MB of commas", "1.6 MB", "10,000 lines"],
)
def test_what_is_too_large_is_refused(data):
    with pytest.raises(RosterTooLarge):
        read_roster(data)


@pytest.mark.parametrize(
    "data",
    [
        b"," * MAX_BYTES,
        (b"," * 49 + b"\n") * 20_000,
        b'"' * MAX_BYTES,
        b"<" * 9_000 + b"\n" + b"@" * 9_000,
        (b"<" * 300 + b"@" + b">" * 90 + b"\n") * 1_900,
        (b'"<a@' * 95 + b"\n") * 1_900,
    ],
)
def test_a_hostile_file_is_read_in_a_moment(data):
    def reads():
        with suppress(NotASheet):
            read_roster(data)

    assert_quick(reads, within=1.0)


def test_whatever_is_in_it_it_is_read_or_refused():
    chance = random.Random(7)
    for _n in range(300):
        data = bytes(chance.choices(b',;\t\n\r"<>@.ab\xa1\xe0\xb8\x81', k=chance.randrange(200)))
        with suppress(NotASheet):
            read_roster(data)


def test_an_empty_file_holds_nobody():
    assert read("").addresses == {}
