"""Who keeps the machine: told by a token in the environment, for programs that watch over the site."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare


def is_keeper(request: HttpRequest) -> bool:
    """Whether it brings METRICS_TOKEN (`Authorization: Bearer …`); nobody does where none is set."""
    scheme, _space, said = request.headers.get("Authorization", "").partition(" ")
    known = settings.METRICS_TOKEN
    return bool(known) and scheme.lower() == "bearer" and constant_time_compare(said, known)
