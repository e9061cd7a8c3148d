"""The one parser of the site, built once: which rules of Markdown hold here."""

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import text_join
from mdit_py_plugins.footnote import footnote_plugin

from forums.text.markdown.blocks import (
    ForumBlockParser,
    empty_heads,
    headings,
    media,
    quotation,
    spoiler,
)
from forums.text.markdown.definitions import definition, titles, unnamed_definitions
from forums.text.markdown.fences import fence
from forums.text.markdown.footnotes import footnote_definition, footnote_mark, unmarked_footnotes
from forums.text.markdown.inline import ThaiInlineParser, bare_link, hidden, strikethrough
from forums.text.markdown.links import is_allowed, normal_link
from forums.text.markdown.lists import lists, numbers
from forums.text.markdown.names import name, named
from forums.text.markdown.tables import bounded_table
from forums.text.markdown.writer import Writer

MAX_NESTING = 20  # quotations, lists and spoilers inside one another

# Not among them, and why:
#   html_block, html_inline   HTML in a text is text
#   code                      four spaces are how Thai paragraphs begin; ``` marks program text
#   lheading                  --- under a line is meant as a rule
#   replacements, smartquotes quadratic in quotation marks, and not what was typed
_RULES: dict[str, Any] = {
    "options": {
        "maxNesting": MAX_NESTING,
        "html": False,
        "linkify": False,
        "typographer": False,
        "xhtmlOut": False,
        "breaks": True,
        "langPrefix": "",
        "highlight": None,
        "store_labels": True,  # definitions.unnamed_definitions asks which were used
    },
    "components": {
        "core": {"rules": ["normalize", "block", "inline"]},
        "block": {
            "rules": [
                *("table", "fence", "blockquote", "hr", "list"),
                *("reference", "heading", "paragraph"),
            ],
        },
        "inline": {
            "rules": [
                *("text", "newline", "escape", "backticks", "strikethrough", "emphasis"),
                *("link", "image", "autolink", "entity"),
            ],
            "rules2": ["balance_pairs", "strikethrough", "emphasis", "fragments_join"],
        },
    },
}


def build() -> MarkdownIt:
    """A parser with the site's rules. It holds no state between texts and may be shared."""
    md = MarkdownIt("zero", renderer_cls=Writer)
    md.inline, md.block = ThaiInlineParser(), ForumBlockParser()
    md.configure(_RULES)  # type: ignore[arg-type]
    # Footnotes written in place (^[…]) nest without a limit, so they stay out.
    writers = dict(md.renderer.rules)  # type: ignore[attr-defined]
    md.use(footnote_plugin, inline=False)
    md.renderer.rules.update(writers)  # type: ignore[attr-defined]
    md.inline.ruler.at("footnote_ref", footnote_mark)
    md.inline.ruler.after("text", "bare_link", bare_link)
    md.inline.ruler.after("escape", "name", name)
    md.inline.ruler.at("strikethrough", strikethrough)
    md.inline.ruler.after("strikethrough", "hidden", hidden)
    for letter in "wW|@":
        md.inline.add_terminator_char(letter)
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.at("fence", fence, {"alt": interrupts})
    md.block.ruler.at("list", lists, {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.at("reference", definition)
    md.block.ruler.at("footnote_def", footnote_definition, {"alt": ["paragraph", "reference"]})
    md.block.ruler.at("blockquote", quotation, {"alt": interrupts})
    md.block.ruler.at("table", bounded_table, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before("fence", "spoiler", spoiler, {"alt": interrupts})
    md.core.ruler.after("inline", "unnamed_definitions", unnamed_definitions)
    md.core.ruler.before("footnote_tail", "named", named)
    md.core.ruler.before("footnote_tail", "join", text_join)
    md.core.ruler.before("footnote_tail", "media", media)
    md.core.ruler.before("footnote_tail", "titles", titles)
    md.core.ruler.before("footnote_tail", "unmarked_footnotes", unmarked_footnotes)
    md.core.ruler.push("headings", headings)
    md.core.ruler.push("numbers", numbers)
    md.core.ruler.push("empty_heads", empty_heads)
    md.normalizeLink = normal_link  # type: ignore[method-assign]
    md.validateLink = is_allowed  # type: ignore[method-assign]
    return md
