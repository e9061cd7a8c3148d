"""Changing the list."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from forums.base.caches import forget_at_once
from forums.base.errors import BadText
from forums.base.limits import fitting_line
from forums.moderation.crawlers.models import MOST_SECONDS, SIGN_LENGTH, Crawler, Treatment

SHORTEST = 3  # letters: a shorter name stands in the User-Agent of anybody


@transaction.atomic
def save_crawler(
    *, crawler: Crawler | None = None, sign: str, treatment: str, seconds: int = 0, note: str = ""
) -> Crawler:
    """Write a line of the list, a new one without `crawler`. Raises BadText."""
    sign = fitting_line(sign, SIGN_LENGTH, nothing=_("Please write the name."))
    if len(sign) < SHORTEST or sign.lower() in "mozilla/5.0 (compatible; like gecko)":
        raise BadText(_("So short or common a name would fit readers, too."))
    if not (sign.isascii() and sign.isprintable()):
        raise BadText(_("A User-Agent holds Latin letters, digits and signs only."))
    slowed = treatment == Treatment.SLOWED
    if slowed and not 1 <= seconds <= MOST_SECONDS:
        raise BadText(
            _("Please say how many seconds, from 1 to %(most)d.") % {"most": MOST_SECONDS}
        )
    crawler = crawler or Crawler()
    crawler.sign, crawler.treatment = sign, treatment
    crawler.seconds = seconds if slowed else 0
    crawler.note = fitting_line(note, 200)
    try:
        with transaction.atomic():
            crawler.save()
    except IntegrityError as error:
        raise BadText(_("This name is in the list already.")) from error
    forget_at_once()
    return crawler


@transaction.atomic
def delete_crawler(*, crawler: Crawler) -> None:
    """Take a line out: it is a reader like others from now on."""
    Crawler.objects.filter(pk=crawler.pk).delete()
    forget_at_once()
