"""Topics a digest tells of: what is new where a member follows, and one from elsewhere. Reads only."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.known import blocked_by
from accounts.models import Member
from forums.base.constant_sql import select
from forums.base.mail_bodies import MailItem, MailSection
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.groups.memberships.models import roles_of
from forums.notifications.registry import whole_address
from forums.reading.digest.registry import Span
from forums.reading.following.levels import standings
from forums.reading.following.models import Level
from forums.reading.marks.lists import followed
from forums.reading.marks.models import ReadMark
from forums.reading.marks.news import OF_ROWS, worded
from forums.reading.marks.outlook import Outlook

MOST = 5  # topics that are shown
_NEAR = 5  # lively topics from elsewhere, of which the first that she did not mute is taken


def new_where_she_follows(member: Member, span: Span) -> MailSection | None:
    """Topics with what she has not read, who wrote last first: three queries."""
    seen = Outlook(0, span.since, span.since, None, True)
    found = followed(member, seen)
    if not found:
        return None
    ids = [row.id for row in found[:MOST]]
    said = {
        pk: worded(*texts)
        for _name, pk, *texts, _uuid in select(OF_ROWS, topics=ids, **seen.values(member))
    }
    topics = Topic.objects.for_list(member).select_related("board").only("title", "board__name")
    rows = topics.in_bulk(ids)
    items = [
        MailItem(
            rows[pk].title,
            whole_address(said[pk].url or f"/t/{pk}/"),
            f"{said[pk].label} · {rows[pk].board.name}",
        )
        for pk in ids
        if pk in rows and pk in said
    ]
    if not items:
        return None
    left = len(found) - MOST
    more = _("and %(count)d more topics") % {"count": left} if left > 0 else ""
    return MailSection(_("New where you follow"), items, more)


def one_from_elsewhere(member: Member, span: Span) -> MailSection | None:
    """The liveliest topic of a network she is not in, that she never opened: two queries, none if she wants no such."""
    if not member.see_others:
        return None
    mine = list(roles_of(member))
    taking_part = TopicNetwork.objects.filter(
        topic=OuterRef("pk"), network__in=mine, state=State.JOINED
    )
    hers = Q(network__in=mine) | Q(board__network__in=mine) | Q(Exists(taking_part))
    opened = ReadMark.objects.filter(member=member, topic=OuterRef("pk"))
    lively = (
        Topic.objects.for_list(member)
        .filter(Q(network__isnull=False) | Q(board__network__isnull=False))
        .filter(~Exists(opened), last_post_at__gt=span.since)
        .exclude(author__in=[member.pk, *blocked_by(member)])
        .select_related("network", "board__network")
        .order_by("-hot", "-id")
    )
    found = list((lively.exclude(hers) if mine else lively)[:_NEAR])
    levels = standings(member, [topic.pk for topic in found])
    for topic in found:
        if levels[topic.pk].level == Level.NORMAL:
            network = topic.board.network or topic.network
            item = MailItem(topic.title, whole_address(f"/t/{topic.pk}/"), f"“{network}”")
            return MailSection(_("From elsewhere: a network you are not in"), [item])
    return None
