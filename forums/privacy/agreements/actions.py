"""Every write to wordings and to what members agreed to."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actions import empty_profile
from accounts.agreeing import AGE_WORDS, TERMS_WORDS, note_said, wording
from accounts.models import Member, Said
from forums.base.caches import forget_at_once
from forums.base.errors import BadText, NotAllowed
from forums.base.limits import fitting, fitting_line
from forums.moderation.permissions import can_administer
from forums.privacy.agreements.models import BOX_LENGTH, SAID_LENGTH, Wording
from forums.text.thai import clean_text


@transaction.atomic
def publish(*, moderator: Member, said: str, age: str = "", terms: str = "") -> Wording:
    """From now on the pages as they stand, and these words of the two boxes of signing up ('': the drafts of the code), are what
    members agree to: each is asked once. Raises NotAllowed, BadText.
    """
    if not can_administer(moderator):
        raise NotAllowed
    said = fitting(clean_text(said).strip(), SAID_LENGTH, nothing=_("Please say what changed."))
    version = timezone.localtime().strftime("%Y-%m-%d %H:%M:%S")
    if Wording.objects.filter(version=version).exists():
        raise BadText(_("This was just published."))
    made = Wording.objects.create(
        version=version,
        said=said,
        age=_own_words(age, AGE_WORDS),
        terms=_own_words(terms, TERMS_WORDS),
        by=moderator,
    )
    _agree(moderator, version)
    forget_at_once()
    return made


def _own_words(typed: str, draft: Promise) -> str:
    """What is kept: nothing where it is the draft as it stands, which is there in every language."""
    words = fitting_line(typed, BOX_LENGTH)
    with override(settings.LANGUAGE_CODE):
        return "" if words == str(draft) else words


@transaction.atomic
def agree(*, member: Member) -> None:
    """She agrees to the terms in force, beside the privacy notice; twice is once."""
    _agree(member, wording())


def _agree(member: Member, version: str) -> None:
    note_said(member, version, Said.TERMS, Said.NOTICE)


@transaction.atomic
def take_profile_back(*, member: Member) -> bool:
    """Take back the consent to what she says of herself: it is deleted. False when there was nothing."""
    return empty_profile(member=member)
