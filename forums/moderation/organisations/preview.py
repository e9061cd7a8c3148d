"""What a merge of organisations would move."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from forums.groups.organisations.models import NetworkOrganisation, Organisation, Representative
from forums.moderation.moved.preview import Preview, preview


def of_organisations(organisations: Sequence[Organisation], into: Organisation) -> Preview:
    """The networks they are in, and who represents them."""
    return preview(
        into,
        [
            (
                each,
                [
                    (_("Networks"), NetworkOrganisation.objects.filter(organisation=each)),
                    (_("Representatives"), Representative.objects.filter(organisation=each)),
                ],
            )
            for each in organisations
        ],
    )
