"""Addresses of the web where none belongs: in names, in subjects of letters, which are sent in the site's name.

What mail programs and chats turn into a link counts, also without https:// before it (evil.example, bit.ly/x).
Ordinary names must pass: ม.ราชภัฏ, อบต.บ้านไร่, Dr.Somchai, Node.js, U.S.A., Co., Ltd.
"""

import re
import unicodedata

# Ends of addresses seen in letters nobody asked for; each of two letters is a country's.
_ENDS = """
    com net org edu gov mil int info biz name pro mobi asia app dev xyz top site online shop store club link click
    live life world today news blog tech space website cloud page icu vip win work fun buzz cyou sbs cfd rest bond
    lol zip mov monster support email group team digital agency network social media chat video games bet casino
    loan finance bank money tel cam test example local localhost onion ไทย
"""
_LINK = re.compile(
    r"://"
    r"|(?:^|[^a-z0-9])www\d?\."
    r"|(?:mailto|tel):\S"
    r"|(?<!\d)(?:\d{1,3}\.){3}\d{1,3}(?!\d)"
    rf"|[^\s.,;:!?()]\.(?:{'|'.join(_ENDS.split())}|xn--[a-z0-9-]+|(?!js\b)[a-z]{{2}})(?![a-z0-9-])"
    r"|[a-z0-9]\.[a-z]{2,}/"
)
_FULL_STOPS = str.maketrans("。．｡", "...")


def holds_link(text: str) -> bool:
    """Would anybody's program make a link of a part of this?"""
    text = unicodedata.normalize("NFKC", text.translate(_FULL_STOPS)).casefold()
    return bool(_LINK.search(text))


def without_links(text: str) -> str:
    """The same with … in the place of each word that holds one."""
    if not holds_link(text):
        return text
    return " ".join("…" if holds_link(word) else word for word in text.split())
