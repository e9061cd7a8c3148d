"""Members locked for a decision."""

from accounts.models import Member


def lock_members(moderator: Member, *members: Member) -> list[Member]:
    """Lock the moderator and these members; returns them, the moderator first, as they are now.

    Her row too: of two administrators who suspend each other at once, the second is one no more.
    """
    wanted = {moderator.pk, *(member.pk for member in members)}
    rows = Member.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    found = {member.pk: member for member in rows}
    return [found[member.pk] for member in (moderator, *members)]
