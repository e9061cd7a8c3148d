"""Thai text: the names the rest of the project imports, gathered from the modules beside this one."""

from forums.text.cleaning import (
    clean_line,
    clean_text,
    in_one_form,
    norm,
    strip_invisible,
    valid_unicode,
)
from forums.text.lengths import excerpt, graphemes, truncate, within
from forums.text.naming import initial, letters_in, letters_of, name_key, sort_key
from forums.text.slugs import slugify
from forums.text.words import (
    INDEX_VERSION,
    segments,
    tsquery_all,
    tsquery_any,
    tsquery_phrase,
    tsvector,
    words,
)

__all__ = [
    "INDEX_VERSION",
    "clean_line",
    "clean_text",
    "excerpt",
    "graphemes",
    "in_one_form",
    "initial",
    "letters_in",
    "letters_of",
    "name_key",
    "norm",
    "segments",
    "slugify",
    "sort_key",
    "strip_invisible",
    "truncate",
    "tsquery_all",
    "tsquery_any",
    "tsquery_phrase",
    "tsvector",
    "valid_unicode",
    "within",
    "words",
]
