"""Commands, with what they say."""

import io

from django.core.management import call_command


def recount() -> list[str]:
    out = io.StringIO()
    call_command("recount", stdout=out, stderr=io.StringIO())
    return out.getvalue().splitlines()


def seed_load(**options: object) -> str:
    out = io.StringIO()
    call_command("seed_load", stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()
