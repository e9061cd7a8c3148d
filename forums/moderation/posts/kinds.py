"""How a deleted post comes back; and how a post is taken down from everyone's sight."""

from forums.moderation.models import Act
from forums.moderation.posts import actions
from forums.moderation.registry import plainly, removed_by, undone_by

undone_by(Act.DELETE, "post", plainly(actions.bring_back, "post"))
removed_by("post", actions.delete)
