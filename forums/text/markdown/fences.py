"""Program text between ``` or ~~~: what stands behind the opening marks never vanishes."""

import re

from markdown_it.rules_block import StateBlock

MAX_LOOKS = 40  # for the end of what words begin, in one text: each look may go to the text's end

_MARKS = re.compile("`{3,}|~{3,}")
_LANGUAGE = re.compile(r"\{?\.?[A-Za-z][\w+#.-]{0,30}\}?", re.ASCII)


def fence(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A line of three or more ` or ~, what follows it, and the line that closes it or the text's end.

    One word in Latin letters behind the marks names a language, which the page need not say. Other words are
    somebody's (```ประกาศ, ~~~ยินดีต้อนรับ~~~): the first line of what is closed, and no fence where nothing
    closes it. A language with no line under it was none.
    """
    begin, last = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    opened = _MARKS.match(state.src, begin, last)
    if not opened:
        return False
    marks, behind = opened[0], state.src[opened.end() : last].strip()
    if marks[0] == "`" and "`" in behind:
        return False
    words = bool(behind) and not _LANGUAGE.fullmatch(behind)
    if silent and not words:
        return True
    if words:
        looks = state.env["looks"] = state.env.get("looks", 0) + 1
        if looks > MAX_LOOKS:
            return False
    end, closed = _closing_line(state, start_line, end_line, marks)
    if words and not closed:
        return False
    if silent:
        return True
    content = state.getLines(start_line + 1, end, state.sCount[start_line], True)
    if behind and (words or not closed or not content.strip()):
        content = f"{behind}\n{content}"
    state.line = end + closed
    token = state.push("fence", "code", 0)
    token.content, token.markup, token.map = content, marks, [start_line, state.line]
    return True


def _closing_line(state: StateBlock, start: int, end: int, marks: str) -> tuple[int, bool]:
    """The line that closes what `start` opened and True, or the one its container ends at and False."""
    for line in range(start + 1, end):
        begin, last = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        if begin < last and state.sCount[line] < state.blkIndent:
            return line, False
        if state.src.startswith(marks, begin, last) and not state.src[begin:last].rstrip().strip(
            marks[0]
        ):
            return line, True
    return end, False
