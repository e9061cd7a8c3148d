"""Who may do what with an activity. `hosts` are its networks as `hosts_of` loads them: the first announced it."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from forums.activities.models import Activity, ActivityHost, Answer, Open
from forums.groups.memberships.models import roles_of
from forums.groups.memberships.permissions import can_coordinate, can_speak_for

LINK_FOR = frozenset({Answer.GOING, Answer.MAYBE})  # who is told where to meet online


def hosts_of(activity: Activity) -> list[ActivityHost]:
    """The networks that hold it or are asked to, each with its network, the announcer first."""
    return list(activity.hosts.select_related("network").order_by("position", "pk"))


def can_change(member: Any, activity: Activity, hosts: Sequence[ActivityHost]) -> bool:
    """Change or cancel: who speaks for the network that announced it, until it is over."""
    if activity.cancelled_at is not None or activity.ends_at <= timezone.now():
        return False
    return bool(hosts) and can_speak_for(member, hosts[0].network)


def can_report(member: Any, activity: Activity, hosts: Sequence[ActivityHost]) -> bool:
    """Report: who speaks for any network that held it, once it is over."""
    if activity.cancelled_at is not None or activity.ends_at > timezone.now():
        return False
    return speaks_for_a_host(member, hosts)


def can_answer(member: Any, activity: Activity, hosts: Sequence[ActivityHost]) -> bool:
    """Say whether one comes: who may come, while there is something to come to."""
    if not (member.is_authenticated and member.is_active) or not takes_answers(activity):
        return False
    return activity.open_to == Open.EVERYONE or is_of_a_host(member, hosts)


def takes_answers(activity: Activity) -> bool:
    return (
        activity.cancelled_at is None
        and activity.hidden_at is None
        and activity.ends_at > timezone.now()
    )


def can_decide(member: Any, host: ActivityHost) -> bool:
    """Say yes or no for a network that was asked to hold it too."""
    return can_coordinate(member, host.network)


def speaks_for_a_host(member: Any, hosts: Sequence[ActivityHost]) -> bool:
    return any(host.confirmed_at and can_speak_for(member, host.network) for host in hosts)


def is_of_a_host(member: Any, hosts: Sequence[ActivityHost]) -> bool:
    mine = roles_of(member)
    return any(host.confirmed_at and host.network_id in mine for host in hosts)


def sees_link(member: Any, hosts: Sequence[ActivityHost], answer: str) -> bool:
    """The link to meet at is for those who said they may come, and for the hosts."""
    return answer in LINK_FOR or speaks_for_a_host(member, hosts)


def sees_names(member: Any, hosts: Sequence[ActivityHost], answer: str) -> bool:
    """Who comes is told to those who come themselves, and to members of the networks that hold it."""
    return answer in (*LINK_FOR, Answer.WAITING) or is_of_a_host(member, hosts)
