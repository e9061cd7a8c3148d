"""Templates are written in short, indented lines; pages are printed without any of that.

A template is broken into lines so that people can read it (docs/decisions/035). As in JSX, a line
break with the spaces around it is no part of the page where it touches a tag, `<…>` or `{% … %}`;
between words and values, and inside a tag, it is one space. A space that is meant stands inside a
line, or is said: `{{ " " }}`. So a line may be broken between any two tags, and no page carries
indentation. It is done once, when a template is compiled; the source stays whole, for error pages.
"""

import re
from collections.abc import Iterator
from threading import local

from django.template import Engine, Origin, Template, TemplateDoesNotExist
from django.template.base import Node, NodeList, TextNode, TokenType, VariableNode
from django.template.defaulttags import CommentNode, LoadNode
from django.template.loaders.base import Loader as BaseLoader
from django.template.loaders.cached import Loader as CachedLoader
from django.template.loaders.filesystem import Loader as FilesystemLoader
from django.templatetags.i18n import BlockTranslateNode
from django.utils.translation import get_language

from roypalang.folded_templates import fold, parts

_BREAK = re.compile(r"\s*\n\s*")
_TAG = re.compile(r"<(?=[a-zA-Z/!])")
_KEPT = re.compile(r"<(pre|textarea|script|style)\b", re.IGNORECASE)


class _SettlingLoader(BaseLoader):
    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._now = local()  # what this thread is compiling: a template may include itself

    def get_template(self, template_name: str, skip: list | None = None) -> Template:
        template = super().get_template(template_name, skip)
        if _is_ours(template):
            join_lines(template.nodelist)
            if not self.engine.debug:
                compiling = self._now.__dict__.setdefault("compiling", [])
                compiling.append(template_name)
                try:
                    fold(template, self._found, is_frame=skip is not None)
                finally:
                    compiling.pop()
        return template

    def _found(self, name: str, skip: list[Origin] | None = None) -> Template | None:
        """The template `name`, which another names; None where it must be looked for each time."""
        if skip is None and name.partition("#")[0] in self._now.compiling:
            return None
        try:
            template = self.get_template(name, skip) if skip else self.engine.get_template(name)
        except TemplateDoesNotExist:
            return None
        return template if _is_ours(template) else None


class Loader(CachedLoader, _SettlingLoader):
    """Django's caching loader, which asks the next in line: so what it keeps is settled, for each language.

    What is not HTML (mails, site maps) stays as it is written.
    """

    def cache_key(self, template_name: str, skip: list | None = None) -> str:
        frame = "" if skip is None else "frame"
        return f"{super().cache_key(template_name, skip)} {get_language()} {frame}"


def _is_ours(template: Template) -> bool:
    """Those of the packages we use (the admin's) are written for other rules."""
    loader, name = template.origin.loader, str(template.origin.template_name)
    return type(loader) is FilesystemLoader and name.endswith(".html")


def join_lines(nodes: NodeList) -> None:
    """Takes line breaks and indentation out of the texts of a compiled template."""
    lines = _Lines()
    in_order: list[Node | None] = [None, *_in_order(nodes), None]
    for before, node, after in zip(in_order, in_order[1:], in_order[2:], strict=False):
        if isinstance(node, TextNode):
            node.s = lines.joined(
                node.s, not isinstance(before, VariableNode), not isinstance(after, VariableNode)
            )
    _settle(nodes)


def _in_order(nodes: NodeList) -> Iterator[Node]:
    """Every node as it stands in the source; a block again where each of its parts ends."""
    for node in nodes:
        yield node
        for part in parts(node):
            yield from _in_order(part)
            yield node


def _settle(nodes: NodeList) -> None:
    """Leaves out what prints nothing, and makes one text of texts that touch: less to do each time."""
    settled: list[Node] = []
    for node in nodes:
        for part in parts(node):
            _settle(part)
        if isinstance(node, CommentNode | LoadNode):
            continue
        if isinstance(node, BlockTranslateNode) and node.trimmed:
            _trim(node)
        if isinstance(node, VariableNode) and _is_said(node):
            node = TextNode(node.filter_expression.var)
        if not isinstance(node, TextNode):
            settled.append(node)
        elif node.s and settled and isinstance(settled[-1], TextNode):
            settled[-1].s += node.s
        elif node.s:
            settled.append(node)
    nodes[:] = settled


def _is_said(node: VariableNode) -> bool:
    """Whether it is a constant: `{{ " " }}`."""
    value = node.filter_expression
    return isinstance(value.var, str) and not value.filters


def _trim(node: BlockTranslateNode) -> None:
    """Does for a message what Django does each time it is asked for: `trimmed`."""
    for tokens in filter(None, (node.singular, node.plural)):
        for token in tokens:
            if token.token_type == TokenType.TEXT:
                token.contents = _BREAK.sub(" ", token.contents)
        tokens[0].contents = tokens[0].contents.lstrip()
        tokens[-1].contents = tokens[-1].contents.rstrip()
    node.trimmed = False


class _Lines:
    """Joins the lines of one template, text by text: it remembers what is open where a text ends."""

    def __init__(self) -> None:
        self.kept = ""  # the element whose text is kept as it is
        self.in_tag = False
        self.quote = ""
        self.keeps = ""  # the element that will be, when the tag that is open ends

    def joined(self, text: str, tag_before: bool, tag_after: bool) -> str:
        """`text` without its line breaks; told whether a tag, not a value, stands on either side."""
        done: list[str] = []
        at = 0
        while at < len(text):
            if self.in_tag:
                end = self._end_of_tag(text, at)
                done.append(_BREAK.sub(" ", text[at:end]))
            elif self.kept:
                end = text.lower().find(f"</{self.kept}", at)
                end = len(text) if end < 0 else end
                done.append(text[at:end])
                self.kept, self.in_tag = ("", True) if end < len(text) else (self.kept, False)
            else:
                tag = _TAG.search(text, at)
                end = tag.start() if tag else len(text)
                done.append(_words(text[at:end], at > 0 or tag_before, bool(tag) or tag_after))
                if tag:
                    self.in_tag = True
                    opened = _KEPT.match(text, end)
                    self.keeps = opened[1].lower() if opened else ""
            at = end
        return "".join(done)

    def _end_of_tag(self, text: str, at: int) -> int:
        """Where the tag that is open ends, behind its `>`; the end of the text if it does not."""
        for place in range(at, len(text)):
            char = text[place]
            if self.quote:
                self.quote = "" if char == self.quote else self.quote
            elif char in "\"'":
                self.quote = char
            elif char == ">":
                self.in_tag, self.kept, self.keeps = False, self.keeps, ""
                return place + 1
        return len(text)


def _words(text: str, tag_before: bool, tag_after: bool) -> str:
    """The text between two tags, or between a tag and a value."""
    joined = _BREAK.sub("\n", text)
    if tag_before:
        joined = joined.removeprefix("\n")
    if tag_after:
        joined = joined.removesuffix("\n")
    return joined.replace("\n", " ")
