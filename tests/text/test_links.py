"""What a program would make a link of, and what only looks a little like one."""

import pytest

from forums.text.links import holds_link, without_links
from tests.timing import assert_quick


@pytest.mark.parametrize(
    "name",
    [
        "ด่วน บัญชีท่านถูกระงับ ยืนยันที่ http://evil.test/login",
        "HTTPS://EVIL.TEST",
        "ยืนยันที่evil.comด่วน"[:-5],
        "ยืนยันที่www.evil.ทดสอบ",
        "กดที่ bit.ly/x",
        "lin.ee",
        "ธนาคาร.com",
        "คลิก ｅｖｉｌ．ｃｏｍ",
        "evil。com",
        "ไปที่ evil.gdn/login",
        "203.0.113.9",
        "เขียนถึง a@evil.org",
        "mailto:a@b",
        "tel:0812345678",
        "line://ti/p/x",
        "xn--o3cw4h.xn--o3cw4h",
        "รัก.ไทย",
        "evil.co.th.",
    ],
)
def test_links_are_known(name):
    assert holds_link(name)


@pytest.mark.parametrize(
    "name",
    [
        "คนรักคลอง",
        "ม.ราชภัฏสวนสุนันทา",
        "อบต.บ้านไร่",
        "รพ.สต.บ้านหนองบัว",
        "กศน.อ.เมือง",
        "สมาคม ฯ พ.ศ. 2569",
        "Dr.Somchai",
        "St.Mary",
        "Node.js ไทย",
        "U.S.A.",
        "Siam Wood Co., Ltd.",
        "Ph.D. club",
        "No.5",
        "3.5 ล้าน",
        "กลุ่ม 5.12.2569",
        "อสม./อบต.",
        "ที่นี่: กลุ่มออมทรัพย์",
        "Wat Pho",
        "…",
    ],
)
def test_names_are_no_links(name):
    assert not holds_link(name)


def test_a_word_with_a_link_gives_way():
    assert without_links("มา ชวนเข้า “evil.test/x” วันนี้") == "มา ชวนเข้า … วันนี้"
    assert without_links("สอง  ช่อง") == "สอง  ช่อง"


@pytest.mark.parametrize("piece", ["a.", "www", "1.", "http:/", "a", ".", "xn--", "/."])
def test_it_takes_no_time(piece):
    text = piece * (100_000 // len(piece))
    assert_quick(lambda: without_links(text), within=1)
