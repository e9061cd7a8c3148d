"""roypalang.warming: who serves, and who sends letters, has loaded what the first of them needs, and asked no database."""

import subprocess
import sys

_WARM = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "roypalang.settings"
import django
django.setup()
from django.db import connections
from forums.text import lexicon
from roypalang.warming import warm
warm("mail/shell.html")
known = [each for each in vars(lexicon).values() if hasattr(each, "cache_info")]
assert known and all(each.cache_info().currsize for each in known), known
assert connections["default"].connection is None
"""


def test_words_are_known_and_no_connection_is_opened():
    subprocess.run([sys.executable, "-c", _WARM], check=True)  # noqa: S603 - our own words
