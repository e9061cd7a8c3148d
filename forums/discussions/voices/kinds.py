"""What is told about networks in topics."""

from django.utils.translation import gettext as _

from forums.base.personal import acted
from forums.discussions.topics.models import TOPIC_LISTED, State, Topic, TopicNetwork
from forums.discussions.voices.models import View
from forums.discussions.voices.permissions import can_answer_for
from forums.groups.memberships.models import has_waiting, role_in
from forums.groups.memberships.registry import waits
from forums.groups.networks.kinds import ANSWERED, ASKED
from forums.groups.networks.models import Network
from forums.notifications.models import Email, Notification
from forums.notifications.registry import (
    EmailText,
    Sentence,
    email_kind,
    notification,
    whole_address,
)
from forums.notifications.seen import Seen

# Topics that invite the network; networks that ask into a topic of its boards.
waits(
    f"FROM forums_topicnetwork r JOIN forums_topic t ON t.id = r.topic_id"
    f" WHERE r.network_id = m.network_id AND r.state = 'invited' AND {TOPIC_LISTED.sql}"
)
waits(
    f"FROM forums_topicnetwork r JOIN forums_topic t ON t.id = r.topic_id"
    f" JOIN forums_board b ON b.id = t.board_id"
    f" WHERE b.network_id = m.network_id AND r.state = 'asked' AND {TOPIC_LISTED.sql}"
)


def _of(email: Email) -> tuple[Topic, Network, str] | None:
    """The topic, the network and how it stands now; None where the reader may no longer see either."""
    topic = (
        Topic.objects.for_list(email.member)
        .select_related("board")
        .filter(pk=email.data["topic"])
        .first()
    )
    network = Network.objects.listed().filter(pk=email.data["network"]).first()
    if topic is None or network is None:
        return None
    row = TopicNetwork.objects.filter(topic=topic, network=network).first()
    return (topic, network, row.state) if row else None


@email_kind("topic-invites")
def invited(email: Email) -> EmailText | None:
    """To the coordinators of a network that was invited to a topic."""
    found = _of(email)
    if found is None or found[2] != State.INVITED or role_in(email.member, found[1].pk) == "":
        return None
    topic, network, _state = found
    return EmailText(
        subject=_("“%(network)s” is invited to a topic") % {"network": network.name},
        body=_(
            "“%(network)s” is invited to take part in the topic “%(topic)s”.\n\n"
            "Read it: %(topic_url)s\n"
            "Say yes or no: %(answer_url)s\n"
        )
        % {
            "network": network.name,
            "topic": topic.title,
            "topic_url": whole_address(f"/t/{topic.pk}/"),
            "answer_url": whole_address(f"{network.get_absolute_url()}topics/waiting/"),
        },
    )


@email_kind("topic-asked")
def asked(email: Email) -> EmailText | None:
    """To those who answer for a topic that another network asks into."""
    found = _of(email)
    if found is None or found[2] != State.ASKED or not can_answer_for(email.member, found[0]):
        return None
    topic, network, _state = found
    return EmailText(
        subject=_("“%(network)s” asks to take part in a topic") % {"network": network.name},
        body=_(
            "“%(network)s” asks to take part in the topic “%(topic)s”.\n\nSay yes or no: %(answer_url)s\n"
        )
        % {
            "network": network.name,
            "topic": topic.title,
            "answer_url": whole_address(f"/t/{topic.pk}/by/networks/"),
        },
    )


# -- On the page --------------------------------------------------------------------------------


@notification("topic-invites", ASKED)
def invited_line(note: Notification, seen: Seen) -> Sentence | None:
    topic, network = seen.one(note, "topic"), seen.one(note, "network")
    if topic is None or network is None or not has_waiting(seen.member, network.pk):
        return None
    said = {"network": network.name, "topic": topic.title}
    text = _("“%(network)s” is invited to take part in “%(topic)s”") % said
    return Sentence(text, f"{network.get_absolute_url()}topics/waiting/", bead=network)


@notification("topic-asked", ASKED)
def asked_line(note: Notification, seen: Seen) -> Sentence | None:
    topic, network = seen.one(note, "topic"), seen.one(note, "network")
    if topic is None or network is None or seen.member is None:
        return None
    if not can_answer_for(seen.member, topic):
        return None
    said = {"network": network.name, "topic": topic.title}
    text = _("“%(network)s” asks to take part in “%(topic)s”") % said
    return Sentence(text, f"/t/{topic.pk}/by/networks/", bead=network)


@notification("topic-answered", ANSWERED)
def answered_line(note: Notification, seen: Seen) -> Sentence | None:
    """To who invited a network, or asked for hers."""
    topic, network = seen.one(note, "topic"), seen.one(note, "network")
    if topic is None or network is None:
        return None
    said = {"network": network.name, "topic": topic.title}
    if note.data["yes"]:
        text = _("“%(network)s” takes part in “%(topic)s” now") % said
    else:
        text = _("“%(network)s” does not take part in “%(topic)s” for now") % said
    return Sentence(text, topic.get_absolute_url(), bead=network)


# -- What is held of a person ----------------------------------------------------------------------

acted(View, "author")
