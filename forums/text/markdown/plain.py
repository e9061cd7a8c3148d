"""The text of a post without its markup: for excerpts, titles of contents, and the search index."""

from collections.abc import Sequence

from markdown_it.token import Token

_ENDS_A_LINE = frozenset(
    ("paragraph_close", "heading_close", "list_item_close", "tr_close", "blockquote_close", "hr")
)
_ENDS_A_CELL = frozenset(("th_close", "td_close"))


def plain_text(tokens: Sequence[Token]) -> str:
    """All that can be read without opening a spoiler: headings, code, tables and captions too."""
    parts: list[str] = []
    inside = 0  # spoilers, and <summary> is shown but says nothing of the matter
    for token in tokens:
        kind = token.type
        if kind == "spoiler_open":
            inside += 1
        elif kind == "spoiler_close":
            inside -= 1
        elif inside:
            continue
        elif kind == "inline":
            parts.append(plain_inline(token.children or ()))
        elif kind in _ENDS_A_LINE:
            parts.append("\n")
        elif kind in _ENDS_A_CELL:
            parts.append(" ")
        elif kind == "picture":
            parts.append(f"\n{token.meta['caption'] or token.meta['alt']}\n")
        elif kind in ("fence", "code_block"):
            parts.append(token.content)
    lines = ("".join(parts)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def plain_inline(tokens: Sequence[Token]) -> str:
    """The text of one paragraph; what stands between bars is left out."""
    if len(tokens) == 1 and tokens[0].type == "text":
        return tokens[0].content
    parts: list[str] = []
    inside = 0
    for token in tokens:
        kind = token.type
        if kind == "hidden_open":
            inside += 1
        elif kind == "hidden_close":
            inside -= 1
        elif inside:
            continue
        elif kind in ("text", "code_inline"):
            parts.append(token.content)
        elif kind in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif kind == "image":
            parts.append(plain_inline(token.children or ()))
    return "".join(parts)
