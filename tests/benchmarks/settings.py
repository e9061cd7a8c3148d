"""The product's settings on this machine, with a database of their own and the two yardsticks.

Nothing is made faster than it is served: all middleware, cached templates, hashed static files.
"""

import os
from pathlib import Path

from roypalang.settings import *  # noqa: F403
from roypalang.settings import DATABASES, TEMPLATES, VAR_DIR

DEBUG = False
DATABASES["default"]["NAME"] = os.environ.get("BENCHMARK_DATABASE", "roypalang_bench")
# One connection for the whole run: its process is the one whose CPU time is read.
DATABASES["default"]["CONN_MAX_AGE"] = None
ROOT_URLCONF = "tests.benchmarks.urls"
TEMPLATES[0]["DIRS"] += [Path(__file__).parent / "templates"]
STATIC_ROOT = VAR_DIR / "benchmark-static"
# Each page is made; with KEPT_PAGES=1 a visitor's are given as they are kept.
FORUMS_KEPT_PAGES = bool(os.environ.get("KEPT_PAGES"))
FORUMS_LIGHT_PACE = {}  # one reader asks for all of it
