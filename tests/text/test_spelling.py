import pytest

from forums.text.spelling import Spelled, distance, near_skeletons, skeleton
from tests.timing import assert_quick


def far(one: str, other: str) -> float:
    return distance(Spelled(one), Spelled(other))


@pytest.mark.parametrize(
    ("right", "typed"),
    [
        ("ประเทศ", "ประเทส"),  # finals that sound alike
        ("เศรษฐกิจ", "เศษฐกิจ"),  # ร that nobody hears
        ("รัฐบาล", "รัดถบาน"),
        ("โทรศัพท์", "โทรสับ"),  # the consonant under ์
        ("ประสบการณ์", "ประสบการ"),
        ("วิทยาศาสตร์", "วิทยาสาด"),
        ("กะทันหัน", "กระทันหัน"),  # ร too many
        ("สมัคร", "สมัค"),
        ("ไหม", "มั้ย"),  # one vowel in two spellings
        ("ธรรม", "ทำ"),  # รร
        ("ฤดู", "รึดู"),
        ("อังกฤษ", "อังกิด"),
        ("น้ำ", "หนำ"),  # ห that moves the tone
        ("ข้าว", "ขาว"),  # tones
        ("ปาฏิหาริย์", "ปาติหาน"),
        ("facebook", "facebok"),
        ("phone", "fone"),
    ],
)
def test_words_said_alike_have_one_skeleton(right, typed):
    assert skeleton(typed) == skeleton(right) != ""


def test_a_skeleton_tells_consonants_and_vowels_of_different_kinds_apart():
    assert skeleton("ประเทศ") == "บต.เ"
    words = ("กา", "มา", "มี", "มู", "เม", "โม", "งา", "ยา", "วา", "หา", "อา")
    assert len({skeleton(word) for word in words}) == len(words)


def test_what_has_no_sound_of_its_own_has_no_skeleton():
    for word in ("", "ก", "a", "2569", "covid19", "ๆ", "้า", "日本", "ก" * 41):
        assert skeleton(word) == ""


def test_near_skeletons_have_one_consonant_wrong():
    near = near_skeletons(skeleton("นโนบาย"))
    assert skeleton("นโยบาย") in near
    assert skeleton("นโนบาย") not in near
    assert skeleton("พนักงาน") in near_skeletons(skeleton("พนังงาน"))
    assert skeleton("google") in near_skeletons(skeleton("goole"))
    assert len(near) < 150


def test_distance_is_shorter_for_what_ear_and_finger_explain():
    assert far("น้ำท่วม", "น้ำท่วม") == 0
    assert far("คะ่", "ค่ะ") < far("คะ่", "คา")
    assert far("ประเทส", "ประเทศ") < far("ประเทส", "ประเทม")
    assert far("คุนภาพ", "คุณภาพ") < far("คุนภาพ", "ขุนภาพ") + 0.1
    assert far("ลุกค้า", "ลูกค้า") < far("ลุกค้า", "เลิกค้า")
    assert far("โรงพยาบาน", "โรงพยาบาล") < far("โรงพยาบาน", "โรงพยาบาท")
    assert far("การตลาก", "การตลาด") < far("การตลาก", "การตลาม")  # ก beside ด
    assert far("มั้ย", "ไหม") < 1
    assert far("แปลก", "แปกล") < 1
    assert far("ยา", "ราคา") >= 1


def test_distance_is_the_same_from_both_sides_and_stops_where_it_is_too_far():
    for one, other in (("อังกิด", "อังกฤษ"), ("สมัค", "สมัคร"), ("goole", "google")):
        assert far(one, other) == pytest.approx(far(other, one))
    assert distance(Spelled("กระทรวง"), Spelled("ประชาธิปไตย"), within=1) > 1


def test_no_word_is_slow():
    for word in ("รร" * 5000, "์" * 10_000, "ก์" * 5000, "ไกย" * 3000):
        assert_quick(lambda word=word: skeleton(word), within=0.5, told=word[:9])
    long = Spelled("กรรณ์" * 20), Spelled("ไกลห" * 20)
    assert_quick(lambda: distance(*long), within=0.5)
