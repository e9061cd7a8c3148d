"""The closed allowlist every piece of HTML passes last. What is not named here does not leave."""

import re

import nh3

from forums.text.markdown.pictures import OWN_ADDRESS, OWN_ADDRESSES, SIZES_ATTRIBUTE

_TAGS = """
    a blockquote br code details div em figcaption figure h2 h3 h4 h5 h6 hr img li ol p pre s section
    span strong summary sup table tbody td th thead tr ul
"""
TAGS = frozenset(_TAGS.split())
ATTRIBUTES = {
    "a": {"href", "rel", "id", "aria-label", "data-youtube", "data-start"},
    "img": {"src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"},
    "ol": {"start"},
    "li": {"id", "value"},
    "div": {"tabindex"},
    "pre": {"tabindex"},
    "span": {"tabindex"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
CLASSES = {
    "a": {"youtube-link", "footnote-back", "outside-picture", "mention"},
    "details": {"spoiler"},
    "div": {"table"},
    "figure": {"picture", "youtube", "video"},
    "img": {"picture"},
    "section": {"footnotes"},
    "span": {"spoiler-text", "youtube-label", "missing-picture"},
    "sup": {"footnote-ref"},
    "td": {"align-left", "align-center", "align-right"},
    "th": {"align-left", "align-center", "align-right"},
}
SCHEMES = frozenset(("http", "https", "mailto", "tel"))

_NUMBER = re.compile(r"[0-9]{1,9}")
_VALUES = {
    ("img", "src"): OWN_ADDRESS,
    ("img", "srcset"): OWN_ADDRESSES,
    ("img", "sizes"): re.compile(re.escape(SIZES_ATTRIBUTE)),
    ("img", "width"): _NUMBER,
    ("img", "height"): _NUMBER,
    ("img", "loading"): re.compile("lazy"),
    ("img", "decoding"): re.compile("async"),
    ("ol", "start"): _NUMBER,
    ("li", "value"): _NUMBER,
    ("div", "tabindex"): re.compile("0"),
    ("pre", "tabindex"): re.compile("0"),
    ("span", "tabindex"): re.compile("0"),
    ("a", "rel"): re.compile("ugc nofollow noopener"),
    ("a", "data-youtube"): re.compile(r"[0-9A-Za-z_-]{11}"),
    ("a", "data-start"): _NUMBER,
}


def clean(html: str, /) -> str:
    """HTML with nothing but the allowed elements, attributes, classes and addresses in it.

    A picture's address can only be one of ours, so nothing is ever loaded from another host.
    clean(clean(html)) == clean(html).
    """
    # A carriage return comes out of &#13; and would be a line end when it is read again.
    return _CLEANER.clean(html).replace("\r", "\n")


def _attribute(tag: str, name: str, value: str) -> str | None:
    allowed = _VALUES.get((tag, name))
    return value if allowed is None or allowed.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=_attribute,
    allowed_classes=CLASSES,
    url_schemes=SCHEMES,
    link_rel=None,
    strip_comments=True,
)
