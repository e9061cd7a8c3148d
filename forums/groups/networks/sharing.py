"""The picture a link to a network shows elsewhere, and the address that is passed on."""

from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.provinces import PROVINCE_NAMES
from forums.groups.networks.models import Network
from forums.sharing.sketches import Sketch, bead_of, strand_of


def sketch(network: Network) -> Sketch:
    """What it shows: where it is, name, aim, and its own bead amid jasmine buds. No query."""
    what, everywhere = _words()
    named = [PROVINCE_NAMES[code] for code in network.provinces if code in PROVINCE_NAMES]
    where = everywhere if network.nationwide else " ".join(named)
    return Sketch(
        above=" · ".join(filter(None, (what, where))),
        title=network.name,
        lead=network.aim,
        bead=bead_of(network),
        strand=strand_of([network]),
        is_large=True,
    )


def sketch_of(pk: int) -> Sketch | None:
    """The same of a network that has a page, by its id; None for any other. One query."""
    network = Network.objects.shown().filter(pk=pk, merged_into=None).first()
    return sketch(network) if network else None


@cache
def _words() -> tuple[str, str]:
    with translation.override(settings.LANGUAGE_CODE):
        return _("Network"), _("all over the country")
