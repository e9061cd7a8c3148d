"""To which thing an address of this site leads."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.errors import BadText
from forums.groups.networks.models import Network
from forums.groups.organisations.models import Organisation
from forums.knowledge.statements.models import Statement
from forums.moderation.subjects import Subject, subject_at
from forums.text.handles import handle_key

_BY_KEY = (
    (re.compile(r"/p/(\d{1,18})/"), "post"),
    (re.compile(r"/t/\d{1,18}/polls/(\d{1,18})/"), "poll"),
    (re.compile(r"/t/(\d{1,18})/"), "topic"),
    (re.compile(r"/activities/(\d{1,18})/"), "activity"),
    (re.compile(r"/pictures/([0-9a-fA-F-]{32,36})/"), "picture"),
)
_STATEMENT = re.compile(r"/t/(\d{1,18})/common/(\d{1,4})/")
_SAID = re.compile(r"m(\d{1,18})")
_ANCHOR = re.compile(r"p(?:ost)?-?(\d{1,18})")


def subject_of(address: str, reader: Any = None) -> Subject:
    """The thing on the page of this address, as far as `reader` (None: a visitor) sees it: what she does not see and what
    there is not are answered alike. Raises BadText for these, and for another site's address."""
    path, query, anchor = _path(address)
    named = _named(path, query, anchor, reader)
    if named is None:
        raise BadText(
            _(
                "We found nothing at this address that you can read. Open the page, and copy its address from the top of "
                "the browser. If it stands where not everyone may look, sign in first, or write to %(contact)s."
            )
            % {"contact": settings.CONTACT_EMAIL}
        )
    return named


def _path(address: str) -> tuple[str, QueryDict, str]:
    """The path with a stroke at its end, the query, and what stands behind the #. An address may come without its site."""
    is_path = address.startswith("/") and not address.startswith("//")
    whole = address if is_path or "//" in address else f"//{address}"
    try:
        parts = urlsplit(whole)
        host = parts.hostname or ""
    except ValueError:  # no address at all
        parts, host = urlsplit(""), "?"
    ours = settings.FORUMS_SITE_HOST.split(":")[0].lower()
    if host.lower() != ("" if is_path else ours):
        raise BadText(
            _("This is an address of another site. We can only take down what stands on this one.")
        )
    return unquote(parts.path).rstrip("/") + "/", QueryDict(parts.query), parts.fragment


def _named(path: str, query: QueryDict, anchor: str, reader: Any) -> Subject | None:
    if (said := _SAID.fullmatch(anchor)) is not None and path.startswith("/messages/"):
        return subject_at("message", said[1], reader)
    if (post := _ANCHOR.fullmatch(anchor)) is not None:
        return subject_at("post", post[1], reader)
    if (one := _STATEMENT.match(path)) is not None:
        said_there = Statement.objects.filter(topic=int(one[1]), number=int(one[2]))
        return _at("statement", said_there, reader)
    for pattern, kind in _BY_KEY:
        if (found := pattern.match(path)) is not None:
            return subject_at(kind, found[1], reader)
    head, _, rest = path.strip("/").partition("/")
    name, _, inside = rest.partition("/")
    if head == "n" and inside.startswith("money/") and "line" in query:
        return subject_at("line", query.get("line", ""), reader)
    if head == "u" and (key := handle_key(name)):
        return _at("member", Member.objects.filter(handle_key=key), reader)
    if head == "n" and name:
        return _at("network", Network.objects.filter(slug=name), reader)
    if head == "o" and name:
        return _at("organisation", Organisation.objects.filter(slug=name), reader)
    return None


def _at(kind: str, rows: QuerySet[Any], reader: Any) -> Subject | None:
    one = rows.values_list("pk", flat=True).first()
    return None if one is None else subject_at(kind, str(one), reader)
