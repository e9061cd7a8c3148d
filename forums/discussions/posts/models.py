"""Posts, their versions, their pictures and what members say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from forums.base.visibility import rule
from forums.discussions.topics.models import TOPIC_FOR_LIST, TOPIC_VISIBLE

if TYPE_CHECKING:
    from accounts.models import Member
    from forums.text.render import Rendered

TREE = 10  # replies that stand under a comment; the rest is on the thread's own page
THREAD_PAGE = 40  # replies a page there


# Hidden and deleted ones are seen as placeholders: a post is visible where its topic is.
POST_VISIBLE = rule(
    "forums.Post",
    "in a topic she may open",
    lambda member: TOPIC_VISIBLE.q(member, "topic__"),
    sql=TOPIC_VISIBLE.sql,
    tables="""forums_post p JOIN forums_topic t ON t.id = p.topic_id
        JOIN forums_board b ON b.id = t.board_id""",
)
POST_SHOWN = rule(
    "forums.Post",
    "neither hidden nor deleted, its topic aside",
    lambda _member: Q(hidden_at=None, deleted_at=None),
    sql="p.hidden_at IS NULL AND p.deleted_at IS NULL",
    tables="forums_post p",
)
POST_FOR_LIST = rule(
    "forums.Post",
    "in the lists she is shown, and in searches",
    lambda member: POST_SHOWN.q(member) & TOPIC_FOR_LIST.q(member, "topic__"),
    sql=f"{POST_SHOWN.sql} AND {TOPIC_FOR_LIST.sql}",
    tables=POST_VISIBLE.tables,
)


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, member: Member | Any) -> PostQuerySet:
        """Posts whose topic `member` may open. Hidden and deleted ones are among them, as placeholders."""
        return self.filter(POST_VISIBLE.q(member))

    def shown(self) -> PostQuerySet:
        """Neither hidden nor deleted themselves; of topics that were found before."""
        return self.filter(POST_SHOWN.q())

    def for_list(self, member: Member | Any) -> PostQuerySet:
        """What stands in lists, feeds and search, as far as `member` may read: nothing hidden or deleted."""
        return self.filter(POST_FOR_LIST.q(member))


class Post(models.Model):
    topic = models.ForeignKey(
        "forums.Topic",
        verbose_name=_("topic"),
        on_delete=models.PROTECT,
        related_name="posts",
        db_index=False,  # as with the other foreign keys here: an index below begins with it
    )
    author = models.ForeignKey(
        "accounts.Member",
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="posts",
        db_index=False,
    )
    # From where its author speaks; None: as herself. `in_name`: not she but the network says it.
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
    in_name = models.BooleanField(_("in the network's name"), default=False, editable=False)
    # Her own word: the text or its pictures were made with the help of AI.
    with_ai = models.BooleanField(_("with AI"), default=False, db_default=False, editable=False)
    number = models.PositiveIntegerField(_("number"))
    reply_number = models.PositiveIntegerField(default=0)
    root = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="thread",
        db_index=False,
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    last_reply_number = models.PositiveIntegerField(default=0, editable=False)

    body = models.TextField(_("text"))
    body_html = models.TextField(editable=False)
    renderer_version = models.PositiveSmallIntegerField(editable=False)
    submission = models.UUIDField(null=True, editable=False)

    created_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(null=True, editable=False)
    revision_count = models.PositiveSmallIntegerField(default=0, editable=False)
    useful_count = models.PositiveIntegerField(default=0, editable=False)
    agree_count = models.PositiveIntegerField(default=0, editable=False)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True, editable=False)
    # Since when it waits for a moderator. While it does it is hidden, so whatever asks for what is shown need not know of it.
    held_at = models.DateTimeField(_("waits"), null=True, blank=True, editable=False)
    # Its links that lead out are plain text: a newcomer's, before anybody has looked.
    unlinked_at = models.DateTimeField(null=True, editable=False)
    # A moderator has deleted it: hidden, and read by moderators only.
    removed_at = models.DateTimeField(_("deleted by a moderator"), null=True, editable=False)

    became: Rendered | None = None  # not stored: what its text was rendered to just now

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "number", "reply_number"], name="post_number_once"
            ),
            models.CheckConstraint(
                condition=Q(in_name=False) | Q(network__isnull=False), name="post_in_a_name"
            ),
            # A double click, or twenty at once: one post.
            models.UniqueConstraint(fields=["author", "submission"], name="post_submitted_once"),
            models.CheckConstraint(
                condition=Q(reply_number=0, root=None, parent=None)
                | Q(reply_number__gt=0, root__isnull=False, parent__isnull=False, number__gt=0),
                name="post_comment_or_reply",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(parent__lt=F("id")), name="post_parent_is_older"
            ),
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(hidden_at__isnull=False), name="post_held_is_hidden"
            ),
        ]
        indexes = [
            # A page of a topic: comments of a range of numbers with their first ten replies.
            # `reply_number <= 10` stands in the index, so a long thread costs its page nothing.
            models.Index(
                fields=["topic", "number", "reply_number"],
                name="post_page",
                condition=Q(reply_number__lte=TREE),
            ),
            # A thread's own page.
            models.Index(
                fields=["root", "reply_number"], name="post_thread", condition=Q(root__isnull=False)
            ),
            # What one network says in a topic, in order.
            models.Index(
                fields=["topic", "network", "number", "reply_number"],
                name="post_voice",
                condition=Q(network__isnull=False),
            ),
            # A member's page, and how fast someone writes.
            models.Index(fields=["author", "-created_at", "-id"], name="post_author"),
            # The admin's filters, newest first.
            models.Index(fields=["-id"], name="post_hidden", condition=Q(hidden_at__isnull=False)),
            models.Index(
                fields=["-id"], name="post_deleted", condition=Q(deleted_at__isnull=False)
            ),
            # The last post of a topic, looked up when a post is hidden.
            models.Index(
                fields=["topic", "-created_at", "-id"],
                name="post_topic_latest",
                condition=Q(hidden_at=None, deleted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.topic_id}"

    @property
    def label(self) -> str:
        """How the number is written: 5 or 5-2; the topic's own text has 0."""
        return post_label(self.number, self.reply_number)

    @property
    def is_gone(self) -> bool:
        return self.hidden_at is not None or self.deleted_at is not None

    def get_absolute_url(self) -> str:
        return post_url(self.pk)


def post_label(number: int, reply_number: int) -> str:
    return f"{number}-{reply_number}" if reply_number else str(number)


def post_url(pk: int) -> str:
    """The permalink, which redirects to wherever the post stands."""
    return f"/p/{pk}/"


class Revision(models.Model):
    """One version of a post's text (and of its topic's title), the first included."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="revision_number_once")
        ]


class ClosedVersion(models.Model):
    """An old version that its author, or a moderator, has taken from everyone's sight but theirs."""

    revision = models.OneToOneField(
        Revision, on_delete=models.CASCADE, primary_key=True, related_name="closed"
    )
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("closed version")
        verbose_name_plural = _("closed versions")


class PartedPost(models.Model):
    """The place in `topic` that a post had before moderators split it off: where it stands now is the post's own.

    `parent` is what it answered there.
    """

    topic = models.ForeignKey(
        "forums.Topic", on_delete=models.PROTECT, related_name="parted", db_index=False
    )
    number = models.PositiveIntegerField()
    reply_number = models.PositiveIntegerField(default=0)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="parted")
    parent = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "number", "reply_number"], name="parted_place_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} {post_label(self.number, self.reply_number)}"


class ReactionKind(models.TextChoices):
    USEFUL = "useful", _("Useful")
    AGREE = "agree", _("I agree")


class Reaction(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reactions")
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=8, choices=ReactionKind)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "post", "kind"], name="reaction_once")
        ]
