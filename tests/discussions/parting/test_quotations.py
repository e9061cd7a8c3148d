"""Quotations of somebody's posts in another's text, and her handle behind an @."""

from forums.discussions.parting.quotations import (
    quoted_posts,
    without_handle,
    without_quotations,
)

HERS = "> [มาลี](/p/12/) เขียนว่า:\n>\n> น้ำขึ้นแล้ว\n> สูงมาก\n\nจริงด้วย"


def test_the_name_over_a_quotation_is_another_and_the_words_stay():
    assert without_quotations(HERS, {12}, name="อดีตสมาชิก") == HERS.replace("มาลี", "อดีตสมาชิก")


def test_what_was_emptied_is_emptied_in_the_quotation_too():
    freed = without_quotations(HERS, {12}, name="อดีตสมาชิก", instead="*ว่าง*")
    assert freed == "> [อดีตสมาชิก](/p/12/) เขียนว่า:\n>\n> *ว่าง*\n\nจริงด้วย"


def test_quotations_of_others_stay_as_they_are():
    assert without_quotations(HERS, {13}, name="อดีตสมาชิก", instead="*ว่าง*") == HERS


def test_a_quotation_inside_a_quotation_goes_alone():
    text = "> [นงค์](/p/7/) เขียนว่า:\n>\n> > [มาลี](/p/12/) เขียนว่า:\n> >\n> > ลับ\n>\n> ของนงค์"
    freed = without_quotations(text, {12}, name="X", instead="*ว่าง*")
    assert "ลับ" not in freed
    assert freed.endswith("> ของนงค์")
    assert "นงค์](/p/7/)" in freed


def test_what_she_quoted_goes_with_her_words():
    text = "> [มาลี](/p/12/) เขียนว่า:\n>\n> > คำของใคร\n>\n> ของมาลี\n\nของฉัน"
    freed = without_quotations(text, {12}, name="X", instead="*ว่าง*")
    assert "คำของใคร" not in freed
    assert "ของมาลี" not in freed
    assert freed.endswith("ของฉัน")


def test_posts_that_may_be_quoted_are_found():
    assert quoted_posts(HERS + "\n[ดู](/p/9/)") == {12, 9}


def test_her_handle_behind_an_at_goes_and_an_address_stays():
    text = "ถาม @malee ดู ไม่ใช่ a@malee.org @maleewan"
    assert without_handle(text, {"malee"}, name="X") == "ถาม @X ดู ไม่ใช่ a@malee.org @maleewan"
