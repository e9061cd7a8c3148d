"""Proof, a few minutes old, that it is she and not who found her browser open: a passkey or a code of the second step."""

import time
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forums.base.errors import NotAllowed

WITHIN = 10 * 60  # seconds; who has just come in by her second step has given it
_SECOND = "mfa"  # as allauth calls every way of the second step, in its records and in the names of its pages


class ProofNeeded(NotAllowed):
    """`prove` is the page where it is given, which leads back here."""

    message = _(
        "This is asked of whoever looks after the site before what cannot be lightly undone: show once more that it is "
        "you, in another tab, then send this again. What you wrote is still here."
    )

    def __init__(self, prove: str) -> None:
        super().__init__()
        self.prove = prove


def need_proof(request: HttpRequest) -> None:
    """Raise ProofNeeded where none is fresh. Not asked on a trial machine, where a password alone opens the admin."""
    if not settings.STAFF_SECOND_FACTOR:
        return
    records = get_authentication_records(request, request.user)
    given = [each["at"] for each in records if each.get("method") == _SECOND]
    if given and time.time() - max(given) < WITHIN:
        return
    ways = [
        way["url"]
        for way in get_adapter(request).get_reauthentication_methods(request.user)
        if way["id"].startswith(_SECOND)
    ]
    # Without one she is led to set it up, before she comes here.
    where = ways[0] if ways else "/accounts/2fa/"
    raise ProofNeeded(f"{where}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")
