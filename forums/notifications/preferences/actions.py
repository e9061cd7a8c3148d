"""Every write to what members wish to be told of."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import Member
from forums.base.rate_limits import one_at_a_time
from forums.notifications.models import MailWish, Preference, Rhythm
from forums.notifications.registry import DIGEST, TOLD, gathered_switches
from forums.notifications.stop_links import Stop


@transaction.atomic
def save_preferences(*, member: Member, wishes: Mapping[str, tuple[bool, bool, bool]]) -> None:
    """Keep what she wishes, by switch: here, by e-mail, on the phone. Where she wants all there is no row."""
    one_at_a_time(member)
    Preference.objects.filter(member=member).delete()
    Preference.objects.bulk_create(
        Preference(member=member, switch=name, here=here, mail=mail, push=push)
        for name, (here, mail, push) in wishes.items()
        if not (here and mail and push)
    )


@transaction.atomic
def save_mail_wish(*, member: Member, digest: str, wants_mail: bool) -> None:
    """Keep whether any emails go to her, and how often a digest does ('': as it was); what she chose of kinds stays."""
    one_at_a_time(member)
    wish = MailWish.objects.filter(member=member).first() or MailWish(member=member)
    wish.digest = digest or wish.digest
    wish.stopped_at = None if wants_mail else wish.stopped_at or timezone.now()
    wish.save()


@transaction.atomic
def stop_emails(stop: Stop, *, all_of_them: bool) -> None:
    """Stop what a signed link names, or all emails of its reader's; however often it is sent, and if she is gone."""
    member = Member.objects.filter(pk=stop.member).first()
    if member is None:
        return
    one_at_a_time(member)
    if all_of_them:
        MailWish.objects.update_or_create(member=member, defaults={"stopped_at": timezone.now()})
    elif stop.what == DIGEST:
        MailWish.objects.update_or_create(member=member, defaults={"digest": Rhythm.NEVER})
    else:
        names = [each.name for each in gathered_switches()] if stop.what == TOLD else [stop.what]
        for name in names:
            Preference.objects.update_or_create(
                member=member,
                switch=name,
                defaults={"mail": False},
                create_defaults={"here": True, "mail": False},
            )
