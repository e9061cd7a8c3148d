"""The digest as a letter, and the parts of it that stand here."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.notifications.models import Email, Rhythm
from forums.notifications.registry import DIGEST, EmailText, email_kind, whole_address
from forums.reading.digest.registry import Span, digest_part, sections
from forums.reading.digest.topics import new_where_she_follows, one_from_elsewhere

DAYS = {Rhythm.DAILY: 1, Rhythm.WEEKLY: 7}

digest_part(1)(new_where_she_follows)
digest_part(3, alone=False)(one_from_elsewhere)


@email_kind(DIGEST, passing=True)
def digest(email: Email) -> EmailText | None:
    """What is new for her, as it stands now; None where nothing is."""
    if email.member is None:
        return None
    rhythm, now = email.data["rhythm"], timezone.now()
    days = timedelta(days=DAYS[rhythm])
    found = sections(email.member, Span(now - days, now + days))
    if not found:
        return None
    named = {"title": found[0].items[0].title}
    subject = _("Today: %(title)s") if rhythm == Rhythm.DAILY else _("This week: %(title)s")
    return EmailText(
        subject % named,
        "\n\n".join([_("All that is new for you:"), whole_address("/unread/")]),
        _("You get this digest because you are a member of the site. How often is up to you."),
        sections=found,
    )
