"""What finds groups is heavy: the site serves without it."""

import subprocess
import sys

from tests.needs import CHECKOUT


def test_a_process_that_serves_the_site_never_loads_numpy():
    asked = (
        "import django, sys\n"
        "from roypalang.wsgi import application\n"
        "from django.urls import get_resolver\n"
        "assert get_resolver().url_patterns\n"
        "import forums.knowledge.opinions.results\n"
        "print(sorted({'numpy', 'scipy', 'sklearn'} & set(sys.modules)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=CHECKOUT, capture_output=True, text=True, timeout=120
    )
    assert (said.stdout.strip(), said.returncode) == ("[]", 0), said.stderr
