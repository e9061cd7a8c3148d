"""Topics and their tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from forums.discussions.boards.models import readable_by
from forums.groups.memberships.models import moderated_by
from forums.groups.networks.models import Network
from forums.tags.models import Tag

if TYPE_CHECKING:
    from accounts.models import Member

TITLE_LENGTH = 200  # real headlines reach 160; a grapheme of Thai is 1.2 characters
VOICES = 6  # beads on the strand of a row
TAKING_PART = 5  # how many names a row shows of those who took part lately


class Kind(models.TextChoices):
    CONVERSATION = "conversation", _("Conversation")
    QUESTION = "question", _("Question")
    ARTICLE = "article", _("Article")
    NEWS = "news", _("News")


class TaggedTopic(ItemBase):
    content_object = models.ForeignKey("forums.Topic", on_delete=models.CASCADE, db_index=False)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tag_once_a_topic")
        ]
        indexes = [
            # A tag's page, newest topic first.
            models.Index(fields=["tag", "-content_object"], name="tag_topics"),
        ]


# What `listed` says, of a topic `t` in a constant statement.
LISTED = "t.hidden_at IS NULL AND t.deleted_at IS NULL"


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, member: Member | Any) -> TopicQuerySet:
        """The topics `member` (None or anonymous: a visitor) may open by their address.

        Hidden ones open for moderators (of the site, and of the network whose board it is) and for
        their author, who must be able to see why.
        """
        topics = self.filter(readable_by(member, "board__"))
        if member is None or not member.is_authenticated:
            return topics.listed()
        if member.is_staff:
            return topics
        seen = Q(hidden_at=None, deleted_at=None) | Q(author=member)
        if keeps := moderated_by(member):
            seen |= Q(deleted_at=None, board__network__in=keeps)
        return topics.filter(seen)

    def listed(self) -> TopicQuerySet:
        """Only what stands in lists, feeds and search: nothing hidden or deleted, for anyone."""
        return self.filter(hidden_at=None, deleted_at=None)

    def for_list(self, member: Member | Any) -> TopicQuerySet:
        """What lists are made of (`forums.discussions.topics.lists` adds what a row shows): listed, readable."""
        return self.visible_to(member).listed()


class Topic(models.Model):  # type: ignore[django-manager-missing]
    board = models.ForeignKey(
        "forums.Board", verbose_name=_("board"), on_delete=models.PROTECT, related_name="topics"
    )
    author = models.ForeignKey(
        "accounts.Member",
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="topics",
        db_index=False,
    )
    # From where its author speaks; None: as herself. Its text, post number 0, says the same.
    network = models.ForeignKey(
        "forums.Network",
        verbose_name=_("speaks from the network"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CONVERSATION)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    slug = models.CharField(max_length=80, editable=False)
    cover = models.ForeignKey(
        "forums.Attachment",
        verbose_name=_("cover picture"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    contents = models.JSONField(default=list, blank=True, editable=False)
    accepted_post = models.ForeignKey(
        "forums.Post",
        verbose_name=_("accepted answer"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    tags = TaggableManager(through=TaggedTopic, blank=True, verbose_name=_("tags"))

    created_at = models.DateTimeField(_("started"))
    last_post_at = models.DateTimeField(_("last post"))
    last_author = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, related_name="+", editable=False
    )
    last_number = models.PositiveIntegerField(default=0, editable=False)
    reply_count = models.PositiveIntegerField(_("replies"), default=0, editable=False)
    useful_count = models.PositiveIntegerField(default=0, editable=False)
    hot = models.FloatField(default=0, editable=False)
    taking_part = ArrayField(models.BigIntegerField(), default=list, editable=False)
    # The networks that speak in it, in the order they arrived: the first six, for the strand of a row.
    voices = ArrayField(models.BigIntegerField(), default=list, editable=False)
    # Topics near it by their words, the nearest first (`related.lists`); which of them are shown is
    # asked when they are, of each reader. `related_at`: when it was looked; None: not yet.
    related = ArrayField(models.BigIntegerField(), default=list, editable=False)
    related_at = models.DateTimeField(null=True, editable=False)

    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True, editable=False)
    locked_at = models.DateTimeField(_("closed to replies"), null=True, blank=True, editable=False)
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True, editable=False)

    has_activities: bool  # known of one that `loading.topic_at` has loaded

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="topic_has_a_title"),
            models.CheckConstraint(
                condition=Q(accepted_post=None) | Q(kind=Kind.QUESTION),
                name="topic_only_questions_accept",
            ),
        ]
        indexes = [
            # Each list of the home page, and of one board, by the key its pages turn on.
            models.Index(
                fields=["-last_post_at", "-id"],
                name="topic_latest",
                condition=Q(hidden_at=None, deleted_at=None),
            ),
            models.Index(
                fields=["-created_at", "-id"],
                name="topic_new",
                condition=Q(hidden_at=None, deleted_at=None),
            ),
            models.Index(
                fields=["-hot", "-id"],
                name="topic_hot",
                condition=Q(hidden_at=None, deleted_at=None),
            ),
            models.Index(
                fields=["-created_at", "-id"],
                name="topic_unanswered",
                condition=Q(hidden_at=None, deleted_at=None, reply_count=0),
            ),
            models.Index(
                fields=["board", "-last_post_at", "-id"],
                name="topic_board_latest",
                condition=Q(hidden_at=None, deleted_at=None),
            ),
            models.Index(
                fields=["board", "-pinned_at"],
                name="topic_board_pinned",
                condition=Q(hidden_at=None, deleted_at=None, pinned_at__isnull=False),
            ),
            # A member's page.
            models.Index(fields=["author", "-created_at", "-id"], name="topic_author"),
            # The admin's filters, newest first: what is rare must be found without reading the rest.
            models.Index(fields=["kind", "-id"], name="topic_kind"),
            models.Index(fields=["-id"], name="topic_hidden", condition=Q(hidden_at__isnull=False)),
            models.Index(fields=["-id"], name="topic_locked", condition=Q(locked_at__isnull=False)),
            models.Index(fields=["-id"], name="topic_pinned", condition=Q(pinned_at__isnull=False)),
            models.Index(
                fields=["-id"], name="topic_deleted", condition=Q(deleted_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return topic_url(self.pk, self.slug)

    @property
    def icon(self) -> str:
        """The symbol of templates/components/icons.html that stands for this kind of topic."""
        return kind_icon(self.kind)

    @property
    def is_listed(self) -> bool:
        return self.hidden_at is None and self.deleted_at is None


def kind_icon(kind: str) -> str:
    """The symbol of templates/components/icons.html that stands for a kind of topic."""
    return "chat" if kind == Kind.CONVERSATION else kind


def topic_url(pk: int, slug: str) -> str:
    """The address of a topic; lists build many, so the resolver is not asked."""
    return f"/t/{pk}/{slug}/" if slug else f"/t/{pk}/"


class State(models.TextChoices):
    PRESENT = "present", _("somebody speaks from it")
    INVITED = "invited", _("was invited")
    ASKED = "asked", _("asks to join")
    JOINED = "joined", _("takes part")
    DECLINED = "declined", _("declined")
    LEFT = "left", _("took it off its page")


class TopicNetwork(models.Model):
    """A network in a topic: `state` says on which terms, `post_count` how many posts speak from it."""

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="voices_in", db_index=False
    )
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=State)
    asked_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    first_at = models.DateTimeField(db_default=Now())
    post_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "network"], name="topic_network_once"),
        ]
        indexes = [
            # A network's own page, and what waits for its coordinators.
            models.Index(fields=["network", "state", "-topic"], name="topic_network_state"),
        ]
