"""What following registers elsewhere: what is known with a member, and with a topic she opens; that she follows
what she writes in."""

from collections.abc import Sequence

from accounts.models import Member
from accounts.registry import known_with_her
from forums.discussions.posts.models import Post
from forums.discussions.posts.registry import on_post_written
from forums.discussions.topics.registry import known_with_topic
from forums.reading.following.actions import track
from forums.reading.following.levels import standing_sql
from forums.text.render import Rendered

known_with_topic("standing", standing_sql())
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
