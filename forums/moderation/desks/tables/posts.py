"""Posts on the moderators' desk, and what else stands in topics: statements, polls."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.discussions.polls.models import Poll
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.knowledge.statements.models import HIDDEN, OPEN, WAITING, Statement
from forums.moderation.desks.acts import POST_ACTS
from forums.moderation.desks.desk import Desk, Fact, history
from forums.moderation.desks.states import StateFilter, state_of
from forums.moderation.lookups import (
    any_of,
    members_by_handle,
    members_by_name,
    number_in,
    posts_by_words,
    topics_by_title,
)
from forums.moderation.models import Decision
from forums.moderation.reports import things
from forums.moderation.withdrawing.places import decided_about
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

    def name_of(self, post: Post) -> str:
        named = {"label": post.label, "topic": post.topic.title}
        if post.number == 0:
            return str(_("The text of the topic “%(topic)s”") % named)
        return str(_("Comment %(label)s in “%(topic)s”") % named)

    def target_note(self, post: Post) -> str:
        parts = [self.writer(post), state_of(post), self.beginning(post)]
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


# -- What else stands in a topic ----------------------------------------------------------------------


class FateFilter(admin.SimpleListFilter):
    """What becomes of a statement follows from several columns."""

    title = _("state")
    parameter_name = "state"
    states: ClassVar[dict[str, tuple[Any, Q]]] = {
        "waiting": (_("waits"), WAITING),
        "open": (_("put to the vote"), OPEN),
        "hidden": (_("hidden"), HIDDEN),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, label) for name, (label, _condition) in self.states.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        found = self.states.get(self.value() or "")
        return None if found is None else queryset.filter(found[1])


class _PartDesk(Desk):
    """What stands in a topic: found and read, the hidden ones too; decided about where it stands. Who wrote a statement is said
    in its case only; who answered, and how, nowhere."""

    kind = ""
    search_help_text = _("A number of it or of its topic, or words of the topic's title")

    def find(self, term: str, request: HttpRequest) -> Iterable[QuerySet[Any]]:
        topics = any_of(topics_by_title(term), Topic.objects.filter(pk=number_in(term) or 0))
        return [self.model._default_manager.filter(topic__in=[row["pk"] for row in topics])]

    @admin.display(description=_("Number"))
    def serial(self, part: Any) -> int:
        """Its key: a statement has a `number` within its topic, and a `key` that says what makes two the same."""
        return int(part.pk)

    @admin.display(description=_("Topic"))
    def where(self, part: Any) -> str:
        return str(part.topic.title)

    @admin.display(description=_("when"))
    def written(self, part: Any) -> str:
        return dates.exactly(part.created_at)

    def facts(self, part: Any, request: HttpRequest) -> list[Fact]:
        topic = reverse("admin:forums_topic_change", args=[part.topic_id])
        return [
            (_("Number"), part.pk, ""),
            (_("Text"), str(part), part.get_absolute_url()),
            (_("Topic"), part.topic.title, topic),
            (_("State"), self.state(part) or _("ordinary"), ""),
            (_("when"), self.written(part), ""),
        ]

    def state(self, part: Any) -> str:
        raise NotImplementedError

    def more(self, part: Any) -> dict[str, Any]:
        return {"site_link": part.get_absolute_url()}

    def decisions(self, part: Any) -> list[Decision]:
        return history(Decision.objects.filter(**decided_about(self.kind, part)))


@admin.register(Statement)
class StatementAdmin(_PartDesk):
    kind = "statement"
    list_display = ("serial", "body", "where", "state", "written")
    list_display_links = ("serial", "body")
    list_filter = (FateFilter,)

    def visible_to(self, member: Any) -> QuerySet[Statement]:
        return things.statements(member)

    @admin.display(description=_("state"))
    def state(self, part: Statement) -> str:
        return str(part.fate.label)


@admin.register(Poll)
class PollAdmin(_PartDesk):
    kind = "poll"
    list_display = ("serial", "question", "where", "state", "written")
    list_display_links = ("serial", "question")
    list_filter = (StateFilter,)

    def visible_to(self, member: Any) -> QuerySet[Poll]:
        return things.polls(member)

    @admin.display(description=_("state"), empty_value="")
    def state(self, part: Poll) -> str:
        return state_of(part) or str(_("closed") if part.is_over else "")
