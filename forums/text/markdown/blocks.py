"""Rules for blocks: `::: spoiler`, headings with addresses, pictures and videos on their own line."""

import re

from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from forums.text.markdown.links import youtube_video
from forums.text.markdown.pictures import MAX_PICTURES, picture_id
from forums.text.markdown.plain import plain_inline

_OPEN = re.compile(r":{3,}[ \t]*(?:spoiler|ซ่อน)(?:[ \t]+(.*))?$", re.IGNORECASE)
_CLOSE = re.compile(r":{3,}[ \t]*$")
_BREAKS = ("softbreak", "hardbreak")
# More than 100, a sign of being cross (>_<), an arrow: no quotation.
_NO_QUOTATION = re.compile(r">(?:[0-9๐-๙=.;^/]|[_-]+<|:[^:])")


class ForumBlockParser(ParserBlock):
    """markdown-it's parser, except that what is nested too deep becomes a paragraph.

    markdown-it leaves out the whole rest of the text there; nobody's words shall vanish.
    """

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Parse the lines into tokens."""
        if state.level < state.md.options.maxNesting:
            super().tokenize(state, startLine, endLine)
            return
        line = startLine
        while line < endLine and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
            line += 1
        text = state.getLines(startLine, line, state.blkIndent, False).strip()
        if text:
            state.push("paragraph_open", "p", 1).map = [startLine, line]
            inline = state.push("inline", "", 0)
            inline.content, inline.children = text, []
            state.push("paragraph_close", "p", -1)
        state.line = line


def quotation(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Lines that begin with `>`. The first line without one ends it.

    CommonMark lets a paragraph run on into lines without `>`: an answer typed right under a
    quotation would become part of it. To find out, markdown-it also reads to the end of the text
    at every quotation, which took 18 s for 3,000 short ones.
    """
    first = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(">", first):
        return False
    if _NO_QUOTATION.match(state.src, first, state.eMarks[start_line]):
        return False
    if silent:
        return True
    kept: list[tuple[int, int, int]] = []
    end = start_line
    while end < end_line and (end == start_line or state.sCount[end] >= state.blkIndent):
        begin = state.bMarks[end] + state.tShift[end]
        if begin >= state.eMarks[end] or state.src[begin] != ">":
            break
        kept.append((state.bMarks[end], state.tShift[end], state.sCount[end]))
        _step_inside(state, end, begin + 1)
        end += 1
    old = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "blockquote", end, 0
    state.push("blockquote_open", "blockquote", 1).map = [start_line, end]
    state.md.block.tokenize(state, start_line, end)
    state.push("blockquote_close", "blockquote", -1)
    state.parentType, state.lineMax, state.blkIndent = old
    for line, (mark, shift, columns) in enumerate(kept, start=start_line):
        state.bMarks[line], state.tShift[line], state.sCount[line] = mark, shift, columns
    state.line = end
    return True


def _step_inside(state: StateBlock, line: int, begin: int) -> None:
    """Let the line begin behind its `>` and one space."""
    if state.src.startswith(" ", begin):
        begin += 1
    end, columns = begin, 0
    while end < state.eMarks[line] and state.src[end] in " \t":
        columns += 4 - columns % 4 if state.src[end] == "\t" else 1
        end += 1
    state.bMarks[line], state.tShift[line], state.sCount[line] = begin, end - begin, columns


def spoiler(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`::: spoiler Title` … `:::`; open to the end of its parent when nothing closes it."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(":::", start):
        return False
    opened = _OPEN.match(state.src, start, state.eMarks[start_line])
    if not opened:
        return False
    if silent:
        return True
    end, closed, depth = start_line + 1, False, 0
    while end < end_line:
        if state.sCount[end] < state.blkIndent and not state.isEmpty(end):
            break  # the list or quotation around it has ended
        begin = state.bMarks[end] + state.tShift[end]
        if state.src.startswith(":::", begin):
            if _OPEN.match(state.src, begin, state.eMarks[end]):
                depth += 1
            elif _CLOSE.match(state.src, begin, state.eMarks[end]):
                if depth == 0:
                    closed = True
                    break
                depth -= 1
        end += 1
    old_parent, old_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", end  # no lazy line reaches past the end
    token = state.push("spoiler_open", "details", 1)
    token.meta = {"title": (opened[1] or "").strip()}
    token.map = [start_line, end]
    state.md.block.tokenize(state, start_line + 1, end)
    state.push("spoiler_close", "details", -1)
    state.parentType, state.lineMax = old_parent, old_max
    state.line = end + closed
    return True


def headings(state: StateCore) -> None:
    """The outermost a text uses is <h2>, the next <h3>: the page has its own h1, and a reader who
    goes from heading to heading should miss no level, whether its writer began with # or with ##.
    Each gets an address, those outside of quotations and lists an entry.
    """
    prefix: str = state.env["prefix"]
    taken: dict[str, int] = {}
    used = sorted({token.tag for token in state.tokens if token.type == "heading_open"})
    for place, token in enumerate(state.tokens):
        if token.type == "heading_open":
            level = min(used.index(token.tag) + 2, 6)
            token.tag = state.tokens[place + 2].tag = f"h{level}"
            text = " ".join(plain_inline(state.tokens[place + 1].children or []).split())
            slug = state.env["slugify"](text, 40)
            taken[slug] = taken.get(slug, 0) + 1
            if taken[slug] > 1:
                # Two dashes stand in no slug: it cannot meet another heading's.
                slug += f"--{taken[slug]}"
            token.attrs = {"id": f"{prefix}h-{slug}"}
            if token.level == 0 and text:
                state.env["toc"].append((level, f"{prefix}h-{slug}", text))


def empty_heads(state: StateCore) -> None:
    """A head of a table without words heads nothing: read aloud, it is a cell like any other."""
    for place, token in enumerate(state.tokens):
        if token.type == "th_open" and not state.tokens[place + 1].content.strip():
            token.tag = state.tokens[place + 2].tag = "td"


def media(state: StateCore) -> None:
    """A line of a paragraph that holds only pictures, or only a video's address, is a figure."""
    if not state.env["media"]:
        return
    tokens: list[Token] = []
    for token in state.tokens:
        if token.type == "inline" and tokens[-1].type == "paragraph_open":
            parts = _parts(token, state)
            if parts and not (len(parts) == 1 and isinstance(parts[0], list)):
                _put(tokens, tokens.pop(), token, parts)
                continue
        if token.type == "paragraph_close" and tokens[-1].type == "figures_end":
            tokens.pop()
            continue
        tokens.append(token)
    state.tokens = tokens


def _parts(inline: Token, state: StateCore) -> list[list[Token] | Token]:
    """Stretches of text, and the figures between them."""
    parts: list[list[Token] | Token] = []
    text: list[Token] = []
    for line in _lines(inline.children or []):
        found = _figures(line, state)
        if not found:
            text += line
            continue
        if _has_content(text):
            parts.append(text)
        text = []
        parts += found
    if _has_content(text):
        parts.append(text)
    return parts


def _lines(children: list[Token]) -> list[list[Token]]:
    """The children by line, each with the break that ends it; no break inside emphasis counts."""
    lines: list[list[Token]] = [[]]
    depth = 0
    for token in children:
        depth += token.nesting
        lines[-1].append(token)
        if depth == 0 and token.type in _BREAKS:
            lines.append([])
    return lines


def _figures(line: list[Token], state: StateCore) -> list[Token]:
    """The figures a line consists of; none when it holds anything else."""
    content = [t for t in line if t.type not in _BREAKS and (t.type != "text" or t.content.strip())]
    if not content:
        return []
    if all(token.type == "image" for token in content):
        figures = [_picture(token, state) for token in content]
        return [] if None in figures else [figure for figure in figures if figure]
    if (
        [token.type for token in content] == ["link_open", "text", "link_close"]
        and content[0].info == "auto"
        and (video := youtube_video(str(content[0].attrs["href"])))
    ):
        return [Token("youtube", "figure", 0, block=True, meta={"video": video})]
    return []


def _picture(image: Token, state: StateCore) -> Token | None:
    """A figure for a picture of ours; None when it is none, or there are too many already."""
    found = picture_id(str(image.attrs["src"]), state.env["hosts"])
    picture = state.env["pictures"].get(found) if found else None
    if not picture or len(state.env["shown"]) >= MAX_PICTURES:
        return None
    state.env["shown"].append(picture.id)
    alt = plain_inline(image.children or []).strip() or picture.alt
    caption = str(image.attrs.get("title") or "").strip() or picture.caption
    return Token(
        "picture", "figure", 0, block=True, meta={"of": picture, "alt": alt, "caption": caption}
    )


def _has_content(tokens: list[Token]) -> bool:
    while tokens and tokens[-1].type in _BREAKS:
        tokens.pop()
    return any(token.type != "text" or token.content.strip() for token in tokens)


def _put(
    tokens: list[Token], opening: Token, inline: Token, parts: list[list[Token] | Token]
) -> None:
    for part in parts:
        if isinstance(part, Token):
            tokens.append(part)
            continue
        text = inline.copy(children=part)
        closing = Token("paragraph_close", "p", -1, level=opening.level, block=True)
        closing.hidden = opening.hidden
        tokens += [opening.copy(), text, closing]
    tokens.append(Token("figures_end", "", 0))
