"""What members wish to be told of, and where."""

from collections.abc import Collection

from forums.base.constant_sql import select
from forums.notifications.models import MailWish, Preference, Rhythm
from forums.notifications.registry import DIGEST, Switch, guards_account, kind_of


def wants_email(member_id: int, kind: str) -> bool:
    """Does she take emails of this kind? What no switch turns off, everyone does who takes any."""
    if guards_account(kind):
        return True
    wish = MailWish.objects.filter(member=member_id).first()
    if wish is not None and wish.stopped_at is not None:
        return False
    if kind == DIGEST:
        return wish is None or wish.digest != Rhythm.NEVER
    found = kind_of(kind)
    return found is None or not declined_by_mail(member_id, [found.switch.name])


def declined_by_mail(member_id: int, switches: Collection[str]) -> set[str]:
    """Those of these switches (names) that she turned off for emails."""
    hers = Preference.objects.filter(member=member_id, switch__in=switches, mail=False)
    return set(hers.values_list("switch", flat=True))


def declined_push(members: Collection[int]) -> set[tuple[int, str]]:
    """What of these members (ids) is not pushed, as (member, switch)."""
    hers = Preference.objects.filter(member__in=members, push=False)
    return set(hers.values_list("member_id", "switch"))


_DECLINED = """
    SELECT member_id FROM forums_preference
    WHERE member_id = ANY(%(members)s::bigint[]) AND switch = %(switch)s AND NOT here
"""


def declined(switch: Switch, members: Collection[int]) -> set[int]:
    """Those of `members` (ids) who do not want to be told on the page: one query, or none."""
    if switch.always or not members:
        return set()
    return {pk for (pk,) in select(_DECLINED, members=list(members), switch=switch.name)}
