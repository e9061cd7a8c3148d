"""Thai words on a page in another language, marked as Thai: a screen reader then reads them with a Thai voice
(WCAG 3.1.2). Done to the finished page, so that no template and no writer can forget it; Thai pages never
come here.
"""

import re

# In this order: what holds no words, tags (whatever stands in their quotes), words.
_PARTS = re.compile(
    r"""(?P<mute><!--[^>]{0,300}>|<(?P<raw>script|style)\b.*?</(?P=raw)\s*>)"""
    r"""|(?P<tag></?[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>)|(?P<words>[^<]+|<)""",
    re.DOTALL | re.IGNORECASE,
)
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9]*")
_THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e5b]")
# From the first Thai letter to the last one before a letter of another script or an entity.
_RUN = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e5b](?:[^A-Za-z&<>]*[\u0e01-\u0e3a\u0e40-\u0e5b])?")
# Nothing can stand inside these but words: they are marked themselves. (text, tspan: of drawings.)
_WORDS_ONLY = {"title", "option", "optgroup", "textarea", "text", "tspan", "desc"}


def mark_thai(page: str) -> str:
    """The page with `lang="th"` on every run of Thai letters between its tags."""
    if not _THAI.search(page):
        return page
    parts: list[str] = []
    opened, name = -1, ""  # the tag just before these words
    for found in _PARTS.finditer(page):
        part = found[0]
        if found["tag"]:
            matched = _NAME.match(part, 1)
            opened, name = (len(parts), matched[0].lower()) if matched else (-1, "")
        elif found["words"] and _THAI.search(part):
            if name in _WORDS_ONLY:
                parts[opened] = _with_lang(parts[opened])
            else:
                part = _RUN.sub(r'<bdi lang="th">\g<0></bdi>', part)
        parts.append(part)
    return "".join(parts)


def _with_lang(tag: str) -> str:
    if " lang=" in tag:
        return tag
    end = len(tag) - (2 if tag.endswith("/>") else 1)
    return f'{tag[:end]} lang="th"{tag[end:]}'
