"""Posts on the moderators' desk."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.discussions.posts.models import Post
from forums.moderation.desks.acts import POST_ACTS
from forums.moderation.desks.desk import Desk, Fact, history
from forums.moderation.desks.states import StateFilter, state_of
from forums.moderation.lookups import (
    members_by_handle,
    members_by_name,
    number_in,
    posts_by_words,
)
from forums.moderation.models import Decision
from forums.text import dates
from forums.text.thai import excerpt


@admin.register(Post)
class PostAdmin(Desk):
    offers = POST_ACTS
    list_display = ("number", "place", "beginning", "writer", "state", "written")
    list_display_links = ("number", "beginning")
    list_filter = (StateFilter,)
    related = ("topic__board", "author")
    search_help_text = _(
        "A number of a post or of its topic, words of the text, or a member's name"
    )

    def visible_to(self, member: Any) -> QuerySet[Post]:
        # Fifty whole texts would be a megabyte; the list shows how each begins.
        posts = Post.objects.visible_to(member).defer("body", "body_html")
        return posts.annotate(start=Left("body", 300))

    def find(self, term: str, request: HttpRequest) -> Iterable[QuerySet[Any]]:
        found: list[QuerySet[Any]] = [
            posts_by_words(term),
            Post.objects.filter(author__in=members_by_handle(term)),
            Post.objects.filter(author__in=members_by_name(term)),
        ]
        if (number := number_in(term)) is not None:
            found.append(Post.objects.filter(topic=number))
        return found

    @admin.display(description=_("place"))
    def place(self, post: Post) -> str:
        return f"{post.topic.title} · {_label(post)}"

    @admin.display(description=_("text"))
    def beginning(self, post: Any) -> str:  # with its `start`
        return excerpt(post.start, 80)

    @admin.display(description=_("author"))
    def writer(self, post: Post) -> str:
        return f"{post.author} @{post.author.handle}"

    @admin.display(description=_("state"), empty_value="")
    def state(self, post: Post) -> str:
        return state_of(post)

    @admin.display(description=_("written"))
    def written(self, post: Post) -> str:
        return dates.exactly(post.created_at)

    def target_note(self, post: Post) -> str:
        parts = [self.place(post), self.writer(post), state_of(post), self.beginning(post)]
        return " · ".join(filter(None, parts))

    def facts(self, post: Post, request: HttpRequest) -> list[Fact]:
        topic = reverse("admin:forums_topic_change", args=[post.topic_id])
        author = reverse("admin:accounts_member_change", args=[post.author_id])
        facts: list[Fact] = [
            (_("Number"), post.pk, ""),
            (_("Place"), _label(post), post.get_absolute_url()),
            (_("Topic"), post.topic.title, topic),
            (_("Board"), post.topic.board, post.topic.board.get_absolute_url()),
            (_("Author"), self.writer(post), author),
            (_("State"), state_of(post) or _("ordinary"), ""),
            (_("Written"), dates.exactly(post.created_at), ""),
        ]
        if post.edited_at:
            edited = dates.exactly(post.edited_at)
            facts.append((_("Edited"), edited, f"/p/{post.pk}/history/"))
        return facts

    def more(self, post: Post) -> dict[str, Any]:
        return {"site_link": post.get_absolute_url(), "text_html": post.body_html}

    def decisions(self, post: Post) -> list[Decision]:
        return history(Decision.objects.filter(post=post))


def _label(post: Post) -> str:
    if post.number == 0:
        return str(_("the topic's own text"))
    return str(_("comment %(label)s") % {"label": post.label})
