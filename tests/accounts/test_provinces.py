"""The data of the 77 provinces."""

from django.utils import translation

from accounts.models import Member
from accounts.provinces import (
    ALL,
    OF_REGION,
    PROVINCE_NAMES,
    PROVINCES,
    REGIONS,
    choices_after,
    in_order,
)
from forums.text.thai import sort_key

# Thailand's outermost points, a little rounded outwards.
SOUTH, NORTH, WEST, EAST = 5.6, 20.5, 97.3, 105.7


def test_there_are_seventy_seven_and_no_code_or_name_twice():
    assert len(ALL) == 77
    assert len({each.code for each in ALL}) == 77
    assert len({each.name for each in ALL}) == 77
    assert all(len(each.code) == 2 and each.code.isdigit() for each in ALL)


def test_they_stand_in_the_order_of_a_dictionary():
    names = [str(name) for _code, name in PROVINCES]
    assert names == sorted(names, key=sort_key)
    assert names.index("เชียงใหม่") < names.index("ตรัง") < names.index("แพร่")


def test_each_has_a_region_of_the_six_as_the_committee_drew_them():
    sizes = {region: len(codes) for region, codes in OF_REGION.items()}
    assert sizes == {
        "north": 9, "northeast": 20, "central": 22, "east": 7, "west": 5, "south": 14,
    }  # fmt: skip
    assert list(OF_REGION) == [region for region, _name in REGIONS]
    west = {PROVINCE_NAMES[code] for code in OF_REGION["west"]}
    assert west == {"ตาก", "กาญจนบุรี", "ราชบุรี", "เพชรบุรี", "ประจวบคีรีขันธ์"}


def test_each_seat_lies_in_thailand_and_no_two_at_one_place():
    for each in ALL:
        assert SOUTH < each.latitude < NORTH, each
        assert WEST < each.longitude < EAST, each
    assert len({(each.latitude, each.longitude) for each in ALL}) == 77


def test_some_seats_are_where_everybody_knows_them():
    place = {each.name: (each.latitude, each.longitude) for each in ALL}
    bangkok = place["กรุงเทพมหานคร"]
    assert abs(bangkok[0] - 13.75) < 0.05
    assert abs(bangkok[1] - 100.5) < 0.05
    assert max(place, key=lambda name: place[name][0]) == "เชียงราย"
    assert min(place, key=lambda name: place[name][1]) == "แม่ฮ่องสอน"
    assert max(place, key=lambda name: place[name][1]) == "อุบลราชธานี"
    assert min(place, key=lambda name: place[name][0]) == "นราธิวาส"


def test_in_english_they_have_english_names_in_english_order():
    member = Member(province="50")
    assert member.place == "เชียงใหม่"
    with translation.override("en"):
        assert (PROVINCE_NAMES["50"], str(dict(PROVINCES)["50"]), member.place) == (
            "Chiang Mai", "Chiang Mai", "Chiang Mai",
        )  # fmt: skip
        names = [name for _code, name in in_order()]
        assert names == sorted(names)
        assert all(name.isascii() for name in names)
        assert len(set(names)) == 77
    assert [name for _code, name in in_order()] == [each.name for each in ALL]


def test_a_form_offers_them_in_the_readers_language():
    choices = choices_after("none")
    assert choices()[0] == ("", "none")
    assert ("50", "เชียงใหม่") in choices()
    with translation.override("en"):
        assert ("50", "Chiang Mai") in choices()
