"""The words of the query language, in Thai and in English: what stands before the colon, and after it.

Whoever types may use either language at any time, so these are not translated. Compared by `norm`:
case, width and stretched letters do not count.
"""

from forums.discussions.topics.models import Kind
from forums.text.thai import norm

_KEYS = {
    "author": "author by ผู้เขียน โดย",
    "board": "in board ใน ห้อง",
    "network": "network เครือข่าย",
    "tag": "tag แท็ก แทก แท๊ก",
    "kind": "kind ชนิด กระทู้ชนิด ประเภท",
    "before": "before ก่อน",
    "after": "after since หลัง ตั้งแต่",
    "has": "has มี",
    "is": "is เป็น",
}
_VALUES = {
    "kind": {
        Kind.QUESTION.value: "question questions คำถาม ถาม",
        Kind.ARTICLE.value: "article articles บทความ",
        Kind.NEWS.value: "news ข่าว",
        Kind.CONVERSATION.value: "conversation conversations talk คุย พูดคุย สนทนา",
    },
    "has": {"image": "image images picture pictures photo photos รูป ภาพ รูปภาพ รูปถ่าย"},
    "is": {
        "answered": "answered ตอบแล้ว มีคำตอบ มีคำตอบแล้ว",
        "unanswered": "unanswered ยังไม่ตอบ ยังไม่มีคำตอบ ไม่มีคำตอบ",
    },
}


def _by_word(named: dict[str, str]) -> dict[str, str]:
    return {norm(word): name for name, words in named.items() for word in words.split()}


FILTERS = tuple(_KEYS)
DATES = ("before", "after")
KEYS = _by_word(_KEYS)  # by what is typed, the name of the filter
VALUES = {name: _by_word(values) for name, values in _VALUES.items()}  # by what is typed, the value
