"""Links that stop a kind of email, without signing in: signed, for one member and one kind.

Whoever has the link can stop that one kind, or all of them, and learns nothing.
"""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.translation import gettext as _

from forums.notifications.models import Email
from forums.notifications.registry import (
    DIGEST,
    TOLD,
    gathered_switches,
    kind_of,
    switches,
)

VALID = timedelta(days=365)  # mails are kept, and read late
_SIGNER = TimestampSigner(salt="mail-stop", sep=".")


class Stop(NamedTuple):
    """Whose emails (her id), and which: the name of a switch, or one of TOLD and DIGEST."""

    member: int
    what: str


class BadLink(Exception):
    """Not whole, or not of ours."""


class OldLink(BadLink):
    """It was once."""


def what_stops(kind: str) -> str:
    """What a link in an email of this kind stops; '' where nothing turns it off by itself."""
    if kind in (TOLD, DIGEST):
        return kind
    found = kind_of(kind)
    return found.switch.name if found else ""


def stopped_by(what: str) -> list[str]:
    """What that is, as the settings name it."""
    if what == DIGEST:
        return [_("A digest of what is new where you follow")]
    if what == TOLD:
        return [str(each.label) for each in gathered_switches()]
    return [str(each.label) for _group, found in switches() for each in found if each.name == what]


def stop_link(email: Email) -> str:
    """The whole address that stops emails like this one; '' where there is none."""
    what = what_stops(email.kind)
    if email.member_id is None or not what:
        return ""
    return f"{settings.SITE_URL}/mail/stop/{sign(Stop(email.member_id, what))}/"


def sign(stop: Stop) -> str:
    """What the link says, as an address holds it."""
    return _SIGNER.sign(f"{stop.member}-{stop.what}")


def read(token: str) -> Stop:
    """What a link says. Raises OldLink or BadLink."""
    try:
        member, _dash, what = _SIGNER.unsign(token, max_age=VALID).partition("-")
    except SignatureExpired as error:
        raise OldLink from error
    except BadSignature as error:
        raise BadLink from error
    return Stop(int(member), what)
