"""The compiled catalogues, locale/**/django.mo: what Django reads, made of the .po files people write.

polib and not gettext's msgfmt, which few machines have: `make run` asks for Python and make alone. What is
fuzzy, or not translated, is left out, as msgfmt does.

Whoever translates writes ordinary spaces. Those at which a line must not end become no-break ones here, by
one rule: between a number and its unit (12 MB, 3 คน), between a word and its number (วันที่ 5, พ.ศ. 2569),
inside a date, and before ๆ, which repeats the word it stands behind.
"""

import re
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"
NO_BREAK = "\N{NO-BREAK SPACE}"

_MONTHS = r"ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\.|ต\.ค\.|พ\.ย\.|ธ\.ค\."
_UNITS = (
    r"กระทู้|กิจกรรม|ข้อ|คน|ครั้ง|ความคิดเห็น|คำ|เครือข่าย|เครื่อง|จังหวัด|ฉบับ|ชั่วโมง|เดือน|ตัว(?!อย่าง)|แท็ก|นาที|น\."
    r"|บรรทัด|บาท|ปี|ไฟล์|รหัส|รายการ|รูป|เรื่อง|ล้าน|เลขที่|วัน|วินาที|สัปดาห์|ห้อง|องค์กร|อัน|อีเมล|[kMG]B|%(?!\()"
)
_COUNTED = r"วันที่|เลขที่|บรรทัดที่|ความคิดเห็นที่|ระดับ|พ\.ศ\.|ค\.ศ\."
_NUMBER = r"(?:\d|%\(\w+\)[sd]|%[sd]|\{\w+\})"
_HELD = re.compile(
    rf"({_NUMBER}(?:</\w+>)?) (?={_UNITS}|{_MONTHS})"
    rf"|({_COUNTED}|{_MONTHS}) (?=(?:<\w+>)?{_NUMBER})"
    r"| (?=ๆ)"
)


def held(text: str) -> str:
    """Return a Thai message with no-break spaces where a line must not end."""
    return _HELD.sub(lambda space: space[0].rstrip(" ") + NO_BREAK, text)


def sources() -> list[Path]:
    """Return the catalogues as people write them."""
    return sorted(LOCALE.rglob("*.po"))


def made() -> dict[Path, bytes]:
    """Return what each compiled catalogue holds."""
    return {path.with_suffix(".mo"): _compiled(path) for path in sources()}


def _compiled(path: Path) -> bytes:
    import polib  # here, because most of the time there is nothing to make

    catalogue = polib.pofile(str(path), encoding="utf-8")
    for entry in catalogue:
        entry.msgstr = held(entry.msgstr)
        entry.msgstr_plural = {n: held(text) for n, text in entry.msgstr_plural.items()}
    return bytes(catalogue.to_binary())
