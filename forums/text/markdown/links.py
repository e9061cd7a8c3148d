"""Addresses in a text: which are allowed, where a bare one ends, which lead out, which are videos."""

import re
import unicodedata
from typing import NamedTuple

from markdown_it.common.normalize_url import normalizeLink

MAX_LENGTH = 2000  # characters; browsers and proxies take no longer address reliably
REL_OUTSIDE = "ugc nofollow noopener"

# Only what is clearly an address: Thai in brackets before Thai in parentheses is text, and
# `[หมายเหตุ]: ข้อความ` must not vanish as the definition of a link.
_ALLOWED = re.compile(r"https?://[^/?#]|mailto:[^/?#]|tel:[+0-9]|[/?#]", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(
    r"(?:[a-z0-9-]+\.)+(?:com|net|org|info|io|co|th|me|app|dev|be|ly|asia|edu|gov)(?:[/?#:]|$)|www\.",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:https?:)?//(?:[^/?#@]*@)?([^/?#:]*)", re.IGNORECASE)

# A host ends at the first Thai letter, for Thai is written on without a space; one that is Thai itself ends
# with .ไทย. Any other letter there means it is not the host it seems to be: no link. The rest of an address may
# be Thai (th.wikipedia.org/wiki/น้ำ), so it ends at white space or at a character no address has.
_BARE = re.compile(
    r"(?:https?://|(?=www\.))"
    r"[A-Z0-9]++(?:-++[A-Z0-9]++)*+(?:\.[A-Z0-9]++(?:-++[A-Z0-9]++)*+)++(?::[0-9]{1,5}+)?+"
    r"(?![^\W\u0e00-\u0e7f]|@|\.[^\W\u0e00-\u0e7f])"
    r"(?:[/?#][^\s<>\"“”‘’«»\[\]\\^`{|}\x00-\x20]{0,2000}+)?+"
    r"|https?://(?:www\.)?+(?:[0-9ก-ฺเ-๎]++(?:-++[0-9ก-ฺเ-๎]++)*+\.){1,9}ไทย(?::[0-9]{1,5}+)?+"
    r"(?:[/?#][^\s<>\"“”‘’«»\[\]\\^`{|}\x00-\x20]{0,2000}+)?+"
    r"|https?://(?:localhost|[0-9.]+)(?::[0-9]{1,5})?(?=[\s/]|$)[^\s<>\"\[\]\\^`{|}]{0,2000}",
    re.IGNORECASE,
)
# Where the rest of an address ends sooner: at Thai written on behind a Latin word or a number (/AbC123ภายใน; a
# word that begins with Thai, or behind a sign, is the address's own), and where another begins.
_WRITTEN_ON = re.compile(
    r"(?<![0-9A-Za-z\u0e00-\u0e7f%])[0-9A-Za-z]++(?=[\u0e01-\u0e4f])|(?=[,;]https?://)",
    re.IGNORECASE,
)
_HOST_OF_BARE = re.compile("(?:https?://)?[^/?#]*", re.IGNORECASE)
_TRAILING = frozenset(".,;:!?'*_~)…ฯๆ–—")

_HOST_NAME = re.compile("[a-z0-9._-]+")
_THAI, _LATIN = re.compile("[\u0e01-\u0e4f]"), re.compile("[a-z]")

_YOUTUBE = re.compile(
    r"https?://(?:(?:www\.|m\.)?youtube\.com/"
    r"(?:watch/?\?(?:[\w.%~+-]*=[\w.%~+-]*&){0,9}v=|shorts/|live/|embed/)"
    r"|(?:www\.)?youtube-nocookie\.com/embed/|youtu\.be/)([\w-]{11})"
    r"(/?(?:[?&#](?:[\w.~+=&;:/#-]|%[0-7][0-9a-f])*)?)",
    re.IGNORECASE | re.ASCII,
)
_START = re.compile(
    r"[?&#](?:t|start)=(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?(?:[&#]|$)", re.ASCII
)


class Video(NamedTuple):
    """A YouTube video, and the second it starts at."""

    id: str
    start: int


def normal_link(url: str) -> str:
    """The address as it is written into HTML: percent-encoded, the host in punycode."""
    if len(url) > MAX_LENGTH:
        return "javascript:"  # refused by `is_allowed`
    if _WITHOUT_SCHEME.match(url):
        url = "https://" + url
    if not url.isascii() and (host := _HOST.match(url)):  # ำ is two letters in the name of a host
        url = f"{url[: host.start(1)]}{unicodedata.normalize('NFKC', host[1]).lower()}{url[host.end(1) :]}"
    return normalizeLink(url)


def is_allowed(url: str) -> bool:
    """Whether a link may lead there: http, https, mailto, tel, or a rooted address of this site.

    A host whose name cannot be one would leave words that lead nowhere.
    """
    host = _HOST.match(url)
    return bool(_ALLOWED.match(url)) and (not host or _can_be_host(host[1]))


def _can_be_host(name: str) -> bool:
    """Thai and Latin letters in one label are words written on behind a host (example.orgครับ)."""
    name = name.lower()
    if not _HOST_NAME.fullmatch(name):
        return name.startswith("[")
    try:
        labels = [label.encode().decode("idna") for label in name.split(".") if "xn--" in label]
    except UnicodeError:
        return False
    return not any(_THAI.search(label) and _LATIN.search(label) for label in labels)


def leads_out(href: str, hosts: tuple[str, ...]) -> bool:
    """Whether an allowed address leaves this site; what cannot be told does."""
    if found := _HOST.match(href):
        return found[1].lower() not in hosts
    return False


def bare_link_at(src: str, start: int, end: int) -> str:
    """The bare address that begins at `start`, or ''. What ends a sentence is not part of it."""
    found = _BARE.match(src, start, end)
    if not found:
        return ""
    url = found[0]
    host = _HOST_OF_BARE.match(url)
    if host and (written_on := _WRITTEN_ON.search(url, host.end())):
        url = url[: written_on.end()]
    while url[-1] in _TRAILING:
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break  # (th.wikipedia.org/wiki/ร้อย_(หน่วย)
        url = url[:-1]
    return url


def youtube_video(url: str) -> Video | None:
    """The video an address shows, when it is YouTube's and names one."""
    found = _YOUTUBE.fullmatch(url)
    if not found:
        return None
    if start := _START.search(found[2].replace("&amp;", "&")):
        hours, minutes, seconds = (int(part or 0) for part in start.groups())
        return Video(found[1], hours * 3600 + minutes * 60 + seconds)
    return Video(found[1], 0)
