"""Where somebody lives, and the plate of somebody's car."""

import re
from collections.abc import Iterator

_PROVINCES = (
    "กทม|กรุงเทพ|กระบี่|กาญจนบุรี|กาฬสินธุ์|กำแพงเพชร|ขอนแก่น|จันทบุรี|ฉะเชิงเทรา|ชลบุรี|ชัยนาท|ชัยภูมิ|ชุมพร|เชียงราย|เชียงใหม่|ตรัง|ตราด|ตาก|"
    "นครนายก|นครปฐม|นครพนม|นครราชสีมา|โคราช|นครศรีธรรมราช|นครสวรรค์|นนทบุรี|นราธิวาส|น่าน|บึงกาฬ|บุรีรัมย์|ปทุมธานี|ประจวบคีรีขันธ์|ปราจีนบุรี|"
    "ปัตตานี|พระนครศรีอยุธยา|อยุธยา|พะเยา|พังงา|พัทลุง|พิจิตร|พิษณุโลก|เพชรบุรี|เพชรบูรณ์|แพร่|ภูเก็ต|มหาสารคาม|มุกดาหาร|แม่ฮ่องสอน|ยโสธร|ยะลา|"
    "ร้อยเอ็ด|ระนอง|ระยอง|ราชบุรี|ลพบุรี|ลำปาง|ลำพูน|เลย|ศรีสะเกษ|สกลนคร|สงขลา|สตูล|สมุทรปราการ|สมุทรสงคราม|สมุทรสาคร|สระแก้ว|สระบุรี|"
    "สิงห์บุรี|สุโขทัย|สุพรรณบุรี|สุราษฎร์ธานี|สุรินทร์|หนองคาย|หนองบัวลำภู|อ่างทอง|อำนาจเจริญ|อุดรธานี|อุตรดิตถ์|อุทัยธานี|อุบลราชธานี|เบตง"
)
_PLATE_BODY = r"(?:[0-9]{1,2}\s?)?[ก-ฮ]{1,3}[\s.-]{0,2}[0-9]{1,4}"
_PLATE_SAID = re.compile(
    r"(?:ทะเบียน|ป้าย)(?:รถ|เลขที่|เลข|หมายเลข|คือ|ป้ายแดง|แดง|ยนต์|จักรยานยนต์|กระบะ|เก๋ง|ตู้|ว่า|[\s:=]){0,5}"
    rf"({_PLATE_BODY}|[0-9]{{2}}-[0-9]{{4}})(?![0-9/])(?:\s{{0,2}}(?:{_PROVINCES})(?:มหานคร|ฯ)?)?"
)
_PLACED = re.compile(rf"(?<![0-9])[0-9]{{1,4}}\s{{0,2}}(?:จ\.\s?)?(?:{_PROVINCES})(?:มหานคร|ฯ)?")
_LETTERS_BEFORE = re.compile(r"(?<![ก-๎0-9])(?:[0-9]\s?)?[ก-ฮ]{2,3}[\s-]{0,2}$")
# Short words that stand before numbers: months, years, measures.
_NO_PLATE = re.compile(
    r"(?:[0-9]\s?)?(?:มค|กพ|มีค|เมย|พค|มิย|กค|สค|กย|ตค|พย|ธค|พศ|คศ|กม|ชม|กก|ซม|มม|ตร|รร|อบต|อบจ|รพ|สส|สว|ศพ|พรบ)[\s-]{0,2}$"
)
_REGISTERED = re.compile(r"ทะเบียน(?:สมาคม|มูลนิธิ|พาณิชย์|นิติบุคคล|บ้าน|ราษฎร|ยา)")

# A house: its number, then parts from the small to the large. Each part takes a bounded number of letters.
_NAME = r"\s?[ก-๎0-9A-Za-z./-]{1,30}"
_PART = re.compile(
    r"[\s,]{0,3}(?:"
    r"(?P<village>(?:หมู่ที่|หมู่(?!บ้าน)|ม\.)\s?[0-9]{1,2}(?![0-9])(?:\s?(?:บ้าน(?!เลข)[ก-๎]{1,20}))?)"
    rf"|(?P<estate>(?:หมู่บ้าน|อาคาร|ตึก|คอนโด|แฟลต|หอพัก|ห้อง|ชั้น|ชุมชน){_NAME}(?:\s[0-9]{{1,3}}(?![0-9/]))?)"
    rf"|(?P<lane>(?:ซอย|ซ\.|ตรอก){_NAME}(?:\s[0-9]{{1,3}}(?![0-9/]))?)"
    rf"|(?P<road>(?:ถนน|ถ\.){_NAME})"
    rf"|(?P<tambon>(?:ตำบล|ต\.(?!\s?ค\.)|แขวง){_NAME})"
    rf"|(?P<amphoe>(?:อำเภอ|อ\.|เขต){_NAME})"
    rf"|(?P<province>(?:จังหวัด|จ\.){_NAME}|(?:{_PROVINCES})(?:มหานคร|ฯ)?)"
    r"|(?P<post>[1-9][0-9]{4}(?![0-9]))"
    r")"
)
_LARGE = {"tambon", "amphoe", "province", "post"}
_HOUSE = re.compile(
    r"(?<![0-9./,:-])[0-9]{1,4}(?:/[0-9]{1,4})?[ก-ค]?"
    r"(?![0-9/.,:%]|\s?(?:คน|บาท|ปี|วัน|ครั้ง|ไร่|แห่ง|หลัง|ครัวเรือน))(?=[\s,]{0,3}[ก-ฮเ-ไ])"
)
_SAID = re.compile(
    r"(?:บ้านเลขที่|เลขที่บ้าน|ที่อยู่|อยู่ที่|อยู่บ้าน|บ้านอยู่|ส่งที่|จัดส่งที่|เลขที่|บ้าน)"
    r"(?:คือ|ปัจจุบัน|ตามบัตร|เลขที่|บ้านเลขที่|[\s:]){0,4}$"
)
_SAID_WITHIN = 32  # letters before a house's number
_MOST_PARTS = 9


def plates_in(text: str) -> Iterator[tuple[int, int]]:
    """Where plates stand: with the word before them, or with their province behind."""
    if "ทะเบียน" in text or "ป้าย" in text:
        for said in _PLATE_SAID.finditer(text):
            if not _REGISTERED.match(said[0]):
                yield said.start(1), said.end()
    for placed in _PLACED.finditer(text):
        letters = _LETTERS_BEFORE.search(text[max(0, placed.start() - 8) : placed.start()])
        if letters and not _NO_PLATE.match(letters[0]):
            yield placed.start() - len(letters[0]), placed.end()


def addresses_in(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses of houses stand: a number, and at least two parts of an address behind it of which one is large; after
    the word for a house's number one part is enough."""
    last = 0
    for house in _HOUSE.finditer(text):
        start = house.start()
        if start < last or (start and text[start - 1] in "./,:-"):
            continue
        parts, end = _parts(text, house.end())
        if not parts:
            continue
        said = _SAID.search(text[max(0, start - _SAID_WITHIN) : start])
        if _is_address(parts, said[0] if said else "", house[0]):
            yield start, end
            last = end


def _parts(text: str, end: int) -> tuple[list[str], int]:
    parts: list[str] = []
    while len(parts) < _MOST_PARTS:
        part = _PART.match(text, end)
        if part is None or part.lastgroup in parts:
            break
        parts.append(part.lastgroup or "")
        end = part.end()
    return parts, end


def _is_address(parts: list[str], said: str, number: str) -> bool:
    if parts[0] in ("post", "province") or len(number.partition("/")[0]) > 4:
        return False
    large = len(_LARGE.intersection(parts))
    if said.startswith(("บ้านเลขที่", "เลขที่บ้าน")) or said.rstrip(" :").endswith("บ้านเลขที่"):
        return True
    if said.startswith(("ที่อยู่", "อยู่", "ส่ง", "จัดส่ง", "เลขที่", "บ้าน")):
        return len(parts) >= 2 and large > 0
    if parts[0] == "estate":
        return "/" in number and large > 0
    if parts[0] in ("tambon", "amphoe"):
        return "/" in number and large > 1
    return len(parts) >= 2 and large > 0
