"""The email that asks for a link."""

from django.utils.translation import gettext as _

from forums.groups.links.actions import LINK_ASKED
from forums.groups.links.models import LinkKind, NetworkLink
from forums.groups.memberships.permissions import coordinates_now
from forums.groups.memberships.registry import waits
from forums.groups.networks.models import NETWORK_SHOWN
from forums.notifications.models import Email
from forums.notifications.registry import EmailText, email_kind, whole_address

waits(
    f"FROM forums_networklink r JOIN forums_network n ON n.id = r.source_id"
    f" WHERE r.target_id = m.network_id AND r.confirmed_at IS NULL AND {NETWORK_SHOWN.sql}"
)


@email_kind(LINK_ASKED)
def link_asked(email: Email) -> EmailText | None:
    """That another network asks to be linked; none once that was answered or taken back."""
    link = (
        NetworkLink.objects.select_related("source", "target")
        .filter(pk=email.data["link"], confirmed_at=None)
        .first()
    )
    if link is None or not (link.source.is_open and link.target.is_open):
        return None
    if not coordinates_now(email.member_id, link.target_id):
        return None
    names = {"source": link.source.name, "target": link.target.name}
    if link.kind == LinkKind.PARENT:
        said = _("“%(source)s” says that it is part of “%(target)s”.") % names
    else:
        said = _("“%(source)s” says that it works with “%(target)s”.") % names
    ask = _("Is that so? You can confirm it, or decline:")
    address = whole_address(f"{link.target.get_absolute_url()}links/")
    return EmailText(
        subject=said,
        body=f"{said}\n\n{ask}\n{address}",
        why=_("You get this letter because you are a coordinator of the network."),
    )
