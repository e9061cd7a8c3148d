"""A new version of a text, stored beside the old ones."""

from typing import TYPE_CHECKING

from django.utils import timezone

from forums.discussions.posts.models import Post, Revision
from forums.pictures.bodies import claim_pictures, rendered
from forums.text.render import RENDERER_VERSION, Rendered

if TYPE_CHECKING:
    from accounts.models import Member


def write_revision(
    *,
    post: Post,
    editor: "Member",
    body: str,
    reason: str,
    old_title: str = "",
    new_title: str = "",
) -> Rendered:
    """Store a new version of a locked post, and return what its text became.

    The first edit also stores the original, so that version 1 is what was first said. The caller
    writes the entry in the search index: it knows whether a title and tags belong to it.
    """
    now = timezone.now()
    html = rendered(body)
    if post.revision_count == 0:
        Revision.objects.create(
            post=post,
            number=1,
            author_id=post.author_id,
            title=old_title,
            body=post.body,
            created_at=post.created_at,
        )
    post.revision_count = max(1, post.revision_count) + 1
    Revision.objects.create(
        post=post,
        number=post.revision_count,
        author=editor,
        title=new_title,
        body=body,
        reason=reason,
        created_at=now,
    )
    post.body, post.body_html, post.edited_at = body, html.html, now
    Post.objects.filter(pk=post.pk).update(
        body=body,
        body_html=html.html,
        renderer_version=RENDERER_VERSION,
        edited_at=now,
        revision_count=post.revision_count,
    )
    claim_pictures(editor, html.picture_ids, post=post)
    return html
