"""A post and all that is made of it, made anew: after words of it, or a picture, were hidden or shown again."""

from forums.discussions.naming.finding import names_for
from forums.discussions.openings.actions import contents_of
from forums.discussions.posts.models import Post
from forums.discussions.topics.beside import tag_names
from forums.discussions.topics.models import Topic
from forums.pictures.bodies import rendered
from forums.search.index.entries import index_post
from forums.text.render import NO_NAMES, RENDERER_VERSION
from forums.text.slugs import slugify


def make_anew(topic: Topic, post: Post, body: str, title: str) -> None:
    """Store this text, rendered, as that of a locked post (with its author), and index it; the title is the opening's."""
    author = post.author
    names = names_for(body, writer=author, board=topic.board) if "@" in body else NO_NAMES
    html = rendered(body, reader=author, names=names)
    post.body, post.body_html = body, html.html
    Post.objects.filter(pk=post.pk).update(
        body=body, body_html=html.html, renderer_version=RENDERER_VERSION
    )
    if post.number:
        index_post(post, html, author=author)
        return
    topic.title, topic.slug = title, slugify(title)
    Topic.objects.filter(pk=topic.pk).update(
        title=title, slug=topic.slug, contents=contents_of(html.toc, topic.kind)
    )
    index_post(post, html, author=author, title=title, tags=tag_names(topic.pk))
