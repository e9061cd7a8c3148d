"""What members are told of an announcement: here and by email, each as she wishes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.personal import acted
from forums.discussions.announcements.actions import KIND
from forums.discussions.announcements.models import Announcement
from forums.discussions.posts.kinds import bead_of, first_words
from forums.discussions.posts.models import Post
from forums.groups.memberships.audience import next_members
from forums.groups.memberships.models import Membership
from forums.notifications.models import Email, Notification, Telling
from forums.notifications.registry import (
    EmailText,
    Group,
    Sentence,
    Share,
    audience,
    email_kind,
    notification,
    switch,
    whole_address,
)
from forums.notifications.seen import Seen
from forums.text.glance import glance

ANNOUNCEMENTS = switch(
    "announcements",
    Group.NETWORKS,
    gettext_lazy("Announcements of your networks"),
    gettext_lazy("twice a week at most; muting a network silences its own"),
)
BEGINNING = 600  # characters of it in an email


@audience(KIND)
def members_of_the_network(telling: Telling) -> tuple[Sequence[Share], int | None]:
    """The next members, unless it was taken back, or who announced it is suspended."""
    network = _standing(telling.data).values_list("network_id", flat=True).first()
    return ([], None) if network is None else next_members(telling, network)


def _standing(data: Mapping[str, Any]) -> QuerySet[Announcement]:
    found = Announcement.objects.filter(pk=data["announcement"], taken_back_at=None)
    return found.filter(announced_by__is_active=True)


@notification(KIND, ANNOUNCEMENTS, again=False, mailed=True)
def announced_line(note: Notification, seen: Seen) -> Sentence | None:
    """As long as she may read it."""
    post = seen.one(note, "post")
    network = None if post is None else bead_of(post)
    if network is None:
        return None
    said = {"network": network.name, "title": post.topic.title}
    text = _("“%(network)s” announces: %(title)s") % said
    return Sentence(text, post.topic.get_absolute_url(), first_words(post), network)


@email_kind(KIND, passing=True)
def announced(email: Email) -> EmailText | None:
    """To who is a member still and may read it; not where she has read its line meanwhile."""
    found = Post.objects.for_list(email.member).filter(pk=email.data["post"])
    post = found.select_related("network", "topic").first()
    network = None if post is None else bead_of(post)
    if post is None or network is None:
        return None
    hers = Membership.objects.filter(network=network, member=email.member_id)
    key = f"watched-{post.topic_id}"
    read = Notification.objects.filter(member=email.member_id, key=key, read_at__isnull=False)
    if not hers.exists() or read.exists() or not _standing(email.data).exists():
        return None
    said = {
        "network": network.name,
        "title": post.topic.title,
        "link": whole_address(post.topic.short_url),
        "settings": whole_address("/settings/notifications/"),
        "follow": whole_address(f"/follow/network/{network.pk}/"),
    }
    return EmailText(
        _("“%(network)s” announces: %(title)s") % said,
        f"{post.topic.title}\n\n{glance(post.body_html, BEGINNING)}\n\n"
        + _("Read all of it, and answer:\n%(link)s") % said,
        _(
            "You get this letter because you are a member of “%(network)s”.\n"
            "No letters of announcements any more: %(settings)s\n"
            "Nothing of this network any more: %(follow)s"
        )
        % said,
    )


# -- What is held of a person ----------------------------------------------------------------------

acted(Announcement, "announced_by")
