"""Rules inside a paragraph: emphasis beside Thai letters, bare links, ||hidden||, footnote marks."""

import re

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from forums.text.markdown.links import bare_link_at

MAX_FOOTNOTE_MARKS = 500

_BEFORE_BARE = re.compile(r"[A-Za-z0-9+./@_:-]")
_FOOTNOTE_MARK = re.compile(r"\[\^([^\s\]]{1,50})\]")


class ThaiState(StateInline):
    """Emphasis may open and close beside a Thai letter as it may beside a space.

    CommonMark looks for spaces around punctuation, and Thai has none between words: without this,
    `**"หนา"**ครับ` would show its stars.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """As in markdown-it, and freer for * and ~ (never for _, which stands inside names)."""
        scanned = super().scanDelims(start, canSplitWord)
        if not canSplitWord or (scanned.can_open and scanned.can_close):
            return scanned
        after = start + scanned.length
        last = self.src[start - 1] if start else " "
        following = self.src[after] if after < self.posMax else " "
        return Scanned(
            scanned.can_open or (_is_thai(last) and not following.isspace()),
            scanned.can_close or (_is_thai(following) and not last.isspace()),
            scanned.length,
        )


class ThaiInlineParser(ParserInline):
    """markdown-it's parser with the state above."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse one paragraph's text into `tokens`."""
        state = ThaiState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def bare_link(state: StateInline, silent: bool) -> bool:
    """`https://…` and `www.…` standing in the text become links; `file.py` does not."""
    src, pos = state.src, state.pos
    if src[pos] == ":":
        if state.linkLevel or not src.startswith("://", pos):
            return False
        scheme = "https" if src[max(0, pos - 5) : pos].lower() == "https" else "http"
        start = pos - len(scheme)
        if start < 0 or src[start:pos].lower() != scheme:
            return False
        if not silent and not state.pending.endswith(src[start:pos]):
            return False  # part of it was consumed by another rule: \https://
    elif src[pos] in "wW":
        if state.linkLevel or src[pos : pos + 4].lower() != "www.":
            return False
        start = pos
    else:
        return False
    if start and _BEFORE_BARE.match(src[start - 1]):
        return False
    url = bare_link_at(src, start, state.posMax)
    if start + len(url) <= pos:
        return False
    href = state.md.normalizeLink(url)
    if not state.md.validateLink(href):
        return False
    if not silent:
        if start < pos:
            state.pending = state.pending[: start - pos]
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": href}
        token.info = "auto"
        token.meta = {"url": url}
        state.push("text", "", 0).content = state.md.normalizeLinkText(url)
        state.push("link_close", "a", -1).info = "auto"
    state.pos = start + len(url)
    return True


def hidden(state: StateInline, silent: bool) -> bool:
    """`||text||` is shown only to who asks for it. No space may stand just inside the bars."""
    src, start = state.src, state.pos + 2
    if src[state.pos] != "|" or not src.startswith("||", state.pos):
        return False
    end = src.find("||", start, state.posMax)
    if end <= start or src[start].isspace() or src[end - 1].isspace():
        return False
    if not silent:
        old_max = state.posMax
        state.push("hidden_open", "span", 1)
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.posMax = old_max
        state.push("hidden_close", "span", -1)
    state.pos = end + 2
    return True


def footnote_mark(state: StateInline, silent: bool) -> bool:
    """`[^1]` where a footnote of that name is defined.

    Our own in place of the plugin's, which looks through the rest of the line at every bracket.
    """
    refs: dict[str, int] | None = state.env.get("footnotes", {}).get("refs")
    if not refs or not state.src.startswith("[^", state.pos):
        return False
    found = _FOOTNOTE_MARK.match(state.src, state.pos, state.posMax)
    key = ":" + found[1] if found else ""
    if not found or key not in refs:
        return False
    if not silent:
        notes = state.env["footnotes"].setdefault("list", {})
        if refs[key] < 0:
            refs[key] = len(notes)
            notes[refs[key]] = {"label": found[1], "count": 0}
        marks = state.env["footnote_marks"] = state.env.get("footnote_marks", 0) + 1
        if marks > MAX_FOOTNOTE_MARKS:
            return False
        token = state.push("footnote_ref", "", 0)
        token.meta = {"id": refs[key], "first": notes[refs[key]]["count"] == 0}
        notes[refs[key]]["count"] = 1  # one way back is enough
    state.pos = found.end()
    return True


def _is_thai(letter: str) -> bool:
    return "\u0e01" <= letter <= "\u0e4e"
