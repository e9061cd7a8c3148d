"""What an answer of the site says, and what it asked the database for it."""

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def html_of(answer: Any) -> str:
    """Its HTML, but for what keeps a word on one line (the filter `whole`): a test reads the words."""
    return re.sub(r'<span class="nb">([^<]*)</span>', r"\1", answer.content.decode())


def text_of(answer: Any) -> str:
    """Its words without tags, a blank between them."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html_of(answer)))


def page(client: Client, address: str, status: int = 200) -> str:
    """The HTML of a page, which must be answered so."""
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return html_of(answer)


def questions(client: Client, address: str) -> int:
    """How many questions this page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        page(client, address)
    return len(asked)
