"""What a template says to every reader of a language alike is said once, when it is compiled.

Messages and the addresses of our own files become text, what is included stands where it is included,
and a page stands in the frame it extends. So what is left to do for a request is what differs between
readers. The templates stay as they are written, and print the same to the letter: what is not known here
for certain is left to Django. Nothing is folded where `DEBUG` is on, for an error page would show
the lines of another file.
"""

import re
from collections.abc import Iterable, Iterator
from copy import copy
from typing import Protocol, TypeGuard

from django.template import Context, Origin, Template
from django.template.base import FilterExpression, Node, NodeList, Parser, TextNode, VariableNode
from django.template.defaulttags import (
    CsrfTokenNode,
    FilterNode,
    FirstOfNode,
    ForNode,
    IfNode,
    PartialDefNode,
    PartialNode,
    URLNode,
    WithNode,
)
from django.template.library import SimpleNode
from django.template.loader_tags import (
    BlockNode,
    ExtendsNode,
    IncludeNode,
    construct_relative_path,
)
from django.templatetags.cache import CacheNode
from django.templatetags.i18n import (
    BlockTranslateNode,
    GetCurrentLanguageNode,
    LanguageNode,
    TranslateNode,
)
from django.templatetags.static import StaticNode
from django.utils.translation import gettext


class Find(Protocol):
    """Looks for a template by its name; for a frame, `skip` has what extends it."""

    def __call__(self, name: str, skip: list[Origin] | None = None) -> Template | None: ...


_VALUE = re.compile(r"%\((\w+)\)s")
_OTHER_USE = re.compile(r"\bblock\.(?!super }})")


class Enclosed(Node):
    """What was included or stood in a block, with names of its own: none of them is left behind."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, names: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.names = names

    def render(self, context: Context) -> str:
        values = {name: value.resolve(context) for name, value in self.names.items()}
        with context.push(**values):
            return self.nodelist.render(context)


# What prints the same in whichever template it stands; and of those, what may leave a name behind.
_MOVABLE = {
    TextNode,
    VariableNode,
    IfNode,
    ForNode,
    WithNode,
    Enclosed,
    FilterNode,
    FirstOfNode,
    CacheNode,
    CsrfTokenNode,
    TranslateNode,
    BlockTranslateNode,
    GetCurrentLanguageNode,
    StaticNode,
    URLNode,
    SimpleNode,
    IncludeNode,
    PartialDefNode,
    PartialNode,
}
_OF_ITS_OWN = {ForNode, WithNode, Enclosed, IncludeNode}  # what they set ends with them
_NAMED_BY = ("asvar", "target_var", "varname", "variable")  # where a node keeps the name it sets


def parts(node: Node) -> Iterator[NodeList]:
    """What stands inside a block: its branches, its body."""
    if isinstance(node, IfNode):
        yield from (branch for _, branch in node.conditions_nodelists)
    else:
        yield from filter(None, (getattr(node, name, None) for name in node.child_nodelists))


def fold(template: Template, find: Find, *, is_frame: bool = False) -> None:
    """Folds `template`, whose lines are joined, in the language that is active; a frame keeps its blocks.

    `find` knows the templates it names, folded as well; None where one may not be taken into another.
    """
    _fold(template.nodelist, template, find)
    if not is_frame:
        template.nodelist = _framed(template, find) or template.nodelist


def _fold(nodes: NodeList, template: Template, find: Find) -> None:
    """In place: a partial is also known to its template by its list."""
    for node in nodes:
        if not isinstance(node, LanguageNode):
            for part in parts(node):
                _fold(part, template, find)
    nodes[:] = _joined(new for node in nodes for new in _folded(node, template, find))


def _folded(node: Node, template: Template, find: Find) -> Iterable[Node]:
    """The nodes that print what `node` prints."""
    if isinstance(node, TranslateNode):
        is_fixed = _is_fixed(node.filter_expression) and not (node.asvar or node.message_context)
        return [_said(node)] if is_fixed else [node]
    if isinstance(node, StaticNode):
        return [_said(node)] if node.varname is None and _is_fixed(node.path) else [node]
    if isinstance(node, BlockTranslateNode):
        return _message(node)
    if isinstance(node, CacheNode) and all(isinstance(each, TextNode) for each in node.nodelist):
        return node.nodelist
    if isinstance(node, PartialDefNode) and not node.inline:
        return []  # its template knows it
    if isinstance(node, IncludeNode):
        return _included(node, template, find)
    return [node]


def _joined(nodes: Iterable[Node]) -> list[Node]:
    """One text of texts that touch: new ones, for a node may stand in many templates."""
    joined: list[Node] = []
    for node in nodes:
        last = joined[-1] if joined else None
        if isinstance(node, TextNode) and isinstance(last, TextNode):
            joined[-1] = TextNode(last.s + node.s)
        else:
            joined.append(node)
    return joined


# -- messages and files -------------------------------------------------------------------------


def _is_fixed(value: FilterExpression | Node) -> TypeGuard[FilterExpression]:
    """Whether it is a text that is written out."""
    if isinstance(value, Node) or value.filters:
        return False
    return isinstance(value.var, str) or value.var.literal is not None


def _said(node: Node) -> Node:
    """What a node that asks for nothing prints; itself where it cannot be said yet."""
    try:
        return TextNode(node.render(Context()))
    except ValueError:  # a file that is not among those that were built
        return node


def _message(node: BlockTranslateNode) -> list[Node]:
    """A sentence as text and values. What is counted stays: its words depend on the number."""
    if node.plural or node.asvar or node.message_context or node.trimmed:
        return [node]
    msgid, names = node.render_token_list(node.singular)
    pieces = _VALUE.split(gettext(msgid))
    if set(pieces[1::2]) - set(names) or any("%" in _unescaped(text, "") for text in pieces[::2]):
        return [node]  # a translation that Django will say something about
    nodes: list[Node] = []
    for at, piece in enumerate(pieces):
        if at % 2:
            value = node.extra_context.get(piece) or FilterExpression(piece, Parser([]))
            nodes.append(VariableNode(value))
        elif piece:
            nodes.append(TextNode(_unescaped(piece, "%")))
    return nodes


def _unescaped(message: str, percent: str) -> str:
    """A message has two percent signs for one."""
    return message.replace("%%", percent)


# -- what is included ---------------------------------------------------------------------------


def _included(node: IncludeNode, template: Template, find: Find) -> Iterable[Node]:
    if node.isolated_context or not _is_fixed(node.template):
        return [node]
    found = find(_named(node.template, template))
    if found is None or not _is_movable(found.nodelist):
        return [node]
    if node.extra_context or _leaves_names(found.nodelist):
        return [Enclosed(found.nodelist, node.extra_context)]
    return found.nodelist


def _named(name: FilterExpression, template: Template) -> str:
    """A name as it is written in `template`, which may begin with dots."""
    return str(construct_relative_path(str(template.origin.template_name), name.var))


def _is_movable(nodes: NodeList) -> bool:
    return all(
        type(node) in _MOVABLE and all(_is_movable(part) for part in parts(node)) for node in nodes
    )


def _leaves_names(nodes: Iterable[Node]) -> bool:
    """Whether a name is set in them that is still known behind them."""
    for node in nodes:
        if any(getattr(node, where, None) for where in _NAMED_BY):
            return True
        if type(node) is PartialNode or type(node) not in _MOVABLE:
            return True
        if type(node) not in _OF_ITS_OWN and any(_leaves_names(part) for part in parts(node)):
            return True
    return False


# -- the frame of a page ------------------------------------------------------------------------


def _framed(template: Template, find: Find) -> NodeList | None:
    """The page with all it extends around it; None where it extends nothing, or Django must look for it."""
    blocks: dict[str, list[NodeList]] = {}
    frame, skip = template, [template.origin]
    while (extends := _extends(frame)) is not None:
        for name, block in extends.blocks.items():
            blocks.setdefault(name, []).append(block.nodelist)
        if _OTHER_USE.search(frame.source) or not _is_fixed(extends.parent_name):
            return None
        found = find(_named(extends.parent_name, frame), skip)
        if found is None:
            return None
        frame = found
        skip.append(frame.origin)
    if frame is template or _OTHER_USE.search(frame.source):
        return None
    for each in frame.nodelist.get_nodes_by_type(BlockNode):
        if isinstance(each, BlockNode):
            blocks.setdefault(each.name, []).append(each.nodelist)
    return _Frame(blocks).filled(frame.nodelist)


def _extends(template: Template) -> ExtendsNode | None:
    first = next(iter(template.nodelist), None)
    return first if isinstance(first, ExtendsNode) else None


def _has_blocks(nodes: NodeList) -> bool:
    return any(
        isinstance(node, BlockNode) or _is_super(node) or any(map(_has_blocks, parts(node)))
        for node in nodes
    )


def _is_super(node: Node) -> bool:
    return type(node) is VariableNode and str(node.filter_expression) == "block.super"


class _Frame:
    """Fills blocks; `blocks` has what is said for each name, the page's first, its frame's last."""

    def __init__(self, blocks: dict[str, list[NodeList]]) -> None:
        self.blocks = blocks

    def filled(self, nodes: NodeList, name: str = "", level: int = 0) -> NodeList:
        """`nodes` without blocks; where they stand in one, its name, and how many are nearer to the page."""
        new: list[Node] = []
        for node in nodes:
            if isinstance(node, BlockNode):
                new += self._block(node.name, 0)
            elif _is_super(node):
                new += self._block(name, level + 1)
            else:
                new.append(self._copied(node, name, level))
        return NodeList(_joined(new))

    def _block(self, name: str, level: int) -> list[Node]:
        said = self.blocks.get(name, [])
        if level >= len(said):
            return []
        nodes = self.filled(said[level], name, level)
        return [Enclosed(nodes, {})] if _leaves_names(nodes) else nodes

    def _copied(self, node: Node, name: str, level: int) -> Node:
        """`node` itself, unless there are blocks in it: the frame serves other pages, too."""
        if not any(_has_blocks(part) for part in parts(node)):
            return node
        new = copy(node)
        if isinstance(node, IfNode) and isinstance(new, IfNode):
            new.conditions_nodelists = [
                (condition, self.filled(branch, name, level))
                for condition, branch in node.conditions_nodelists
            ]
        for where in node.child_nodelists:
            part = None if isinstance(node, IfNode) else getattr(node, where, None)
            if part is not None:
                setattr(new, where, self.filled(part, name, level))
        return new
