import random

import pytest

from forums.text.personal_data import find


def id_card(first_twelve: str) -> str:
    total = sum(
        int(digit) * weight for digit, weight in zip(first_twelve, range(13, 1, -1), strict=True)
    )
    return first_twelve + str((11 - total % 11) % 10)


@pytest.mark.parametrize(
    "phone",
    [
        "0812345678",
        "081-234-5678",
        "081-2345678",
        "08-1234-5678",
        "๐๘๑-๒๓๔-๕๖๗๘",
        "+66812345678",
        "+66-81-234-5678",
        "66812345678",
        "+66(0)81-234-5678",
        "02-123-4567",
        "021234567",
        "0-2123-4567",
        "053-123456",
        "053-123-456",
        "0-5312-3456",
        "081.234.5678",
        "0812-345-678",
    ]
    + ["081 234 5678", "08 1234 5678", "+66 81 234 5678", "053 123 456", "(02) 123 4567"],
)
def test_phone_numbers_are_found_in_every_form(phone):
    assert find(f"โทร{phone}ค่ะ") == ["phone"]
    assert find(f"โทร. {phone} นะ") == ["phone"]


@pytest.mark.parametrize(
    "text",
    [
        "โทร 1669 หรือ 191 หรือ 1300",
        "โทรฟรี 1800-123-456",
        "วันที่ 13/04/2567 หรือ 09-10-2567",
        "งบ 1,234,567,890 บาท กับ 100,081,234,567 บาท",
        "0.812345678",
        "เลขที่หนังสือ 1/0812345678",
        "https://example.com/0812345678",
        "ISBN 978-616-12-3456-7",
        "เวลา 08:12:34",
        "14 หลัก 11017012345612",
        "ถามที่ @malee นะ",
    ],
)
def test_hotlines_dates_and_sums_are_no_personal_data(text):
    assert find(text) == []


def test_national_ids_are_found_by_their_check_digit():
    number = id_card("110170123456")
    assert find(f"เลข{number}ค่ะ") == ["id_card"]
    for separator in "- ":
        parts = separator.join((number[0], number[1:5], number[5:10], number[10:12], number[12]))
        assert find(parts) == ["id_card"]
    assert find(number[:12] + str((int(number[12]) + 1) % 10)) == []


def test_synthetic_national_ids_are_all_found():
    rng = random.Random(7)
    for _ in range(500):
        number = id_card(str(rng.randint(10**11, 9 * 10**11 - 1)))
        assert "id_card" in find(number)


def test_mail_addresses_are_found_and_kinds_come_in_one_order():
    text = f"malee@example.org {id_card('310060123456')} 0812345678"
    assert find(text) == ["phone", "id_card", "email"]
