"""Which wording of the terms is in force, and that who has not agreed to it reads on and writes nothing for others yet.

The wordings are a table of a wing to the right (`privacy.agreements`), which registers how the newest is found. The first one
(`CONSENT_VERSION`) is what signing up asks; nobody is asked for it again.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent
from accounts.silence import is_open
from forums.base.errors import NotAllowed

AGREE = "/agree/"


class AgreeFirst(NotAllowed):
    message = _(
        "Our terms have changed since you agreed to them. Read what changed, agree, and send it again. "
        "What you wrote is still here."
    )

    def __init__(self) -> None:
        super().__init__(way=(_("Read what changed"), AGREE))


_NEWEST: list[Callable[[], str]] = []


def wording_is(newest: Callable[[], str]) -> Callable[[], str]:
    """Register how the wording in force is found ('': the first); a decorator."""
    _NEWEST.append(newest)
    return newest


def wording() -> str:
    """The wording that is in force."""
    return next(filter(None, (newest() for newest in _NEWEST)), settings.CONSENT_VERSION)


def has_agreed(member: Any) -> bool:
    """To the wording in force. One query where there is another than the first."""
    version = wording()
    if version == settings.CONSENT_VERSION:
        return True
    return Consent.objects.filter(member=member.pk, version=version, withdrawn_at=None).exists()


def refuse_unagreed(member: Any, name: str | None) -> None:
    """Raise AgreeFirst for a form that is not for herself alone; moderators' desks stay open."""
    if is_open(name) or (name or "").startswith("admin:"):
        return
    if not has_agreed(member):
        raise AgreeFirst
