"""Two texts nobody has labelled: which comes first for whom, and when one fits as well as the other. No row is read."""

from django.utils.crypto import salted_hmac

from forums.knowledge.portrayals.models import JUDGES


def own_first(portrayal: int, judge: int) -> bool:
    """Do their own words come first for this reader? Even odds, always the same for her, and nobody else can tell."""
    return bool(salted_hmac(__name__, f"{portrayal}.{judge}", algorithm="sha256").digest()[0] & 1)


def passes(*, judges: int, given: int, own: int) -> bool:
    """Does it fit, with what `judges` gave it in all, as their own words do? mean ≥ own mean − ¼, in whole numbers."""
    return judges >= JUDGES and 4 * given >= 4 * own - judges
