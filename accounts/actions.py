"""Every write about a member: signing up, the profile, the picture, the look, the sessions."""

import uuid
from collections.abc import Sequence
from typing import IO

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import PICTURE_SIZES, Consent, Member
from accounts.second_step import CODES_KEPT
from forums.base.advisory_locks import Lock, hold
from forums.base.limits import LinkInName, refuse_link
from forums.base.picture_taking import encoded, store
from forums.base.rate_limits import hold_pace
from forums.text.handles import skeleton
from forums.text.thai import clean_line, clean_text, sort_key


class HandleTaken(Exception):
    """Somebody has this handle, or one that looks like it."""


class EmailTaken(Exception):
    """There is an account with this address. Never told to who asks."""


@transaction.atomic
def sign_up(*, handle: str, email: str, password: str, consent: str, language: str = "") -> Member:
    """Insert a member with her unconfirmed address and her consent to the wording `consent`.

    Raises HandleTaken or EmailTaken, also when two people send the same name at once.
    """
    member = Member(handle=handle, email=email.strip().lower(), language=language)
    member.derive()
    member.set_password(password)  # slow by design, and so before anything is locked
    _one_at_a_time(skeleton(handle))
    if Member.objects.has_handle(handle):
        raise HandleTaken
    try:
        member.save(force_insert=True)
    except IntegrityError as error:
        raise _what_is_taken(error) from error
    EmailAddress.objects.create(user=member, email=member.email, primary=True)
    Consent.objects.create(member=member, version=consent)
    return member


def _one_at_a_time(look: str) -> None:
    """Hold back others who sign up with a handle of this look until the transaction ends.

    No constraint can hold "looks like": names brought in from elsewhere may look alike.
    """
    hold(Lock.SIGNING_UP, look)


def _what_is_taken(error: IntegrityError) -> Exception:
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    return EmailTaken() if "email" in constraint else HandleTaken()


@transaction.atomic
def claim_email(*, member: Member, email: str) -> bool:
    """Make a confirmed address the member's own; False when another account holds it.

    Two accounts may wait for the same address; whoever confirms first has it.
    """
    try:
        with transaction.atomic():
            Member.objects.filter(pk=member.pk).update(email=email.lower())
    except IntegrityError:
        return False
    return True


@transaction.atomic
def take_password_off(*, member: Member) -> None:
    """No password opens the account until she sets one; whoever is signed in is signed out. `member` is changed too:
    a session that is being begun for it stays good."""
    member.set_unusable_password()
    member.save(update_fields=["password"])
    end_sessions(member=member)


# -- Profile ------------------------------------------------------------------------------------


@transaction.atomic
def save_profile(
    *, member: Member, display_name: str, bio: str, province: str, links: Sequence[str]
) -> None:
    """Store what a member says of herself. No name means her handle.

    Raises ValidationError when a name was typed of which nothing can be seen or that holds a link, or TooFast.
    """
    hold_pace(member, "profile")
    name = clean_line(display_name)
    if display_name.strip() and not name:
        raise ValidationError(_("Nothing can be seen of this name. Please write another."))
    name = name or member.handle
    try:
        refuse_link(name, before=member.display_name)
    except LinkInName as error:
        raise ValidationError(str(error.message)) from error
    Member.objects.filter(pk=member.pk).update(
        display_name=name,
        sort_key=sort_key(name),
        bio=clean_text(bio),
        province=province,
        links=list(dict.fromkeys(link for link in links if link))[:5],
    )


@transaction.atomic
def set_province(*, member: Member, province: str) -> None:
    """Store where a member is, for everyone to read; '' takes it off her profile. Raises TooFast."""
    hold_pace(member, "profile")
    Member.objects.filter(pk=member.pk).update(province=province)


@transaction.atomic
def close_first_step(*, member: Member) -> None:
    """Home says nothing of the first step any more; closed twice, the first time stands."""
    open_ones = Member.objects.filter(pk=member.pk, first_step_closed_at=None)
    open_ones.update(first_step_closed_at=timezone.now())


def set_picture(*, member: Member, file: IO[bytes]) -> None:
    """Cut a picture square, store it in every size, and drop the one before.

    Each picture has an address of its own, so browsers may keep it for ever. Raises NoRoom, or what
    `encoded` raises.
    """
    made = encoded(file, member=member, pace="portraits", widths=PICTURE_SIZES, square=True)
    picture = uuid.uuid4()
    try:
        store({picture_path(picture, size): size for size in PICTURE_SIZES}, made)
        _swap_picture(member, picture)
    except BaseException:
        _forget(picture)
        raise


def remove_picture(*, member: Member) -> None:
    """Take the picture off the profile and off the disk."""
    _swap_picture(member, None)


@transaction.atomic
def _swap_picture(member: Member, picture: uuid.UUID | None) -> None:
    # The row is locked: of two uploads at once, the second must see, and drop, the first one's files.
    old = Member.objects.select_for_update().get(pk=member.pk).picture
    Member.objects.filter(pk=member.pk).update(picture=picture)
    if old:
        transaction.on_commit(lambda: _forget(old))


def picture_path(picture: uuid.UUID, size: int) -> str:
    """Where a profile picture lies under MEDIA_ROOT."""
    return f"members/{picture}/{size}.webp"


def _forget(picture: uuid.UUID) -> None:
    for size in PICTURE_SIZES:
        default_storage.delete(picture_path(picture, size))
    if default_storage.exists(f"members/{picture}"):
        default_storage.delete(f"members/{picture}")


# -- Look and sessions --------------------------------------------------------------------------


@transaction.atomic
def set_display(*, member: Member, theme: str, text_size: str, language: str) -> None:
    """Store colours, size of letters and language for every device the member signs in from.

    The language is also that of the letters she gets.
    """
    Member.objects.filter(pk=member.pk).update(theme=theme, text_size=text_size, language=language)


@transaction.atomic
def keep_language(*, member: Member, language: str) -> None:
    """Make the language of a member's device hers, where she has chosen none yet."""
    Member.objects.filter(pk=member.pk, language="").update(language=language)


@transaction.atomic
def keep_codes(*, member: Member) -> None:
    """She says that she has put her recovery codes where she finds them again."""
    codes = Authenticator.objects.select_for_update().filter(
        user=member, type=Authenticator.Type.RECOVERY_CODES
    )
    for row in codes:
        row.data[CODES_KEPT] = timezone.now().isoformat()
        row.save(update_fields=["data"])


@transaction.atomic
def set_see_others(*, member: Member, on: bool) -> None:
    """Whether each fifth row of a member's latest topics is from a network she is not in."""
    Member.objects.filter(pk=member.pk).update(see_others=on)


@transaction.atomic
def end_session(*, member: Member, session: int) -> bool:
    """Sign one of the member's devices out; False when she has no such session."""
    if found := UserSession.objects.filter(user=member, pk=session).first():
        found.end()
    return bool(found)


@transaction.atomic
def end_sessions(*, member: Member) -> None:
    """Sign a member out everywhere."""
    for session in UserSession.objects.filter(user=member):
        session.end()
