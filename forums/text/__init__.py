"""Text: pure functions on strings. Nothing here reads the database or knows a model.

1. What is stored is cleaned (`cleaning`); what is compared, searched or unique is `norm()` of it.
2. HTML is made in `render` and nowhere else, and leaves through a closed allowlist (`sanitiser`).
3. Text is cut between graphemes, and where possible between words: never inside a Thai syllable.
4. Everything here takes time in proportion to its input, whatever the input is: tests hold it.
"""
