"""What is loaded before the processes of the site are parted: all a first page needs, and nothing two may not share."""

import subprocess
import sys

from tests.needs import CHECKOUT

LOADED = """
import threading
from roypalang import wsgi
from django.db import connections
from django.urls import get_resolver

assert get_resolver()._populated
assert [each.connection for each in connections.all()] == [None] * len(connections.settings)
assert threading.enumerate() == [threading.main_thread()]
"""


def test_all_addresses_are_there_and_neither_a_connection_nor_a_thread():
    subprocess.run([sys.executable, "-c", LOADED], cwd=CHECKOUT, check=True)
