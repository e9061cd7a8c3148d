"""To which thing an address of this site leads."""

import re
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.errors import BadText
from forums.discussions.posts.models import Post
from forums.groups.networks.models import Network
from forums.groups.organisations.models import Organisation
from forums.moderation.subjects import Subject, subject_at
from forums.text.handles import handle_key

_BY_NUMBER = (
    (re.compile(r"/p/(\d{1,18})/"), "post"),
    (re.compile(r"/t/(\d{1,18})/"), "topic"),
    (re.compile(r"/activities/(\d{1,18})/"), "activity"),
)
_ANCHOR = re.compile(r"p(?:ost)?-?(\d{1,18})")


class Sees:
    """Whoever gives a notice may name what only some can read; that it is there is told to nobody."""

    is_authenticated = is_active = is_staff = True
    is_superuser = False
    pk = 0


def subject_of(address: str) -> Subject:
    """The thing on the page of this address. Raises BadText for another site's, or for none that one can point at."""
    path, anchor = _path(address)
    named = _named(path, anchor)
    if named is None:
        raise BadText(
            _(
                "We found no text, topic, member, network, organisation or activity at this address. Open the "
                "page, and copy its address from the top of the browser."
            )
        )
    return named


def _path(address: str) -> tuple[str, str]:
    """The path with a stroke at its end, and what stands behind the #. An address may come without its site."""
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
    return unquote(parts.path).rstrip("/") + "/", parts.fragment


def _named(path: str, anchor: str) -> Subject | None:
    member = Sees()
    post = _ANCHOR.fullmatch(anchor)
    if post is not None and Post.objects.filter(pk=post[1], number__gt=0).exists():
        return subject_at("post", post[1], member)
    for pattern, kind in _BY_NUMBER:
        if (found := pattern.match(path)) is not None:
            return subject_at(kind, found[1], member)
    head, _, rest = path.strip("/").partition("/")
    name = rest.split("/")[0]
    if head == "u" and (key := handle_key(name)):
        hers = Member.objects.filter(handle_key=key).first()
        return subject_at("member", str(hers.pk), member) if hers else None
    rows = {"n": Network, "o": Organisation}.get(head)
    if rows is None or not name:
        return None
    one = rows.objects.filter(slug=name).first()  # type: ignore[attr-defined]
    kind = "network" if head == "n" else "organisation"
    return subject_at(kind, str(one.pk), member) if one else None
