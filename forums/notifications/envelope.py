"""An email as it goes out: what it says, why it came, and what mail programs read in its headers."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from forums.base.mail_bodies import letter
from forums.notifications.models import Email
from forums.notifications.registry import EmailText
from forums.notifications.stop_links import stop_link, what_stops
from forums.text.links import without_links


def message_of(email: Email, text: EmailText, address: str) -> EmailMessage:
    """The email, to be sent to `address`."""
    why = text.why or _("You get this letter because you are a member of %(site)s.") % {
        "site": settings.SITE_NAME
    }
    foot = [f"{settings.SITE_NAME} {settings.SITE_URL}", why]
    stop = stop_link(email)
    if stop:
        foot.append(_("No more e-mails like this one: %(link)s") % {"link": stop})
    subject = without_links(" ".join(text.subject.split()))  # names from before they were refused
    return letter(
        subject=settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject,
        to=address,
        title=subject if text.sections else "",
        sections=text.sections,
        body=text.body,
        foot=foot,
        headers=_headers(email, stop, text.thread),
    )


def _headers(email: Email, stop: str, thread: str) -> dict[str, str]:
    """No machine answers it ("I am on holiday"); whoever gets it twice can see that; one click stops it (RFC 8058)."""
    host = urlsplit(settings.SITE_URL).hostname
    number = salted_hmac("message-id", str(email.pk), algorithm="sha256").hexdigest()[:24]
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": f"<{number}@{host}>"}
    if stop:
        headers |= {
            "List-Id": f"<{what_stops(email.kind)}.{host}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
        }
    if thread:
        headers |= dict.fromkeys(("In-Reply-To", "References"), f"<{thread}@{host}>")
    return headers
