"""forums.text.reading_amounts: amounts as Thai people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.text.reading_amounts import AmbiguousAmount, NotAnAmount, read_amount


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1,234.50", "1234.50"),
        ("๑,๒๓๔.๕๐", "1234.50"),
        ("1234.5", "1234.50"),
        ("1234", "1234.00"),
        (" 1,234,567 บาท ", "1234567.00"),
        ("฿20", "20.00"),
        ("500.-", "500.00"),
        ("0.25", "0.25"),
        (".5", "0.50"),
        ("12.", "12.00"),
        ("999,999,999,999.99", "999999999999.99"),
    ],
)
def test_an_amount_is_read(typed, amount):
    assert read_amount(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["1.234,50", "1,23", "12,34.50", "1.234.567", "1,2345", "1,,234", ",5"]
)
def test_what_may_mean_two_amounts_is_refused(typed):
    with pytest.raises(AmbiguousAmount):
        read_amount(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "บาท", "-5", "−5", "(50)", "0", "0.00", "1.234", "1e5", "NaN", "inf", "ห้าร้อย", "5 000",
     "1000000000000", "1" + "0" * 26, "9" * 30, "9" * 5000, "1/2", "²³x"],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_words(typed):
    with pytest.raises(NotAnAmount) as refused:
        read_amount(typed)
    assert str(refused.value.message)


@given(st.text(max_size=60))
def test_anything_is_read_or_refused(typed):
    try:
        amount = read_amount(typed)
    except NotAnAmount:
        return
    assert amount > 0
    assert amount == amount.quantize(Decimal("0.01"))


@given(st.decimals(min_value="0.01", max_value="999999999999.99", places=2))
def test_what_is_written_is_read_back(amount):
    assert read_amount(f"{amount:,.2f}") == amount
