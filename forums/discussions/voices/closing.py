"""What closing, or opening again, one old version of a network's view asks of the database."""

from forums.discussions.posts.closing import refuse_shown
from forums.discussions.topics.locks import lock_topic
from forums.discussions.topics.models import Topic
from forums.discussions.voices.models import View
from forums.groups.networks.locks import lock_network


def lock_view(view: View) -> tuple[Topic, View]:
    """The topic and the view as it is now, its network and the topic locked; BadText for the version that is shown."""
    lock_network(view.network_id)
    topic = lock_topic(view.topic_id)
    view = View.objects.get(pk=view.pk)  # a merge has numbered it anew, or moved it
    later = View.objects.filter(topic=topic, network=view.network_id, number__gt=view.number)
    refuse_shown(not later.exists())
    return topic, view
