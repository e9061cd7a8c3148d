"""Every write to networks in topics: invite, ask, answer, take off, return, set a view.

Each locks the network, then the topic. Each raises NotAllowed for who may not, or for a topic that is
not open to everyone.
"""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import NotAllowed, Stale
from forums.base.limits import fitting, read_length
from forums.base.published import published
from forums.base.rate_limits import hold_pace
from forums.discussions.posts.revisions import refuse_more
from forums.discussions.topics.locks import lock_topic
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.discussions.voices.models import VIEW_LENGTH, View
from forums.discussions.voices.permissions import (
    can_answer_for,
    can_invite,
    can_set_view,
    is_shared,
)
from forums.groups.memberships.models import SPEAKS, Membership, Role, forget_roles
from forums.groups.memberships.permissions import coordinator_ids, require_role
from forums.groups.networks.locks import lock_open
from forums.groups.networks.models import EventKind, Network
from forums.groups.networks.recording import record_event
from forums.notifications.telling import tell
from forums.text.thai import clean_text

if TYPE_CHECKING:
    from accounts.models import Member

MOST = 40  # networks asked into one topic


def _shared(topic: Topic, network: Network) -> tuple[Network, Topic]:
    network = lock_open(network.pk)
    topic = lock_topic(topic.pk)
    if not is_shared(topic):
        raise NotAllowed(
            _("This topic cannot be read by everyone, so no other network can be brought into it.")
        )
    if topic.board.network_id == network.pk:
        raise NotAllowed(_("The topic stands in this network's own board already."))
    return network, topic


def _row(topic: Topic, network: Network) -> TopicNetwork:
    """The network's row in the topic, made if there is none. Raises NotAllowed when there are too many."""
    row = TopicNetwork.objects.filter(topic=topic, network=network).first()
    if row is None:
        if TopicNetwork.objects.filter(topic=topic).exclude(state=State.PRESENT).count() >= MOST:
            raise NotAllowed(
                _("Up to %(limit)d networks can be asked into one topic.") % {"limit": MOST}
            )
        row = TopicNetwork.objects.create(
            topic=topic, network=network, state=State.PRESENT, first_at=timezone.now()
        )
    return row


def _set(row: TopicNetwork, state: State, member: "Member", *, asking: bool) -> TopicNetwork:
    now = timezone.now()
    row.state = state
    if asking:
        row.asked_by, row.asked_at, row.decided_by, row.decided_at = member, now, None, None
    else:
        row.decided_by, row.decided_at = member, now
    row.save(update_fields=["state", "asked_by", "asked_at", "decided_by", "decided_at"])
    return row


def _tell_who_asked(row: TopicNetwork, member: "Member", *, yes: bool) -> None:
    """The answer, to who invited or asked; of a row that still waits for one, or of none."""
    if row.state in (State.INVITED, State.ASKED) and row.asked_by_id is not None:
        tell(
            "topic-answered",
            key=f"topic-answered-{row.topic_id}-{row.network_id}",
            members=[row.asked_by_id],
            actor=member,
            data={"topic": row.topic_id, "network": row.network_id, "yes": yes},
            daily=True,
        )


def _joined(topic: Topic, network: Network, member: "Member") -> None:
    record_event(network.pk, EventKind.TOPIC_JOINED, actor=member, topic=topic)
    if (host := topic.board.network_id) is not None:
        record_event(host, EventKind.TOPIC_JOINED, actor=member, topic=topic, other=network)


@transaction.atomic
def invite_network(*, member: "Member", topic: Topic, network: Network) -> TopicNetwork:
    """Invite `network` to `topic`; one of its coordinators accepts. Her own network joins at once.

    Inviting one that asked already says yes to it.
    """
    forget_roles(member)
    network, topic = _shared(topic, network)
    if not can_invite(member, topic):
        raise NotAllowed(_("Only who answers for this topic invites networks to it."))
    row = _row(topic, network)
    if row.state == State.JOINED:
        return row
    own = Membership.objects.filter(network=network, member=member, role=Role.COORDINATOR).exists()
    if own or row.state == State.ASKED:
        _tell_who_asked(row, member, yes=True)
        _set(row, State.JOINED, member, asking=False)
        _joined(topic, network, member)
        return row
    if row.state == State.INVITED:
        return row
    _set(row, State.INVITED, member, asking=True)
    tell(
        "topic-invites",
        key=f"topic-invites-{topic.pk}-{network.pk}",
        members=coordinator_ids(network.pk),
        actor=member,
        data={"topic": topic.pk, "network": network.pk},
        daily=True,
    )
    return row


@transaction.atomic
def ask_to_join(*, member: "Member", topic: Topic, network: Network) -> TopicNetwork:
    """Her network asks to take part; who answers for the topic accepts. Invited already, it joins."""
    forget_roles(member)
    network, topic = _shared(topic, network)
    duty = require_role(member, network, SPEAKS)
    row = _row(topic, network)
    if row.state in (State.JOINED, State.ASKED):
        return row
    if can_answer_for(member, topic) or (
        row.state in (State.INVITED, State.LEFT) and duty.role == Role.COORDINATOR
    ):
        _tell_who_asked(row, member, yes=True)
        _set(row, State.JOINED, member, asking=False)
        _joined(topic, network, member)
        return row
    _set(row, State.ASKED, member, asking=True)
    asked = [topic.author_id]
    if (host := topic.board.network_id) is not None:
        asked = list({*asked, *coordinator_ids(host)})
    tell(
        "topic-asked",
        key=f"topic-asked-{topic.pk}-{network.pk}",
        members=asked,
        actor=member,
        data={"topic": topic.pk, "network": network.pk},
        daily=True,
    )
    return row


@transaction.atomic
def answer_invitation(
    *, member: "Member", topic: Topic, network: Network, accept: bool
) -> TopicNetwork:
    """A coordinator of the invited network says yes or no; or, to one that asked, who answers for the topic.

    What was answered meanwhile stays as it is, and is returned.
    """
    forget_roles(member)
    network, topic = _shared(topic, network)
    row = TopicNetwork.objects.filter(topic=topic, network=network).first()
    if row is None:
        raise NotAllowed(_("This network was not asked into this topic."))
    if row.state == State.INVITED:
        require_role(member, network)
    elif row.state == State.ASKED:
        if not can_answer_for(member, topic):
            raise NotAllowed(_("Only who answers for this topic can let networks in."))
    else:
        return row
    _tell_who_asked(row, member, yes=accept)
    _set(row, State.JOINED if accept else State.DECLINED, member, asking=False)
    if accept:
        _joined(topic, network, member)
    return row


@transaction.atomic
def take_off(*, member: "Member", topic: Topic, network: Network) -> TopicNetwork:
    """The network takes the topic off its own page. What was said in it stays where it was said."""
    forget_roles(member)
    network = lock_open(network.pk)
    topic = lock_topic(topic.pk)
    require_role(member, network)
    row = TopicNetwork.objects.filter(topic=topic, network=network).first()
    if row is None or row.state not in (State.JOINED, State.LEFT):
        raise NotAllowed(_("This topic does not stand on the network's page."))
    if row.state == State.JOINED:
        _set(row, State.LEFT, member, asking=False)
        record_event(network.pk, EventKind.TOPIC_LEFT, actor=member, topic=topic)
    return row


def clean_view(body: str) -> str:
    """A view as it is stored; '' takes it back. Raises BadText for one of more than 500 characters."""
    return fitting(clean_text(body).strip(), VIEW_LENGTH, count=read_length)


@transaction.atomic
def set_view(
    *,
    member: "Member",
    topic: Topic,
    network: Network,
    body: str,
    seen: int | None = None,
) -> View | None:
    """Put a new version of the network's view beside the topic, signed by `member`; '' takes it back.

    `seen` is the number of the version she started from (0: there was none). Returns None when there is
    nothing to take back. Raises BadText, TooFast, or Stale when another version was written meanwhile.
    """
    hold_pace(member, "edits")
    body = clean_view(body)
    forget_roles(member)
    network = lock_open(network.pk)
    topic = lock_topic(topic.pk)
    require_role(member, network, SPEAKS)
    if not can_set_view(member, topic, network.pk):
        raise NotAllowed(_("The network does not take part in this topic."))
    looked = published(member, body, topic=topic)
    (body,) = looked.texts
    newest = View.objects.filter(topic=topic, network=network).order_by("-number").first()
    number = newest.number if newest else 0
    if seen is not None and seen != number:
        raise Stale
    if body == (newest.body if newest and not newest.closed_at else ""):
        return newest
    refuse_more(number)
    _row(topic, network)  # so that its place among the others is kept
    view = View.objects.create(
        topic=topic,
        network=network,
        number=number + 1,
        body=body,
        author=member,
        created_at=timezone.now(),
    )
    record_event(
        network.pk, EventKind.VIEW, actor=member, topic=topic, details={"number": view.number}
    )
    Network.objects.filter(pk=network.pk).update(last_active_at=timezone.now())
    looked.of("topic", topic)
    return view
