"""What becomes of an account whose member leaves: closed first, emptied last. Called by `privacy.leaving`'s actions, in
their transaction."""

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.utils import timezone
from django.utils.translation import gettext, override

from accounts.actions import empty_profile, end_sessions
from accounts.models import GoneHandle, Member, look_digest
from forums.base.personal import Parting
from forums.text.handles import handle_key, skeleton
from forums.text.thai import sort_key


def former() -> str:
    """The name that stands where somebody's stood, in the site's language."""
    with override(settings.LANGUAGE_CODE):
        return gettext("A former member")


def close(member: Member) -> None:
    """Nobody comes in any more, on no device; her profile is empty."""
    end_sessions(member=member)
    name = member.display_name
    empty_profile(member=member)
    member = Member.objects.select_for_update().get(pk=member.pk)
    member.set_unusable_password()
    member.is_active = member.is_staff = member.is_superuser = False
    member.display_name, member.sort_key = (
        name,
        sort_key(name),
    )  # until the last of her texts is seen to
    member.save(
        update_fields=[
            *("password", "is_active", "is_staff", "is_superuser", "display_name", "sort_key"),
        ]
    )


def forget_member(parting: Parting) -> None:
    """The last of all: the row says nothing any more but, where she wished it, her name; nobody gets her handle."""
    member = Member.objects.select_for_update().get(pk=parting.member.pk)
    digest = look_digest(member.handle, settings.SECRET_KEY)
    GoneHandle.objects.bulk_create([GoneHandle(digest=digest)], ignore_conflicts=True)
    member.left_at = timezone.now()
    member.email = f"{member.pk}@gone.invalid"
    member.last_login = None
    member.theme = member.text_size = member.language = ""
    if not parting.is_named:
        member.handle, member.display_name = f"gone-{member.pk}", former()
    member.handle_key, member.handle_skeleton = handle_key(member.handle), skeleton(member.handle)
    member.sort_key = sort_key(member.display_name)
    member.save()


def forget_in_admin_log(parting: Parting) -> None:
    """The admin's log kept her name with what was done to her."""
    hers = LogEntry.objects.filter(
        content_type__app_label="accounts",
        content_type__model="member",
        object_id=str(parting.member.pk),
    )
    hers.exclude(object_repr="").update(object_repr="")
