"""Secrets of second steps, kept under the site's key; and what is said where that key is gone."""

import base64
import hashlib

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.base.errors import ForumError

SECRETS = ("secret", "seed")  # in an authenticator's data


class SecretLost(ForumError):
    """The site's key was lost or changed, and no code of hers can be checked any more: not her mistake."""

    status = 409
    message = _(
        "We cannot check codes of this account any more, because a key of the site was changed. It is not "
        "your mistake. A passkey still works. Without one, take the way for lost devices."
    )

    def __init__(self, *, inside: bool) -> None:
        if inside:
            super().__init__(
                _(
                    "We cannot read these any more, because a key of the site was changed. It is not your "
                    "mistake. Please set them up anew."
                ),
                way=(_("To two-step sign-in"), reverse("mfa_index")),
            )
        else:
            super().__init__(way=(_("The way for lost devices"), reverse("lost_device")))


def vault() -> MultiFernet:
    """What encrypts under the key of now, and reads what was encrypted under one of before."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"accounts.mfa" + key.encode()).digest()))
        for key in map(str, keys)
    )


@transaction.atomic
def rekey(*, after: int, size: int) -> tuple[int | None, int]:
    """Put a batch of secrets under the key of now: where the next begins (None: no more), and how many are lost."""
    found = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).filter(pk__gt=after)
    rows = list(found.select_for_update().order_by("pk")[:size])
    lost = 0
    for row in rows:
        try:
            row.data |= {
                name: vault().rotate(row.data[name].encode()).decode()
                for name in SECRETS
                if name in row.data
            }
        except InvalidToken:
            lost += 1
    Authenticator.objects.bulk_update(rows, ["data"])
    return (rows[-1].pk if len(rows) == size else None), lost
