"""Tables, with every cell somebody wrote and not too many nobody did."""

from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit, getLine

MAX_COLUMNS = 60
MAX_EMPTY_CELLS = 10_000


def bounded_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """markdown-it's tables, as long as they do not consist of cells nobody wrote.

    Rows are filled up to the width of the first one, so 32,000 characters could become 700 kB. Cells beyond
    that width, which markdown-it leaves out, follow in their row.
    """
    if not table(state, start_line, end_line, True):
        return False
    src, start = state.src, state.bMarks[start_line]
    end = src.find("\n\n", start)
    end = len(src) if end < 0 else end
    columns = src.count("|", start, state.eMarks[start_line]) + 1
    cells = columns * (src.count("\n", start, end) + 1)
    if columns > MAX_COLUMNS or cells - src.count("|", start, end) > MAX_EMPTY_CELLS:
        return False
    if silent:
        return True
    begin = len(state.tokens)
    table(state, start_line, end_line, False)
    _put_cells_beyond(state, begin)
    return True


def _put_cells_beyond(state: StateBlock, begin: int) -> None:
    """Add what each row of the table, whose tokens stand from `begin` on, holds beyond the head's width."""
    tokens = state.tokens[begin:]
    del state.tokens[begin:]
    width = sum(token.type == "th_open" for token in tokens)
    row = 0
    for token in tokens:
        if token.type == "tr_open" and token.map:
            row = token.map[0]
        elif token.type == "tr_close" and row > (tokens[0].map or [0])[0]:
            for cell in _cells(state, row)[width:]:
                state.push("td_open", "td", 1)
                inline = state.push("inline", "", 0)
                inline.content, inline.children, inline.map = cell, [], [row, row + 1]
                state.push("td_close", "td", -1)
        state.tokens.append(token)


def _cells(state: StateBlock, line: int) -> list[str]:
    cells = escapedSplit(getLine(state, line).strip())
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return [cell.strip() for cell in cells]
