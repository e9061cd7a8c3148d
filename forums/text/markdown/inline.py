"""Rules inside a paragraph: emphasis beside Thai letters and digits, bare links, ||hidden||."""

import re

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.rules_inline.strikethrough import tokenize as strikethrough_by_two
from markdown_it.token import Token
from markdown_it.utils import EnvType

from forums.text.markdown.links import bare_link_at

_IN_A_WORD = re.compile("[A-Za-z0-9๐-๙]")
_TILDES = re.compile("~{2,}")
_BEFORE_BARE = re.compile(r"[A-Za-z0-9+./@_:-]")


class ThaiState(StateInline):
    """Emphasis by two marks opens before anything but white space and closes behind anything but that.

    CommonMark looks for spaces around punctuation, and Thai has none between words: without this,
    `**ราคา:**100` and `**"หนา"**ครับ` would show their stars. One star is freer beside a Thai letter only, and
    between two Latin letters or digits it is a sign of its own: 2*3*4, *123*1#.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """As in markdown-it, and freer for * and ~ (never for _, which stands inside names)."""
        scanned = super().scanDelims(start, canSplitWord)
        if not canSplitWord:
            return scanned
        after = start + scanned.length
        last = self.src[start - 1] if start else " "
        following = self.src[after] if after < self.posMax else " "
        if scanned.length == 1:
            if _IN_A_WORD.match(last) and _IN_A_WORD.match(following):
                return Scanned(False, False, 1)
            before_thai, behind_thai = _is_thai(last), _is_thai(following)
        else:
            before_thai = behind_thai = True
        return Scanned(
            scanned.can_open or (before_thai and not following.isspace()),
            scanned.can_close or (behind_thai and not last.isspace()),
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


def strikethrough(state: StateInline, silent: bool) -> bool:
    """`~~text~~`; three and more are drawn by hand (~~~ยินดีต้อนรับ~~~) and stay."""
    found = _TILDES.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if len(found[0]) == 2:
        return strikethrough_by_two(state, silent)
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


def hidden(state: StateInline, silent: bool) -> bool:
    """`||text||` is shown only to who asks for it. No space may stand just inside the bars.

    Between Latin letters or digits on both sides they are a sign of programs: a||b||c.
    """
    src, start = state.src, state.pos + 2
    if src[state.pos] != "|" or not src.startswith("||", state.pos):
        return False
    end = src.find("||", start, state.posMax)
    if end <= start or src[start].isspace() or src[end - 1].isspace():
        return False
    around = src[max(0, start - 3) : start - 2], src[end + 2 : end + 3]
    if all(map(_IN_A_WORD.match, around)):
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


def _is_thai(letter: str) -> bool:
    return "\u0e01" <= letter <= "\u0e4e"
