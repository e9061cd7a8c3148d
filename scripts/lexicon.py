"""Counts the words of texts everyone may use, for forums/text/lexicon.tsv.

    .venv/bin/python scripts/lexicon.py discussions.jsonl.gz > forums/text/lexicon.tsv

The file is one of discussions, as `manage.py import_discussions` reads it. What is under a licence that
asks for more than a name is left out: texts of Wikipedia. A word is what ICU takes for one, in normal
form, of nothing but Thai and of at most nine clusters. Raise `INDEX_VERSION` when the list changes: borders
between words do then, too.
"""

import gzip
import json
import os
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = """\
# Words and how often they stand in the texts they were counted in (scripts/lexicon.py).
# Texts: Wisesight Sentiment Corpus (CC0 1.0); thaigov-v2-corpus (announcements of the government, public domain).
"""
LEFT_OUT = "iapp"  # sources whose texts are of Wikipedia (CC BY-SA)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    # After the path is set: these are the project's.
    from forums.text.clusters import clusters_of, is_thai
    from forums.text.lexicon import LONGEST
    from forums.text.words import words

    counts: Counter[str] = Counter()
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            if str(line.get("source") or "").startswith(LEFT_OUT):
                continue
            counts.update(words(" ".join([line.get("title", ""), line.get("body", "")])))
    print(HEADER, end="")
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if is_thai(word) and len(clusters_of([[word]])) <= LONGEST:
            print(f"{word}\t{count}")


if __name__ == "__main__":
    main()
