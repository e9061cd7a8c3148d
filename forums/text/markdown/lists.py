"""Lists as people type them: sublists by two spaces, and the numbers that were written."""

import re

from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_core import StateCore

_MARKER = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t]|$)")
_LEAST = 2  # spaces that make a sublist, however wide the mark above it is


def lists(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """markdown-it's lists, in which two spaces make a sublist under `1.` too, as they do under `-`.

    CommonMark wants as many as the mark and its space are wide: three under `1.`, four under `10.`.
    """
    if not silent and _MARKER.match(state.src, _begin(state, start_line), state.eMarks[start_line]):
        # How far the lines of each depth were looked at: hundreds of lists would look to the end otherwise.
        looked_at: dict[int, int] = state.env.setdefault("sublists", {})
        if start_line >= looked_at.get(state.level, 0):
            looked_at[state.level] = _move_sublists(state, start_line, end_line)
    return list_block(state, start_line, end_line, silent)


def numbers(state: StateCore) -> None:
    """An item whose number goes on higher than by one keeps it: 1, 2, 5. All of one number are counted."""
    counts: list[int] = []
    for token in state.tokens:
        if token.type == "ordered_list_open":
            counts.append(int(token.attrs.get("start", 1)) - 1)
        elif token.type == "ordered_list_close":
            counts.pop()
        elif token.type == "list_item_open" and token.info:
            counts[-1] += 1
            if (typed := int(token.info)) > counts[-1]:
                counts[-1] = typed
                token.attrs["value"] = typed


def _move_sublists(state: StateBlock, start_line: int, end_line: int) -> int:
    """Let the lines of sublists that stand too far left count as far enough to the right; the line it ended at.

    Only what the parser believes of their columns changes, not the text.
    """
    indent = state.sCount[start_line]
    inside, moved, after_blank = 0, 0, False  # moved: from which column, once a sublist has begun
    last = ""
    for line in range(start_line, end_line):
        if state.isEmpty(line):
            after_blank = True
            continue
        columns = state.sCount[line]
        found = _MARKER.match(state.src, _begin(state, line), state.eMarks[line])
        if columns < indent + _LEAST:
            if columns < indent or (not found and after_blank):
                return line
            moved = 0
            if found:
                if last and found[0][-1] != last:
                    return line  # a list of its own begins here
                last = found[0][-1]
                inside = columns + _width(state, line, found)
        elif moved and columns >= moved:
            state.sCount[line] += inside - moved
        elif found and columns < inside:
            moved = columns
            state.sCount[line] = inside
        after_blank = False
    return end_line


def _width(state: StateBlock, line: int, found: re.Match[str]) -> int:
    """Columns of an item's mark and the space behind it."""
    behind = state.src[found.end() : state.eMarks[line]]
    spaces = len(behind) - len(behind.lstrip(" "))
    return found.end() - found.start() + (spaces if 1 <= spaces <= 4 and behind.strip() else 1)


def _begin(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]
