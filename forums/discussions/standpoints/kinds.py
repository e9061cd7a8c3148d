"""What standpoints register elsewhere: what is known with a topic she opens; what is held here of a person, and what becomes
of it when she leaves (`forums.base.personal`)."""

from django.utils.translation import gettext_lazy

from forums.base.personal import Area, Leaves, holds
from forums.discussions.standpoints.choosing import SAID_IN_TOPIC
from forums.discussions.standpoints.models import Standpoint
from forums.discussions.topics.registry import known_with_topic

known_with_topic("said", SAID_IN_TOPIC)

holds(
    Standpoint,
    "member",
    what=gettext_lazy("From where you spoke last in a topic"),
    area=Area.WRITTEN,
    leaves=Leaves.DELETED,
)
