"""What a merge of networks would move."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from forums.activities.models import ActivityHost
from forums.discussions.boards.models import Board
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic, TopicNetwork
from forums.groups.memberships.models import Membership
from forums.groups.networks.models import Network
from forums.groups.organisations.models import NetworkOrganisation
from forums.ledger.models import Line
from forums.moderation.moved.preview import Preview, preview


def of_networks(networks: Sequence[Network], into: Network) -> Preview:
    """Each bounded count by the index that begins with the network."""
    return preview(
        into,
        [
            (
                network,
                [
                    (_("Members"), Membership.objects.filter(network=network)),
                    (_("Boards"), Board.objects.filter(network=network)),
                    (_("Topics in its boards"), Topic.objects.filter(board__network=network)),
                    (_("Topics it takes part in"), TopicNetwork.objects.filter(network=network)),
                    (_("Posts spoken from it"), Post.objects.filter(network=network)),
                    (_("Organisations"), NetworkOrganisation.objects.filter(network=network)),
                    (_("Activities"), ActivityHost.objects.filter(network=network)),
                    (_("Lines of the ledger"), Line.objects.filter(network=network)),
                ],
            )
            for network in networks
        ],
    )
