"""Every write about a member: signing up, the profile, the picture, the look, the sessions."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import IO

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.agreeing import note_ended, note_profile, note_said
from accounts.models import PICTURE_SIZES, Member, Said, WaitingAddress
from accounts.second_step import CODES_KEPT
from forums.base.advisory_locks import Lock, hold
from forums.base.limits import LinkInName, refuse_link
from forums.base.picture_taking import encoded, forget, in_places, stored
from forums.base.published import published
from forums.base.rate_limits import hold_pace
from forums.text.handles import skeleton
from forums.text.shown_names import NAME_MESSAGES, name_problem
from forums.text.thai import clean_line, clean_text, sort_key

AT_ONCE, SESSIONS_AT_ONCE = 200, 50_000  # accounts and sessions forgotten in one go
SESSIONS_KEPT = 30  # of one member: as many devices and browsers nobody has


class HandleTaken(Exception):
    """Somebody has this handle, or one that looks like it."""


class EmailTaken(Exception):
    """There is an account with this address. Never told to who asks."""


@transaction.atomic
def sign_up(
    *,
    handle: str,
    email: str,
    password: str | None,
    consent: str,
    language: str = "",
    proven: bool = False,
    then: Callable[[Member], None] | None = None,
) -> Member:
    """Insert a member with her address, unconfirmed unless it is `proven`, and her consent to the wording `consent`; `then`
    is called with her before anybody sees her, and may refuse her yet.

    Raises HandleTaken or EmailTaken, also when two people send the same name at once.
    """
    member = Member(handle=handle, email=email.strip().lower(), language=language)
    member.pending_since = None if proven else timezone.now()
    member.derive()
    member.set_password(password)  # slow by design, and so before anything is locked
    _one_at_a_time(skeleton(handle))
    if Member.objects.has_handle(handle):
        raise HandleTaken
    try:
        member.save(force_insert=True)
        EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=proven)
    except IntegrityError as error:
        raise _what_is_taken(error) from error
    note_said(member, consent, Said.TERMS, Said.NOTICE, Said.AGE)
    if then is not None:
        then(member)
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
    """Make a confirmed address the member's own; False when another account holds it, or hers is gone.

    Two accounts may wait for the same address; whoever confirms first has it.
    """
    try:
        with transaction.atomic():
            return bool(Member.objects.filter(pk=member.pk).update(email=email.lower()))
    except IntegrityError:
        return False


@transaction.atomic
def show_from_now_on(*, member: Member) -> None:
    """She has proven an address: everyone may see her from now on."""
    member.pending_since = None
    Member.objects.filter(pk=member.pk).exclude(pending_since=None).update(pending_since=None)


@transaction.atomic
def drop_pending(now: datetime) -> None:
    """Delete accounts nobody has proven an address for in ACCOUNTS_PENDING_DAYS: their handles are free again.

    Nobody was ever in one of them, so nothing was written. One that something speaks of all the same (a decision
    of moderators) stays, and is looked at again after as long.
    """
    forgotten = now - timedelta(days=settings.ACCOUNTS_PENDING_DAYS)
    old = Member.objects.filter(pending_since__lt=forgotten, last_login=None, is_active=True)
    locked = old.select_for_update(skip_locked=True).order_by("pending_since")
    ids = list(locked.values_list("pk", flat=True)[:AT_ONCE])
    if not _deleted(ids):
        kept = [pk for pk in ids if not _deleted([pk])]
        Member.objects.filter(pk__in=kept).update(pending_since=now)


def _deleted(ids: Sequence[int]) -> bool:
    """Delete these members; False, and none of them, when something speaks of one."""
    try:
        with transaction.atomic():
            Member.objects.filter(pk__in=ids).delete()
    except (ProtectedError, IntegrityError):
        return False
    return True


@transaction.atomic
def wait_for_proof(*, address: EmailAddress) -> None:
    """Note since when an address somebody wants to change to waits to be proven."""
    if WaitingAddress.objects.addresses().filter(pk=address.pk).exists():
        WaitingAddress.objects.get_or_create(address=address)


@transaction.atomic
def drop_waiting_addresses(now: datetime) -> None:
    """Delete new addresses nobody has proven in ACCOUNTS_PENDING_DAYS: a typing error, or somebody else's.

    What has no note of its time yet (typed while a version before this one served) waits from now on.
    """
    waiting = WaitingAddress.objects.addresses().select_for_update(of=("self",))
    unnoted = waiting.filter(waiting=None).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    notes = [WaitingAddress(address_id=pk, since=now) for pk in unnoted]
    WaitingAddress.objects.bulk_create(notes, ignore_conflicts=True)
    forgotten = now - timedelta(days=settings.ACCOUNTS_PENDING_DAYS)
    old = WaitingAddress.objects.filter(since__lt=forgotten).order_by("since")
    ids = list(old.values_list("pk", flat=True)[:AT_ONCE])
    locked = waiting.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)
    EmailAddress.objects.filter(pk__in=list(locked)).delete()
    WaitingAddress.objects.filter(pk__in=ids).delete()  # of what was proven meanwhile


@transaction.atomic
def take_password_off(*, member: Member) -> None:
    """No password opens the account until she sets one; whoever is signed in is signed out. `member` is changed too:
    a session that is being begun for it stays good."""
    member.set_unusable_password()
    member.save(update_fields=["password"])
    end_sessions(member=member)


@transaction.atomic
def take_connections_off(*, member: Member) -> list[str]:
    """No account elsewhere opens this one any more; returns whose they were: ["line"]."""
    found = SocialAccount.objects.filter(user=member)
    providers = list(found.values_list("provider", flat=True))
    found.delete()
    return providers


# -- Profile ------------------------------------------------------------------------------------


@transaction.atomic
def save_profile(
    *, member: Member, display_name: str, bio: str, province: str, links: Sequence[str]
) -> None:
    """Store what a member says of herself. No name means her handle.

    Raises ValidationError for a name nobody may show (`clean_name`), BadText, or TooFast.
    """
    hold_pace(member, "profile")
    name = clean_name(member, display_name) or member.handle
    shown = list(dict.fromkeys(link for link in links if link))[:5]
    looked = published(member, name, clean_text(bio), *shown)
    name, bio, *shown = looked.texts
    Member.objects.filter(pk=member.pk).update(
        display_name=name, sort_key=sort_key(name), bio=bio, province=province, links=shown
    )
    looked.of("member", member)
    note_profile(member)


def clean_name(member: Member, typed: str) -> str:
    """The name to show, as it is stored; '' for her handle.

    Raises ValidationError where nothing can be seen of it, it holds a link, or a reader would take her for a moderator or for the
    site itself. The name she has stays hers until she changes it; moderators are what the others would seem to be.
    """
    name = clean_line(typed)
    if typed.strip() and not name:
        raise ValidationError(_("Nothing can be seen of this name. Please write another."))
    if member.is_staff or name in ("", member.handle, member.display_name):
        return name
    problem = name_problem(name)
    if problem is None and Member.objects.looks_like_staff(name, but=member.pk):
        problem = "reserved"
    if problem is not None:
        raise ValidationError(str(NAME_MESSAGES[problem]), code=problem)
    try:
        refuse_link(name)
    except LinkInName as error:
        raise ValidationError(str(error.message)) from error
    return name


@transaction.atomic
def empty_profile(*, member: Member) -> bool:
    """Take off all she says of herself, the picture's files too: her handle is left. False when nothing was there."""
    member = Member.objects.select_for_update().get(pk=member.pk)
    if not member.says_of_herself:
        return False
    _swap_picture(member, None)
    name = member.handle
    Member.objects.filter(pk=member.pk).update(
        display_name=name, sort_key=sort_key(name), bio="", province="", links=[]
    )
    note_ended(member)
    return True


@transaction.atomic
def set_province(*, member: Member, province: str) -> None:
    """Store where a member is, for everyone to read; '' takes it off her profile. Raises TooFast."""
    hold_pace(member, "profile")
    Member.objects.filter(pk=member.pk).update(province=province)
    note_profile(member)


@transaction.atomic
def close_first_step(*, member: Member) -> None:
    """Home says nothing of the first step any more; closed twice, the first time stands."""
    open_ones = Member.objects.filter(pk=member.pk, first_step_closed_at=None)
    open_ones.update(first_step_closed_at=timezone.now())


def set_picture(*, member: Member, file: IO[bytes]) -> None:
    """Cut a picture square, store it in every size, and drop the one before.

    Each picture has an address of its own, so what a browser has kept stays true. Raises NoRoom, PicturesAway, or
    what `encoded` raises.
    """
    made = encoded(file, member=member, pace="portraits", widths=PICTURE_SIZES, square=True)
    picture = uuid.uuid4()
    places = {picture_path(picture, size): size for size in PICTURE_SIZES}
    with stored(in_places(places, made)):
        _show(member, picture)


def remove_picture(*, member: Member) -> None:
    """Take the picture off the profile and off the disk."""
    _show(member, None)


@transaction.atomic
def _show(member: Member, picture: uuid.UUID | None) -> None:
    _swap_picture(member, picture)
    note_profile(member)


@transaction.atomic
def _swap_picture(member: Member, picture: uuid.UUID | None) -> None:
    # The row is locked: of two uploads at once, the second must see, and drop, the first one's files.
    old = Member.objects.select_for_update().get(pk=member.pk).picture
    Member.objects.filter(pk=member.pk).update(picture=picture)
    if old:
        transaction.on_commit(lambda: _forget(old))


def picture_path(picture: uuid.UUID, size: int) -> str:
    """Where a profile picture lies in the store of pictures."""
    return f"members/{picture}/{size}.webp"


def _forget(picture: uuid.UUID) -> None:
    forget(picture_path(picture, size) for size in PICTURE_SIZES)


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
def keep_session(*, member: Member, before: str | None, now: str | None) -> None:
    """The session at hand has got another key (`now`), as Django gives it one with a new password: what was noted of
    it stays, and what hangs on it."""
    old = UserSession.objects.filter(user=member, session_key=before)
    if before != now and old.exists():
        UserSession.objects.filter(user=member, session_key=now).delete()
        old.update(session_key=now)


@transaction.atomic
def end_sessions(*, member: Member, but: str | None = None) -> None:
    """Sign a member out everywhere, but for the session with the key `but`."""
    _end(UserSession.objects.filter(user=member).exclude(session_key=but))


@transaction.atomic
def end_oldest_sessions(*, member: Member, but: str | None) -> None:
    """Keep the newest sessions of a member who signs in: each is looked at when she does, and stands on a page."""
    others = UserSession.objects.filter(user=member).exclude(session_key=but)
    _end(others.order_by("-created_at", "-pk")[SESSIONS_KEPT - 1 :])


def _end(sessions: QuerySet[UserSession]) -> None:
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(pk__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()


@transaction.atomic
def forget_session(*, session_key: str | None) -> None:
    """Delete what was noted of a session that ends."""
    UserSession.objects.filter(session_key=session_key).delete()


@transaction.atomic
def forget_sessions(now: datetime) -> None:
    """Delete the next sessions that have expired, and what was noted of those that are gone, however they ended."""
    expired = Session.objects.filter(expire_date__lt=now).order_by("expire_date")
    Session.objects.filter(pk__in=expired.values("pk")[:SESSIONS_AT_ONCE]).delete()
    living = Session.objects.filter(session_key=OuterRef("session_key"))
    noted = UserSession.objects.filter(~Exists(living)).values_list("pk", flat=True)
    UserSession.objects.filter(pk__in=list(noted[:SESSIONS_AT_ONCE])).delete()
