"""The picture a link to a topic shows elsewhere."""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import translation

from forums.discussions.topics.models import State, Topic, TopicKind, TopicNetwork
from forums.groups.networks.models import NETWORK_SHOWN, Network
from forums.groups.networks.references import NetworkRef
from forums.sharing.sketches import LONGEST_STRAND, Sketch, bead_of, strand_of


def sketch(
    topic: Topic,
    *,
    author: str,
    network: NetworkRef | Network | None,
    voices: Iterable[NetworkRef | Network],
) -> Sketch:
    """What it shows: kind and board, title, who began it from where, which networks met. No query."""
    return Sketch(
        above=f"{_kind(topic.kind)} · {topic.board.name}",
        title=topic.title,
        name=author,
        network=network.name if network else "",
        bead=bead_of(network),
        strand=strand_of(voices),
    )


def picture_of_any_page(topic: Topic) -> str:
    """Where its picture is, said without knowing what is on it: it leads to the address that does."""
    return f"/pictures/shared/topics/{topic.pk}.png"


def sketch_of(pk: int) -> Sketch | None:
    """The same of a topic a visitor may read, by its id; None for any other. Two queries."""
    found = Topic.objects.for_list(AnonymousUser()).filter(pk=pk)
    topic = found.select_related("board", "author", "network").first()
    if topic is None:
        return None
    speaks = topic.network if topic.network and topic.network.hidden_at is None else None
    # As `beside.around` names them, the first that came.
    taking_part = TopicNetwork.objects.filter(
        Q(post_count__gt=0) | Q(state=State.JOINED), NETWORK_SHOWN.q(path="network__"), topic=topic
    )
    first = taking_part.select_related("network").order_by("first_at", "pk")[:LONGEST_STRAND]
    voices = [each.network for each in first]
    return sketch(topic, author=topic.author.display_name, network=speaks, voices=voices)


@cache
def _kind(kind: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return str(TopicKind(kind).label)
