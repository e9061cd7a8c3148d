"""Tokens to HTML. Every value that comes from a text is escaped here, and the result sanitised."""

from collections.abc import Sequence
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from forums.text.markdown.links import REL_OUTSIDE, leads_out
from forums.text.markdown.pictures import MAX_PICTURES, Picture, picture_attributes, picture_id
from forums.text.markdown.plain import plain_inline

# The HTML is stored, so its few words of our own are Thai and not translated.
WATCH_ON_YOUTUBE = "ดูวิดีโอบน YouTube"
HIDDEN_TEXT = "ข้อความที่ซ่อนไว้"
PICTURE_MISSING = "ไม่พบรูปนี้"
OUTSIDE_PICTURE = "รูปจากเว็บอื่น"
FOOTNOTE = "เชิงอรรถ"
BACK_TO_TEXT = "กลับไปที่ข้อความ"

# Reference links can repeat one long address from four characters: all of a text's together.
MAX_ADDRESSES = 200_000  # characters

type Tokens = Sequence[Token]
type Env = Any


class Writer(RendererHTML):
    """One method for each kind of token that is not written as markdown-it writes it."""

    def link_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """Outside links tell search engines that a member, not the site, put them there."""
        href = str(tokens[idx].attrs["href"])
        env["addresses"] += len(href)
        if leads_out(href, env["hosts"]):
            env["outside"].append(href)
        if env["addresses"] > MAX_ADDRESSES:
            return ""
        first = tokens[idx + 1]
        if env["plain_links"] and leads_out(href, env["hosts"]):
            env["address"] = "" if tokens[idx].info == "auto" else f" ({escapeHtml(href)})"
            return ""
        env["in_link"] = True
        nameless = first.type == "link_close" or (
            first.type == "text"
            and not first.content.strip()
            and tokens[idx + 2].type == "link_close"
        )
        more = ' class="mention"' if tokens[idx].info == "name" else ""
        return self._a(href, env, more) + (escapeHtml(href) if nameless else "")

    def link_close(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """Nothing where the opening was left out; the address behind its words where links are plain text."""
        if env["address"]:
            address, env["address"] = env["address"], ""
            return str(address)
        if not env["in_link"]:
            return ""
        env["in_link"] = False
        return "</a>"

    def image(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """A picture amid text. One of another host is a link to it: nothing is loaded from there."""
        token = tokens[idx]
        src = str(token.attrs["src"])
        alt = plain_inline(token.children or ()).strip()
        if found := picture_id(src, env["hosts"]):
            picture = env["pictures"].get(found)
            if picture and len(env["shown"]) < MAX_PICTURES:
                env["shown"].append(picture.id)
                return self._img(picture, alt or picture.alt)
            env["missing"].append(found)
            return f'<span class="missing-picture">[{escapeHtml(alt) or PICTURE_MISSING}]</span>'
        env["addresses"] += len(src)
        label = escapeHtml(alt) or OUTSIDE_PICTURE
        env["outside"].append(src)
        if env["plain_links"]:
            return f"{label} ({escapeHtml(src)})"
        if env["in_link"] or env["addresses"] > MAX_ADDRESSES:
            return label
        return self._a(src, env, ' class="outside-picture"') + label + "</a>"

    def picture(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """A picture on a line of its own."""
        meta = tokens[idx].meta
        caption = (
            f"<figcaption>{escapeHtml(meta['caption'])}</figcaption>" if meta["caption"] else ""
        )
        return f'<figure class="picture">{self._img(meta["of"], meta["alt"])}{caption}</figure>\n'

    def youtube(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """A link; a script may put the player in its place once it is clicked."""
        video = tokens[idx].meta["video"]
        href = f"https://www.youtube.com/watch?v={video.id}"
        env["outside"].append(href)
        if env["plain_links"]:
            return f"<p>{href}</p>\n"
        start = ""
        if video.start:
            href += f"&amp;t={video.start}s"
            start = f' data-start="{video.start}"'
        return (
            f'<figure class="youtube video"><a class="youtube-link" href="{href}" rel="{REL_OUTSIDE}"'
            f' data-youtube="{video.id}"{start}><span class="youtube-label">{WATCH_ON_YOUTUBE}</span>'
            "</a></figure>\n"
        )

    def hidden_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """Shown by CSS once the pointer or the focus is on it: works without scripts."""
        return '<span class="spoiler-text" tabindex="0">'

    def spoiler_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """A block that opens on a click."""
        title = escapeHtml(tokens[idx].meta["title"]) or HIDDEN_TEXT
        return f'<details class="spoiler"><summary>{title}</summary>\n'

    def spoiler_close(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """Ends the block."""
        return "</details>\n"

    def fence(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """Wide lines scroll, so the keyboard must reach them. Nobody colours the language."""
        return f'<pre tabindex="0"><code>{escapeHtml(tokens[idx].content)}</code></pre>\n'

    def table_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """A wide table scrolls inside its box and not the page."""
        return '<div class="table" tabindex="0"><table>\n'

    def table_close(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """Ends the table and its box."""
        return "</table></div>\n"

    def th_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """The side is a class: the site allows no style attribute."""
        return self._cell(tokens[idx])

    def td_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """As `th_open`."""
        return self._cell(tokens[idx])

    def footnote_ref(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """The raised number; the first one of a note is where its way back leads."""
        meta = tokens[idx].meta
        number = meta["id"] + 1
        back = f' id="{env["prefix"]}fnref-{number}"' if meta["first"] else ""
        return (
            f'<sup class="footnote-ref"><a href="#{env["prefix"]}fn-{number}"{back}'
            f' aria-label="{FOOTNOTE} {number}">{number}</a></sup>'
        )

    def footnote_block_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """The notes stand at the end of the text."""
        return '<section class="footnotes">\n<ol>\n'

    def footnote_block_close(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """Ends the notes."""
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """One note."""
        return f'<li id="{env["prefix"]}fn-{tokens[idx].meta["id"] + 1}">'

    def footnote_close(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """Ends one note."""
        return "</li>\n"

    def footnote_anchor(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """The way back, where a mark leads here."""
        if not env["footnotes"]["list"][tokens[idx].meta["id"]]["count"]:
            return ""
        number = tokens[idx].meta["id"] + 1
        return (
            f' <a class="footnote-back" href="#{env["prefix"]}fnref-{number}"'
            f' aria-label="{BACK_TO_TEXT}">↩</a>'
        )

    def _a(self, href: str, env: Env, more: str = "") -> str:
        rel = f' rel="{REL_OUTSIDE}"' if leads_out(href, env["hosts"]) else ""
        return f'<a href="{escapeHtml(href)}"{rel}{more}>'

    def _img(self, picture: Picture, alt: str) -> str:
        rest = "".join(f' {key}="{value}"' for key, value in picture_attributes(picture).items())
        return f'<img class="picture" alt="{escapeHtml(alt)}"{rest}>'

    def _cell(self, token: Token) -> str:
        side = str(token.attrs.get("style", "")).removeprefix("text-align:")
        return f'<{token.tag} class="align-{side}">' if side else f"<{token.tag}>"
