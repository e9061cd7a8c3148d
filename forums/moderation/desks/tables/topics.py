"""Topics on the moderators' desk."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation.desks.acts import TOPIC_ACTS
from forums.moderation.desks.desk import Desk, Fact, history
from forums.moderation.desks.states import StateFilter, state_of
from forums.moderation.lookups import members_by_handle, members_by_name, topics_by_title
from forums.moderation.models import Decision
from forums.text import dates


class HouseBoardFilter(admin.RelatedFieldListFilter):
    """The boards of the house: those of two thousand networks would be a list of links nobody reads."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        return field.get_choices(include_blank=False, limit_choices_to={"network": None})


@admin.register(Topic)
class TopicAdmin(Desk):
    offers = TOPIC_ACTS
    list_display = ("number", "title", "board", "writer", "state", "started")
    list_display_links = ("number", "title")
    list_filter = (StateFilter, "kind", ("board", HouseBoardFilter))
    related = ("board", "author")
    search_help_text = _("A number, words of the title, or a member's name")

    def visible_to(self, member: Any) -> QuerySet[Topic]:
        return Topic.objects.visible_to(member)

    def find(self, term: str, request: HttpRequest) -> Iterable[QuerySet[Any]]:
        by_handle = Topic.objects.filter(author__in=members_by_handle(term))
        by_name = Topic.objects.filter(author__in=members_by_name(term))
        return (topics_by_title(term), by_handle, by_name)

    @admin.display(description=_("author"))
    def writer(self, topic: Topic) -> str:
        return f"{topic.author} @{topic.author.handle}"

    @admin.display(description=_("state"), empty_value="")
    def state(self, topic: Topic) -> str:
        return state_of(topic)

    @admin.display(description=_("started"))
    def started(self, topic: Topic) -> str:
        return dates.exactly(topic.created_at)

    def target_note(self, topic: Topic) -> str:
        return " · ".join(filter(None, [topic.board.name, self.writer(topic), state_of(topic)]))

    def facts(self, topic: Topic, request: HttpRequest) -> list[Fact]:
        posts = reverse("admin:forums_post_changelist")
        author = reverse("admin:accounts_member_change", args=[topic.author_id])
        return [
            (_("Number"), topic.pk, ""),
            (_("Title"), topic.title, topic.get_absolute_url()),
            (_("Kind"), topic.get_kind_display(), ""),
            (_("Board"), topic.board, topic.board.get_absolute_url()),
            (_("Author"), self.writer(topic), author),
            (_("State"), state_of(topic) or _("ordinary"), ""),
            (_("Started"), dates.exactly(topic.created_at), ""),
            (_("Last post"), dates.exactly(topic.last_post_at), ""),
            (_("Replies"), topic.reply_count, f"{posts}?q={topic.pk}"),
        ]

    def more(self, topic: Topic) -> dict[str, Any]:
        text = Post.objects.filter(topic=topic, number=0, reply_number=0)
        return {
            "site_link": topic.get_absolute_url(),
            "text_html": text.values_list("body_html", flat=True).first() or "",
        }

    def decisions(self, topic: Topic) -> list[Decision]:
        """Its own and its posts'."""
        return history(
            Decision.objects.filter(topic=topic), Decision.objects.filter(post__topic=topic)
        )
