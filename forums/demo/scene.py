"""Who and what there is so far while the demo's script is played; names of the script lead to it."""

import re
from dataclasses import dataclass, field

from accounts.models import Member
from forums.activities.models import Activity
from forums.demo.script import ScriptError, Step
from forums.discussions.boards.models import Board
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.pictures.models import Attachment

_ADDRESS = re.compile(r"(?<=\()(picture|topic|post):([\w.-]+)")


@dataclass
class Scene:
    """`boards` by their slug, those of networks by `canal/เรื่องออม`; `posts` by topic and name."""

    members: dict[str, Member]
    pictures: dict[str, Attachment]
    boards: dict[str, Board]
    networks: dict[str, Network] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    posts: dict[tuple[str, str], Post] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)

    def network(self, name: str) -> Network:
        """The network as it is now."""
        return Network.objects.get(pk=self.networks[name].pk)

    def network_id(self, name: str) -> int | None:
        return self.networks[name].pk if name else None

    def post_now(self, step: Step) -> Post:
        """The post the step is about, as it is now."""
        found = self.posts[step.topic, step.post]
        return Post.objects.select_related("topic__board").get(pk=found.pk)

    def text(self, step: Step) -> str:
        """The step's text with the addresses of what it names."""

        def address(match: re.Match[str]) -> str:
            kind, name = match.groups()
            try:
                if kind == "picture":
                    return self.pictures[name].address
                if kind == "topic":
                    return self.topics[name].get_absolute_url()
                return self.posts[step.topic, name].get_absolute_url()
            except KeyError as error:
                raise ScriptError(f"{step.topic}: no {kind} {name} at that time") from error

        return _ADDRESS.sub(address, step.text)


def pictures_in(step: Step) -> set[str]:
    """The names of the pictures a step shows."""
    return {name for kind, name in _ADDRESS.findall(step.text) if kind == "picture"}
