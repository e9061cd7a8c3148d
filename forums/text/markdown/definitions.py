"""What belongs to links and vanishes elsewhere: definitions (`[1]: https://…`) that no link names, and titles."""

from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """markdown-it's definitions, each with a token in its place: in the end it is known who named it."""
    defined = state.env.setdefault("references", {})
    before = len(defined)
    if not reference(state, start_line, end_line, silent):
        return False
    if not silent:
        token = state.push("definition", "", 0)
        token.content = state.getLines(start_line, state.line, state.blkIndent, False).strip()
        # The second of one name defines nothing.
        token.meta = {"label": next(reversed(defined)) if len(defined) > before else None}
    return True


def unnamed_definitions(state: StateCore) -> None:
    """What no link names is a paragraph like any other; those that follow one another are one."""
    defined = state.env.get("references")
    if not defined:
        return
    named = {
        child.meta.get("label")
        for token in state.tokens
        for child in token.children or ()
        if child.type in ("link_open", "image")
    }
    tokens: list[Token] = []
    texts: list[Token] = []
    for token in state.tokens:
        if token.type != "definition":
            tokens.append(token)
        elif token.meta["label"] is None or token.meta["label"] not in named:
            if texts and tokens[-2] is texts[-1]:
                texts[-1].content += f"\n{token.content}"
            else:
                texts.append(Token("inline", "", 0, content=token.content, children=[]))
                tokens += [
                    Token("paragraph_open", "p", 1, level=token.level, block=True),
                    texts[-1],
                    Token("paragraph_close", "p", -1, level=token.level, block=True),
                ]
    state.env["references"] = {}  # or each would name itself
    for text in texts:
        state.md.inline.parse(text.content, state.md, state.env, text.children)  # type: ignore[arg-type]
    state.env["references"] = defined
    state.tokens = tokens


def titles(state: StateCore) -> None:
    """`[the site](https://… "what it says of it")`: the title stands behind, in brackets.

    Elsewhere it shows where a pointer rests, which no telephone has. That of a definition is said once. A
    figure has its own for a caption.
    """
    said: set[str] = set()
    for inline in state.tokens:
        children = inline.children or []
        if not any(child.attrs.get("title") for child in children):
            continue
        kept: list[Token] = []
        title = ""
        for child in children:
            kept.append(child)
            if child.type in ("link_open", "image"):
                label = child.meta.get("label", "")
                title = "" if label in said else str(child.attrs.pop("title", ""))
                said.update({label} - {""})
            if title and child.type in ("link_close", "image"):
                kept.append(Token("text", "", 0, content=f" ({title})"))
                title = ""
        inline.children = kept
