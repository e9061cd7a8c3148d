"""What following registers elsewhere: what is known with a member, and with a topic she opens; that she follows
what she writes in."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from accounts.models import Member
from accounts.registry import known_with_her
from forums.base.personal import Area, Leaves, Until, holds
from forums.discussions.posts.models import Post
from forums.discussions.posts.registry import on_post_written
from forums.discussions.topics.registry import known_with_topic
from forums.groups.memberships.registry import known_with_network
from forums.reading.following.actions import track
from forums.reading.following.levels import standing_sql
from forums.reading.following.models import Block, Follow, FollowDefaults, FollowUndo
from forums.text.render import Rendered

known_with_topic("standing", standing_sql())
known_with_network(
    "level",
    "(SELECT f.level FROM forums_follow f WHERE f.member_id = %(me)s AND f.network_id = n.id)",
)
known_with_her(
    "blocked", "ARRAY(SELECT x.person_id FROM forums_block x WHERE x.member_id = m.id)::bigint[]"
)


def follow_what_i_write_in(
    post: Post, html: Rendered, *, author: Member, title: str = "", tags: Sequence[str] = ()
) -> None:
    """Whoever starts a topic or answers in one follows it, as closely as she has set; an edit changes nothing."""
    if post.revision_count == 0:
        because = "replying" if post.number else "starting"
        track(post.topic_id, [author.pk], because=because)


on_post_written(follow_what_i_write_in)


# -- What is held of a person ----------------------------------------------------------------------

holds(
    Follow,
    "member",
    what=gettext_lazy("What you follow, and whom"),
    area=Area.READING,
    leaves=Leaves.DELETED,
    until=Until.BACK.label,
    also=("person__handle",),
)
holds(
    Follow,
    "person",
    what=gettext_lazy("Who follows you"),
    area=Area.READING,
    leaves=Leaves.DELETED,
    until=Until.BACK.label,
    copied=False,
)
holds(
    FollowDefaults,
    "member",
    what=gettext_lazy("What you follow, and whom"),
    area=Area.READING,
    leaves=Leaves.DELETED,
)
holds(
    FollowUndo,
    "member",
    what=gettext_lazy("What you follow, and whom"),
    area=Area.READING,
    leaves=Leaves.DELETED,
    copied=False,
)
holds(
    Block,
    "member",
    what=gettext_lazy("Whom you blocked"),
    area=Area.READING,
    leaves=Leaves.DELETED,
    until=Until.BACK.label,
    also=("person__handle",),
)
holds(
    Block,
    "person",
    what=gettext_lazy("Who blocked you; only they know"),
    area=Area.READING,
    leaves=Leaves.DELETED,
    copied=False,
)
