"""Merging one network into another: everything it holds follows, and its address leads there.

What stays behind, with the row of the network that is no more, is its own past: its history and the
decisions about it (both only ever grow), what its page said (contacts, duties), and its name.
"""

from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.activities.models import ActivityHost
from forums.base.constant_sql import take_time
from forums.base.errors import BadText
from forums.discussions.boards.levels import settle_levels
from forums.discussions.boards.models import NAME_LENGTH, Board
from forums.discussions.polls.maintenance import let_polls_follow
from forums.discussions.polls.models import PollNetwork
from forums.discussions.posts.models import Post
from forums.discussions.standpoints.counters import first_of, recount_many
from forums.discussions.topics.models import VOICES, State, Topic, TopicNetwork
from forums.discussions.voices.maintenance import repair_ties_of
from forums.groups.invitations.models import Invitation
from forums.groups.memberships.models import JoinRequest, Membership, Role
from forums.groups.memberships.permissions import coordinator_ids
from forums.groups.networks.locks import lock_networks
from forums.groups.networks.models import EventKind, Network, TaggedNetwork, Tie
from forums.groups.networks.recording import record_event
from forums.groups.networks.search_words import store_search_words
from forums.groups.organisations.models import NetworkOrganisation
from forums.groups.rosters.models import Roster
from forums.ledger.models import LineImport
from forums.moderation.actions import asked
from forums.moderation.grounds import refuse_undoing
from forums.moderation.merging.network_links import merge_links, merge_ties
from forums.moderation.merging.said import merge_views, number_views
from forums.moderation.merging.tables import MOVES, TABLES
from forums.moderation.models import Act, Decision
from forums.moderation.moved.models import Merge
from forums.moderation.moved.rows import note, put_back, remember
from forums.moderation.networks.actions import close_staff_requests, decide
from forums.notifications.telling import tell
from forums.reading.following.models import Follow
from forums.text.thai import sort_key

_ROLES = [Role.MEMBER, Role.SPOKESPERSON, Role.MODERATOR, Role.COORDINATOR]
# Of two states of one network in one topic, the later here is kept.
_STATES = [State.PRESENT, State.DECLINED, State.LEFT, State.ASKED, State.INVITED, State.JOINED]


@transaction.atomic
def merge(*, moderator: Member, network: Network, into: Network, reason: str) -> Decision | None:
    """Merge `network` into `into`, which takes its members, boards, topics and all else, and goes on.

    The merged one is archived; its addresses redirect. Its members become members of the other, each
    with the higher of her roles, and so may read its boards. Returns None where that is done already.
    Raises BadText (into itself, into one that is no more, out of a hidden one) or NotAllowed.
    """
    reason = asked(moderator, reason)
    take_time()
    if network.pk == into.pk:
        raise BadText(_("A network cannot be merged into itself. Please choose another."))
    rows = lock_networks(network.pk, into.pk)
    source, target = rows[network.pk], rows[into.pk]
    if source.merged_into_id == target.pk:
        return None
    if source.merged_into_id is not None:
        raise BadText(_("This network was merged into another one, which goes on in its place."))
    if not target.is_open:
        raise BadText(_("The other network is archived or hidden. Open it again first."))
    if source.hidden_at is not None:
        raise BadText(_("This network is hidden. Show it again first, so that nothing slips out."))

    told = coordinator_ids(source.pk)
    now = timezone.now()
    _lock_boards(source, target)  # first, then the topics, then the posts, as every writer does
    topics = _lock_topics(source, target)
    _lock_posts(source)
    decision = decide(
        Act.MERGE,
        moderator=moderator,
        reason=reason,
        network=source,
        tell=[*told, *coordinator_ids(target.pk)],
        into=target.pk,
    )
    moved = Merge.objects.create(decision=decision)
    remember(moved, TABLES, source=source.pk, target=target.pk)
    boards = _merge_boards(source, target)
    members = _merge_members(source, target, moderator)
    _close_doors(source, target, moderator)
    _merge_voices(source, target, topics)
    _move(source, target)
    _set_voices(topics)
    merge_views(source, target)
    _merge_organisations(source, target)
    _merge_rows(ActivityHost, "activity_id", source, target)
    _merge_rows(TaggedNetwork, "tag_id", source, target)
    let_polls_follow()
    _merge_rows(PollNetwork, "poll_id", source, target)
    _merge_rows(
        Follow, "member_id", source, target
    )  # who follows both keeps the level of the one that stays
    store_search_words([source.pk, target.pk])
    merge_links(source, target)
    merge_ties(source.pk, target.pk)
    Network.objects.filter(pk=source.pk).update(
        merged_into=target,
        archived_at=source.archived_at or now,
        featured_at=None,
        member_count=0,
        organisation_count=0,
    )
    Network.objects.filter(pk=target.pk).update(
        last_active_at=max(source.last_active_at, target.last_active_at)
    )
    about = {"members": members, "boards": boards}
    record_event(target.pk, EventKind.MERGED, actor=moderator, other=source, details=about)
    record_event(
        source.pk, EventKind.ARCHIVED, actor=moderator, other=target, details={"merged": target.pk}
    )
    note(moved, TABLES)
    return decision


@transaction.atomic
def unmerge(*, moderator: Member, network: Network, reason: str) -> Decision | None:
    """Make two networks again of one merged within the last week: what still is as the merge put it goes back.

    What was written, joined or changed since stays where it is now; requests that were answered stay
    answered. Returns None where it is not merged. Raises BadText (too late, the other network is hidden
    or was merged on, or one of the two would have nobody to coordinate it) or NotAllowed.
    """
    reason = asked(moderator, reason)
    take_time()
    into_id = Network.objects.values_list("merged_into", flat=True).get(pk=network.pk)
    if into_id is None:
        return None
    rows = lock_networks(network.pk, into_id)
    source, target = rows[network.pk], rows[into_id]
    undoable = Merge.objects.undoable().select_for_update(of=("self",))
    moved = undoable.filter(decision__network=source, decision__details__into=target.pk).first()
    if source.merged_into_id != target.pk or moved is None:
        raise BadText(_("A merge can be undone for a week. This one is older."))
    if not target.is_open:
        raise BadText(_("The other network is archived or hidden. Open it again first."))
    refuse_undoing(Act.UNMERGE, moderator, source)
    told = coordinator_ids(target.pk)
    _lock_boards(source, target)
    topics = _lock_topics(target, source)
    _lock_posts(target)
    let_polls_follow()
    put_back(moved, TABLES)
    _refuse_unless_coordinated(source, target)
    number_views(target, topics)
    recount_many(topics)
    _set_voices(topics)
    for each in (source, target):
        settle_levels(Network.objects.get(pk=each.pk))
        _count(each)
    store_search_words([source.pk, target.pk])
    about = {"merged": target.pk}
    record_event(source.pk, EventKind.UNMERGED, actor=moderator, other=target, details=about)
    record_event(target.pk, EventKind.UNMERGED, actor=moderator, other=source)
    # To whom nothing was written yet, nothing need be.
    moved.undone_at = timezone.now()
    moved.told_at = None if moved.told_after else moved.undone_at
    moved.told_after = 0
    moved.save()
    decision = decide(
        Act.UNMERGE,
        moderator=moderator,
        reason=reason,
        network=source,
        tell=told,
        into=target.pk,
    )
    repair_ties_of(_neighbours(source, target))  # ties are locked last
    return decision


def _refuse_unless_coordinated(*networks: Network) -> None:
    """Who coordinated one of them may have left or stepped back since."""
    there = Network.objects.filter(pk__in=[network.pk for network in networks], archived_at=None)
    if there.exclude(memberships__role=Role.COORDINATOR).exists():
        raise BadText(
            _(
                "It cannot be undone: whoever coordinated one of the two is no longer there, and it would have nobody."
            )
        )


def _count(network: Network) -> None:
    """Its members and organisations, counted anew."""
    Network.objects.filter(pk=network.pk).update(
        member_count=Membership.objects.filter(network=network).count(),
        organisation_count=NetworkOrganisation.objects.counted().filter(network=network).count(),
    )


def _neighbours(*networks: Network) -> list[int]:
    """These, and every network that has something to do with one of them."""
    ties = Tie.objects.filter(source__in=networks).values_list("target", flat=True)
    return sorted({*ties, *(network.pk for network in networks)})


def _move(source: Network, target: Network) -> None:
    for (
        model
    ) in apps.get_models():  # what is called related_name="+" stands in no list of relations
        for field in model._meta.fields:
            if f"{model._meta.model_name}.{field.name}" in MOVES:
                rows = model._default_manager.filter(**{field.name: source.pk})
                rows.update(**{field.name: target.pk})


# -- people --------------------------------------------------------------------------------------


def _merge_members(source: Network, target: Network, moderator: Member) -> int:
    """Everybody is in the other network, with the higher of two roles; returns how many came anew."""
    there = {row.member_id: row for row in Membership.objects.filter(network=target)}
    for row in Membership.objects.filter(network=source).order_by("member_id"):
        other = there.get(row.member_id)
        if other is None:
            continue
        role = max(row.role, other.role, key=lambda role: _ROLES.index(Role(role)))
        Membership.objects.filter(pk=other.pk).update(
            role=role, joined_at=min(row.joined_at, other.joined_at)
        )
        if role != other.role:
            details = {"from": other.role, "to": role}
            record_event(
                target.pk,
                EventKind.ROLE,
                actor=moderator,
                member=row.member,
                details=details,
            )
        row.delete()
    came = Membership.objects.filter(network=source).update(network=target)
    count = Membership.objects.filter(network=target).count()
    Network.objects.filter(pk=target.pk).update(member_count=count)
    return came


def _close_doors(source: Network, target: Network, moderator: Member) -> None:
    """Its invitations lead nowhere now; who asked to join, or asked the moderators, is told."""
    now = timezone.now()
    Invitation.objects.filter(network=source, revoked_at=None).update(
        revoked_at=now, revoked_by=moderator
    )
    LineImport.objects.filter(network=source).delete()  # a file that waited to be confirmed
    Roster.objects.filter(
        network=source
    ).delete()  # of people to invite; what went out leads nowhere
    closed = _("This network was merged into “%(network)s”.") % {"network": target.name}
    waiting = JoinRequest.objects.filter(network=source, decided_at=None)
    askers = list(waiting.order_by("pk").values_list("pk", "member_id"))
    waiting.update(decided_at=now, decided_by=moderator, accepted=False, answer=closed[:300])
    for pk, member_id in askers:
        tell(
            "join_request_merged",
            key=f"join-request-{pk}-merged",
            members=[member_id],
            data={"request": pk, "network": target.pk, "join_request": pk},
        )
    close_staff_requests(source, moderator, closed[:300])


# -- boards and topics ---------------------------------------------------------------------------


def _lock_boards(source: Network, target: Network) -> None:
    rows = Board.objects.select_for_update().filter(network__in=[source, target]).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _merge_boards(source: Network, target: Network) -> int:
    """The boards move; one whose name the other network has already gets the old network's behind it."""
    found = list(Board.objects.filter(network__in=[source, target]).order_by("pk"))
    taken = {board.name for board in found if board.network_id == target.pk}
    moving = [board for board in found if board.network_id == source.pk]
    for board in moving:
        name = free_name(board.name, source.name, taken)
        taken.add(name)
        Board.objects.filter(pk=board.pk).update(network=target, name=name, sort_key=sort_key(name))
    settle_levels(target)
    return len(moving)


def free_name(name: str, network: str, taken: set[str]) -> str:
    """`name`, or where it is taken the same with a suffix: the network's name, then a number."""
    free, number = name, 1
    while free in taken:
        suffix = f" ({network})" if number == 1 else f" ({network} {number})"
        suffix = (
            suffix if len(suffix) <= NAME_LENGTH // 2 else f" ({network[:30].strip()}… {number})"
        )
        free = name[: NAME_LENGTH - len(suffix)].rstrip() + suffix
        number += 1
    return free


def _lock_topics(source: Network, target: Network) -> list[int]:
    """The topics in which the old network speaks or takes part, or the new one does in a board of either."""
    spoken = TopicNetwork.objects.filter(network=source).values("topic")
    said = Topic.objects.filter(posts__network=source).values("pk")
    hosted = TopicNetwork.objects.filter(network=target, topic__board__network__in=[source, target])
    wanted = Q(pk__in=spoken) | Q(pk__in=said) | Q(pk__in=hosted.values("topic"))
    ids = sorted(set(Topic.objects.filter(wanted).values_list("pk", flat=True)))
    locked = Topic.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return list(locked.values_list("pk", flat=True))


def _lock_posts(source: Network) -> None:
    """In the order of their ids, as `reindex` locks them too; their topics are locked."""
    said = Post.objects.select_for_update().filter(network=source).order_by("pk")
    list(said.values_list("pk", flat=True))


def _merge_voices(source: Network, target: Network, topics: list[int]) -> None:
    """One row a topic: the posts of both counted, the stronger state; a host is no guest in its own board."""
    there = {
        row.topic_id: row for row in TopicNetwork.objects.filter(network=target, topic__in=topics)
    }
    for row in TopicNetwork.objects.filter(network=source).order_by("topic_id"):
        other = there.get(row.topic_id)
        if other is None:
            continue
        first, second = sorted((row, other), key=lambda each: _STATES.index(State(each.state)))
        spoke = [each.first_at for each in (row, other) if each.post_count]
        TopicNetwork.objects.filter(pk=other.pk).update(
            state=second.state,
            asked_by=second.asked_by_id,
            asked_at=second.asked_at,
            decided_by=second.decided_by_id,
            decided_at=second.decided_at,
            first_at=min(spoke, default=first.first_at),
            post_count=row.post_count + other.post_count,
            most_useful=first_of(Post.objects.filter(pk__in=row.most_useful + other.most_useful)),
        )
        row.delete()
    TopicNetwork.objects.filter(network=source).update(network=target)
    TopicNetwork.objects.filter(network=target, topic__board__network=target).update(
        state=State.PRESENT
    )


_VOICES = """
    UPDATE forums_topic t SET voices = coalesce((
        SELECT array_agg(first_six.network_id ORDER BY first_six.first_at, first_six.id) FROM (
            SELECT network_id, first_at, id FROM forums_topicnetwork
            WHERE topic_id = t.id AND post_count > 0 ORDER BY first_at, id LIMIT %s
        ) first_six
    ), '{}') WHERE t.id = ANY(%s)
"""


def _set_voices(topics: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_VOICES, [VOICES, topics])


# -- what else belongs to a network ----------------------------------------------------------------


def _merge_organisations(source: Network, target: Network) -> None:
    """An organisation in both is once in the new one, and a member where it was one of either."""
    there = {row.organisation_id: row for row in NetworkOrganisation.objects.filter(network=target)}
    for row in NetworkOrganisation.objects.filter(network=source):
        other = there.get(row.organisation_id)
        if other is None:
            continue
        weaker = row if other.is_confirmed or not row.is_confirmed else other
        weaker.delete()
    NetworkOrganisation.objects.filter(network=source).update(network=target)
    both = NetworkOrganisation.objects.counted().filter(network=target)
    Network.objects.filter(pk=target.pk).update(organisation_count=both.count())


def _merge_rows(model: Any, column: str, source: Network, target: Network) -> None:
    """Rows of which the new network may have one a `column`: its own stays, the others move."""
    there = model.objects.filter(network=target).values(column)
    model.objects.filter(network=source, **{f"{column}__in": there}).delete()
    model.objects.filter(network=source).update(network=target)
