"""What members agree to: which wording is in force, what signing up asks in which words, what is noted of it.

Who has not agreed to the wording in force reads on and writes nothing for others yet. The wordings are a table of a wing to the
right (`privacy.agreements`), which registers how the newest is found. The first one (`CONSENT_VERSION`) is what signing up asks;
nobody is asked for it again. Rules and terms are a contract; what she says of herself rests on her consent alone, and ends with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, Member, Said
from accounts.silence import is_open
from forums.base.errors import NotAllowed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

AGREE = "/agree/"
AGE_WORDS = _("I am 20 years old or older, or my parent or guardian agrees.")
TERMS_WORDS = _("I agree to the house rules and the terms of use.")


class AgreeFirst(NotAllowed):
    message = _(
        "Our terms have changed since you agreed to them. Read what changed, agree, and send it again. "
        "What you wrote is still here."
    )

    def __init__(self) -> None:
        super().__init__(way=(_("Read what changed"), AGREE))


@dataclass(frozen=True, slots=True)
class InForce:
    """A wording: its name, and the words of the two boxes of signing up."""

    version: str
    age: "StrOrPromise" = AGE_WORDS
    terms: "StrOrPromise" = TERMS_WORDS


_NEWEST: list[Callable[[], InForce | None]] = []


def wording_is(newest: Callable[[], InForce | None]) -> Callable[[], InForce | None]:
    """Register how the wording in force is found (None: the first); a decorator."""
    _NEWEST.append(newest)
    return newest


def in_force() -> InForce:
    """The wording that is in force."""
    found = next(filter(None, (newest() for newest in _NEWEST)), None)
    return found or InForce(settings.CONSENT_VERSION)


def wording() -> str:
    """Its name."""
    return in_force().version


def has_agreed(member: Any) -> bool:
    """To the terms in force. One query where there is another wording than the first."""
    version = wording()
    if version == settings.CONSENT_VERSION:
        return True
    return Consent.objects.filter(member=member.pk, kind=Said.TERMS, version=version).exists()


def refuse_unagreed(member: Any, name: str | None) -> None:
    """Raise AgreeFirst for a form that is not for herself alone; moderators' desks stay open."""
    if is_open(name) or (name or "").startswith("admin:"):
        return
    if not has_agreed(member):
        raise AgreeFirst


def note_said(member: Member, version: str, *kinds: Said) -> None:
    """Keep that she agreed to these, or was shown them, in this wording; twice is once. For actions."""
    rows = [Consent(member=member, kind=kind, version=version) for kind in kinds]
    Consent.objects.bulk_create(rows, ignore_conflicts=True)


def note_profile(member: Member) -> None:
    """Her profile changed: while it says something her consent to that stands, afterwards it has ended. For actions."""
    hers = Consent.objects.filter(member=member, kind=Said.PROFILE, withdrawn_at=None)
    if not Member.objects.get(pk=member.pk).says_of_herself:
        hers.update(withdrawn_at=timezone.now())
    elif not hers.exists():
        note_said(member, wording(), Said.PROFILE)


def note_ended(member: Member) -> None:
    """All of her profile was taken off: her consent has ended; one from before such were noted leaves a trace, too. For actions."""
    now = timezone.now()
    hers = Consent.objects.filter(member=member, kind=Said.PROFILE, withdrawn_at=None)
    if not hers.update(withdrawn_at=now):
        Consent.objects.create(
            member=member, kind=Said.PROFILE, version="", given_at=now, withdrawn_at=now
        )
