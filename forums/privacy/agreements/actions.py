"""Every write to wordings and to what members agreed to."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import empty_profile
from accounts.agreeing import wording
from accounts.models import Consent, Member
from forums.base.caches import forget_at_once
from forums.base.errors import BadText, NotAllowed
from forums.base.limits import fitting
from forums.moderation.permissions import can_administer
from forums.privacy.agreements.models import SAID_LENGTH, Wording
from forums.text.thai import clean_text


@transaction.atomic
def publish(*, moderator: Member, said: str) -> Wording:
    """From now on the pages as they stand are what members agree to: each is asked once. Raises NotAllowed, BadText."""
    if not can_administer(moderator):
        raise NotAllowed
    said = fitting(clean_text(said).strip(), SAID_LENGTH, nothing=_("Please say what changed."))
    version = timezone.localtime().strftime("%Y-%m-%d %H:%M:%S")
    if Wording.objects.filter(version=version).exists():
        raise BadText(_("This was just published."))
    made = Wording.objects.create(version=version, said=said, by=moderator)
    _agree(moderator, version)
    forget_at_once()
    return made


@transaction.atomic
def agree(*, member: Member) -> None:
    """She agrees to the wording in force; twice is once."""
    _agree(member, wording())


def _agree(member: Member, version: str) -> None:
    Consent.objects.bulk_create([Consent(member=member, version=version)], ignore_conflicts=True)


@transaction.atomic
def take_profile_back(*, member: Member) -> bool:
    """Take back the consent to what she says of herself: it is deleted. False when there was nothing."""
    return empty_profile(member=member)
