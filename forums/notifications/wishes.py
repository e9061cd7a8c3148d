"""What members wish to be told of, and where."""

from collections.abc import Collection

from forums.notifications.models import Preference
from forums.notifications.registry import Switch, kind_of


def wants_email(member_id: int, kind: str) -> bool:
    """Does she take emails of this kind? What no switch turns off, everyone does."""
    found = kind_of(kind)
    if found is None:
        return True
    hers = Preference.objects.filter(member=member_id, switch=found.switch.name, mail=False)
    return not hers.exists()


def declined_push(members: Collection[int]) -> set[tuple[int, str]]:
    """What of these members (ids) is not pushed, as (member, switch)."""
    hers = Preference.objects.filter(member__in=members, push=False)
    return set(hers.values_list("member_id", "switch"))


def declined(switch: Switch, members: Collection[int]) -> set[int]:
    """Those of `members` (ids) who do not want to be told on the page: one query, or none."""
    if switch.always:
        return set()
    hers = Preference.objects.filter(member__in=members, switch=switch.name, here=False)
    return set(hers.values_list("member_id", flat=True))
