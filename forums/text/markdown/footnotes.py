"""Footnotes: their marks, and that none of them vanishes."""

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def

MAX_FOOTNOTE_MARKS = 500

_FOOTNOTE_MARK = re.compile(r"\[\^([^\s\[\]]{1,50})\]")
_DEFINED = re.compile(_FOOTNOTE_MARK.pattern + r":[ \t]*(?=\S)")


def footnote_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The plugin's, but for a second note of one name and one inside another: of those it keeps the last alone."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    found = _DEFINED.match(state.src, begin, state.eMarks[start_line])
    if not found:
        return False
    if state.env.get("in_footnote") or f":{found[1]}" in state.env.get("footnotes", {}).get(
        "refs", {}
    ):
        return False
    if silent:
        return footnote_def(state, start_line, end_line, True)
    state.env["in_footnote"] = True
    is_one = footnote_def(state, start_line, end_line, False)
    state.env["in_footnote"] = False
    return is_one


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


def unmarked_footnotes(state: StateCore) -> None:
    """A footnote no mark points to stands behind the others, its name before it: it would vanish otherwise."""
    footnotes = state.env.get("footnotes", {})
    unmarked = {key[1:] for key, number in footnotes.get("refs", {}).items() if number < 0}
    if not unmarked:
        return
    notes = footnotes.setdefault("list", {})
    name = ""
    for token in state.tokens:
        if token.type == "footnote_reference_open" and (label := token.meta["label"]) in unmarked:
            footnotes["refs"][f":{label}"] = len(notes)
            notes[len(notes)] = {"label": label, "count": 0}
            name = "" if label.isdigit() else label
        elif name and token.type == "inline":
            token.children = [Token("text", "", 0, content=f"{name}: "), *(token.children or ())]
            name = ""
