"""Every write to what members wish to be told of."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from forums.base.rate_limits import one_at_a_time
from forums.notifications.models import Preference

if TYPE_CHECKING:
    from accounts.models import Member


@transaction.atomic
def save_preferences(*, member: "Member", wishes: Mapping[str, tuple[bool, bool, bool]]) -> None:
    """Keep what she wishes, by switch: here, by e-mail, on the phone. Where she wants all there is no row."""
    one_at_a_time(member)
    Preference.objects.filter(member=member).delete()
    Preference.objects.bulk_create(
        Preference(member=member, switch=name, here=here, mail=mail, push=push)
        for name, (here, mail, push) in wishes.items()
        if not (here and mail and push)
    )
