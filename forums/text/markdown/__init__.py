"""Markdown as this site reads it: markdown-it-py with rules for Thai, pictures and hidden text.

1. Raw HTML in a text is text. Whatever a rule makes still leaves through `sanitiser.clean`.
2. Nothing is loaded from another host: pictures are ours, videos and foreign pictures are links.
3. A reader's habits before the letter of CommonMark: a line end is a line end, a line indented as
   Thai paragraphs are is no program text, `---` under a line is a rule and not a heading.
4. Time and size of the result are bounded whatever is written.
"""
