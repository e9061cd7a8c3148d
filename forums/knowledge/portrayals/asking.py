"""Who is asked to read what others say their network thinks: those who know the topic, else those longest in it."""

from accounts.models import TrustLevel
from forums.discussions.posts.models import Post
from forums.groups.memberships.models import SPEAKS, Membership
from forums.knowledge.portrayals.models import Portrayal
from forums.knowledge.voting.permissions import MEMBER_FOR

MOST_ASKED = 20
FEWEST_ASKED = 10  # twice as many as decide
_LATELY = 60  # posts of the network in the topic


def readers_to_ask(portrayal: Portrayal) -> list[int]:
    """Up to twenty who may judge it: who spoke from the network here lately, and who speaks for it; of others so many that
    ten are asked. Its `against` is loaded."""
    posts = Post.objects.shown().filter(topic=portrayal.topic_id, network=portrayal.target_id)
    spoke = dict.fromkeys(posts.order_by("-pk").values_list("author_id", flat=True)[:_LATELY])
    there = Membership.objects.filter(
        network=portrayal.target_id,
        joined_at__lte=portrayal.created_at - MEMBER_FOR,
        member__trust_level__gte=TrustLevel.KNOWN,
        member__is_active=True,
    ).exclude(member__in=[portrayal.author_id, portrayal.against.author_id])
    duties = there.filter(role__in=SPEAKS).order_by("pk")[:MOST_ASKED]
    speakers = list(duties.values_list("member_id", flat=True))
    active = set(there.filter(member__in=spoke).values_list("member_id", flat=True))
    asked = dict.fromkeys([*(pk for pk in spoke if pk in active), *speakers])
    if len(asked) < FEWEST_ASKED:
        others = there.exclude(member__in=asked).order_by("joined_at", "pk")
        missing = FEWEST_ASKED - len(asked)
        asked.update(dict.fromkeys(others.values_list("member_id", flat=True)[:missing]))
    return list(asked)[:MOST_ASKED]
