"""Names a reader takes for a moderator's or the site's own are known, however they are drawn; others are left alone."""

import pytest

from forums.text.shown_names import name_bones, name_problem, network_name_problem

RESERVED = """
    วรรณา ทีมร้อยพลัง|ผู้ดูแลระบบ|ผู้ดูเเล|ผู้ดูแลเว็บ|ร้อยพลัง (ทีมงาน)|ร้ อ ย พ ลั ง|ร้อย*พลัง|รอ้ยพลัง|รอยพลัง|แอดมิ่น|แอด มิน|ทีม งาน
    Admin|ADMIN.|adm1n|@dmin|adrnin|ádmin|аdmin|Αdmin|ᴀᴅᴍɪɴ|𝐚𝐝𝐦𝐢𝐧|ⓐⓓⓜⓘⓝ|SiteAdmin2|admin ไทย|a d m i n|ｍｏｄ|Mod Somchai|m0derator|Official
    r o y p a l a n g|RΟYPALANG|royphalang.|Webmaster|staff|Support|root|team|ระบบ|เจ้าหน้าที่|เจ้าของเว็บ
"""
LEFT_ALONE = """
    มาลี คำหล้า|เจ้าหน้าที่อนามัย|กรรมการหมู่บ้าน 5|คนดูแลป่า|บ้านดูแลกัน|ผู้ใหญ่ดูแล|ร้อยเอก พลัง|พลัง ร้อยใจ|ระบบน้ำ|โมดูล|สมชาย ★|มาลี 🙏
    badminton club|Padmini|modern|model|Modi|admiral|Team Green|Daw Aung|Иван|李明|ໂຄມໄຟ|5555
"""


def names(several: str) -> list[str]:
    return [
        each.strip() for line in several.split("\n") for each in line.split("|") if each.strip()
    ]


@pytest.mark.parametrize("name", names(RESERVED))
def test_a_name_that_seems_to_be_staffs_is_reserved(name):
    assert name_problem(name) == "reserved"


@pytest.mark.parametrize("name", names(LEFT_ALONE))
def test_a_name_that_does_not_is_left_alone(name):
    assert name_problem(name) is None


@pytest.mark.parametrize(
    "name",
    ["ร้อยพลัง", "ทีมร้อยพลังภาคเหนือ", "ผู้ดูแลเว็บ", "ผู้ดูแล", "ทีมงาน", "Roypalang Official", "แอดมินใจดี"],
)
def test_nor_is_a_network_called_as_the_house(name):
    assert network_name_problem(name) == "reserved"


@pytest.mark.parametrize("name", ["ผู้ดูแลผู้ป่วยติดเตียง", "ทีมงานป่าชุมชนบ้านห้วยหินลาด", *names(LEFT_ALONE)])
def test_a_network_says_whom_it_looks_after(name):
    assert network_name_problem(name) is None


@pytest.mark.parametrize("badge", "✓✔✅☑√🛡👮🔰🏅™®🔵")
def test_a_badge_is_no_part_of_a_name(badge):
    assert name_problem(f"มาลี {badge}") == "badge"
    assert name_problem(f"{badge}\ufe0fมาลี") == "badge"


@pytest.mark.parametrize(
    ("one", "other"),
    [("วรรณา  ใจดี", "วรรณา.ใจดี 2"), ("แต้ม", "แด้ม"), ("Malee", "MаIee"), ("มาลี", "(มาลี)")],
)
def test_names_that_look_alike_have_the_same_bones(one, other):
    assert name_bones(one) == name_bones(other) != ""
