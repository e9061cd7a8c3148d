"""Storing the words organisations are found by anew (`manage.py recount`)."""

from django.db import transaction

from forums.groups.networks.search_words import stored
from forums.groups.organisations.actions import search_words
from forums.groups.organisations.models import Organisation


@transaction.atomic
def repair_organisations(*, after: int, size: int) -> tuple[int | None, list[Organisation]]:
    """Of the next `size` organisations, those that were found by other words than they hold now.

    Comes with the id to go on after, None when there is no more.
    """
    rows = list(
        Organisation.objects.select_for_update(no_key=True)
        .only("slug", "name", "about")
        .filter(pk__gt=after)
        .order_by("pk")[:size]
    )
    if not rows:
        return None, []
    renewed = stored(Organisation, {row.pk: search_words(row.name, row.about) for row in rows})
    return rows[-1].pk, [row for row in rows if row.pk in renewed]
