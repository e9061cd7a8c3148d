"""Topics, their tags, and which networks take part in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from forums.base.visibility import is_signed_in, rule, sees_all
from forums.discussions.boards.models import BOARD_READABLE
from forums.groups.memberships.models import moderated_by
from forums.groups.networks.models import Network
from forums.tags.models import TaggedTopic

if TYPE_CHECKING:
    from accounts.models import Member
    from forums.text.render import Rendered

TITLE_LENGTH = 200  # real headlines reach 160; a grapheme of Thai is 1.2 characters
PAGE = 20  # comments a page of a topic
VOICES = 6  # beads on the strand of a row
MOST_USEFUL = 3  # posts of each network that stand beside those of others
TAKING_PART = 5  # how many names a row shows of those who took part lately


class TopicKind(models.TextChoices):
    CONVERSATION = "conversation", _("Conversation")
    QUESTION = "question", _("Question")
    ARTICLE = "article", _("Article")
    NEWS = "news", _("News")


@dataclass(frozen=True, slots=True)
class KindTraits:
    """What follows from a topic's kind. A test holds that each has its row in `TRAITS`, and its drawing."""

    hint: Promise  # under its name, where one chooses
    words: str  # what it is called in a search (`kind:question`), in either language
    icon: str  # the symbol of templates/components/icons.html, without its i-
    has_contents: bool = False  # the topic keeps the headings of its text
    has_an_answer: bool = False  # whoever started it may say which comment answers it


TRAITS = {
    TopicKind.CONVERSATION: KindTraits(
        hint=_("Open a circle; no answer needed"),
        words="conversation conversations talk คุย พูดคุย สนทนา",
        icon="chat",
    ),
    TopicKind.QUESTION: KindTraits(
        hint=_("Learn from those who have done it"),
        words="question questions คำถาม ถาม",
        icon="question",
        has_an_answer=True,
    ),
    TopicKind.ARTICLE: KindTraits(
        hint=_("Tell it at length, with sources"),
        words="article articles บทความ",
        icon="article",
        has_contents=True,
    ),
    TopicKind.NEWS: KindTraits(
        hint=_("Let people know, with the source"),
        words="news ข่าว",
        icon="news",
    ),
}
WITH_AN_ANSWER = [kind for kind, traits in TRAITS.items() if traits.has_an_answer]


TOPIC_SHOWN = rule(
    "forums.Topic",
    "neither hidden nor deleted",
    lambda _member: Q(hidden_at=None, deleted_at=None),
    sql="t.hidden_at IS NULL AND t.deleted_at IS NULL",
    tables="forums_topic t",
)
TOPIC_LISTED = rule(
    "forums.Topic",
    "shown, and not taken off all lists",
    lambda member: TOPIC_SHOWN.q(member) & Q(unlisted_at=None),
    sql=f"{TOPIC_SHOWN.sql} AND t.unlisted_at IS NULL",
    tables="forums_topic t",
)
TOPIC_FOR_LIST = rule(
    "forums.Topic",
    "in the lists she is shown",
    lambda member: BOARD_READABLE.q(member, "board__") & TOPIC_LISTED.q(member),
    sql=f"{TOPIC_LISTED.sql} AND {BOARD_READABLE.sql}",
    tables="forums_topic t JOIN forums_board b ON b.id = t.board_id",
)


def _visible(member: Any) -> Q:
    readable = BOARD_READABLE.q(member, "board__")
    if sees_all(member):
        return readable
    seen = TOPIC_SHOWN.q(member)
    if is_signed_in(member):
        seen |= Q(author=member)
    if keeps := moderated_by(member):
        seen |= Q(deleted_at=None, board__network__in=keeps)
    return readable & seen


TOPIC_VISIBLE = rule(
    "forums.Topic",
    "which she may open by its address",
    _visible,
    sql=f"""{BOARD_READABLE.sql} AND (%(sees_all)s OR ({TOPIC_SHOWN.sql}) OR t.author_id = %(me)s
        OR (t.deleted_at IS NULL AND b.network_id = ANY(%(keeps)s::bigint[])))""",
    tables=TOPIC_FOR_LIST.tables,
)


_SHOWN = Q(hidden_at=None, deleted_at=None)  # of the indexes


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, member: Member | Any) -> TopicQuerySet:
        """The topics `member` (None or anonymous: a visitor) may open by their address.

        Hidden ones open for moderators (of the site, and of the network whose board it is) and for
        their author, who must be able to see why.
        """
        return self.filter(TOPIC_VISIBLE.q(member))

    def listed(self) -> TopicQuerySet:
        """Only what stands in lists, feeds and search: nothing hidden, deleted or unlisted, for anyone."""
        return self.filter(TOPIC_LISTED.q())

    def for_list(self, member: Member | Any) -> TopicQuerySet:
        """What lists are made of (`forums.discussions.topics.lists` adds what a row shows): listed, readable."""
        return self.filter(TOPIC_FOR_LIST.q(member))


class Topic(models.Model):  # type: ignore[django-manager-missing]
    board = models.ForeignKey(
        "forums.Board",
        verbose_name=_("board"),
        on_delete=models.PROTECT,
        related_name="topics",
        db_index=False,  # as with the other foreign keys here: each reply writes anew into every index there is
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
    kind = models.CharField(
        _("kind"), max_length=12, choices=TopicKind, default=TopicKind.CONVERSATION
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    slug = models.CharField(max_length=80, editable=False)
    cover = models.ForeignKey(
        "forums.Attachment",
        verbose_name=_("cover picture"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    # Since when a reply of one who is named in it stands under its text; None: its page need not ask for any.
    clarified_at = models.DateTimeField(null=True, editable=False)
    contents = models.JSONField(default=list, blank=True, editable=False)
    accepted_post = models.ForeignKey(
        "forums.Post",
        verbose_name=_("accepted answer"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    tags = TaggableManager(through=TaggedTopic, blank=True, verbose_name=_("tags"))

    created_at = models.DateTimeField(_("started"))
    last_post_at = models.DateTimeField(_("last post"))
    last_author = models.ForeignKey(
        "accounts.Member",
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        db_index=False,
    )
    last_number = models.PositiveIntegerField(default=0, editable=False)
    reply_count = models.PositiveIntegerField(_("replies"), default=0, editable=False)
    # How many are put to the vote, and asked: pages ask for them only where there are any.
    statement_count = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    poll_count = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
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
    held_at = models.DateTimeField(_("waits"), null=True, editable=False)  # hidden as long
    # Open to whoever has its address, and in no list, search or feed.
    unlisted_at = models.DateTimeField(_("unlisted"), null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    closes_at = models.DateTimeField(_("closes by itself"), null=True, blank=True, editable=False)
    slow_minutes = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    # What was said in it stands there now: number n as number n + merged_base, its own text as merged_base.
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    merged_base = models.PositiveIntegerField(null=True, editable=False)
    parted_at = models.DateTimeField(null=True, editable=False)  # posts stand, or stood, elsewhere

    # Known of one that `loading.topic_at` has loaded.
    has_activities: bool
    known: dict[str, Any] = {}
    became: Rendered | None = None  # what its text was rendered to just now

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="topic_has_a_title"),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_base=None)
                | Q(merged_into__isnull=False, merged_base__isnull=False),
                name="topic_merged_somewhere",
            ),
            models.CheckConstraint(
                condition=reduce(
                    or_, (Q(kind=kind) for kind in WITH_AN_ANSWER), Q(accepted_post=None)
                ),
                name="topic_only_questions_accept",
            ),
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(hidden_at__isnull=False), name="topic_held_is_hidden"
            ),
        ]
        indexes = [
            # Each list of the home page, and of one board, by the key its pages turn on.
            models.Index(fields=["-last_post_at", "-id"], name="topic_latest", condition=_SHOWN),
            models.Index(fields=["-created_at", "-id"], name="topic_new", condition=_SHOWN),
            models.Index(fields=["-hot", "-id"], name="topic_hot", condition=_SHOWN),
            models.Index(
                fields=["-created_at", "-id"],
                name="topic_unanswered",
                condition=Q(hidden_at=None, deleted_at=None, reply_count=0),
            ),
            models.Index(
                fields=["board", "-last_post_at", "-id"],
                name="topic_board_latest",
                condition=_SHOWN,
            ),
            models.Index(
                fields=["board", "-pinned_at"],
                name="topic_board_pinned",
                condition=Q(hidden_at=None, deleted_at=None, pinned_at__isnull=False),
            ),
            # A board's feed, however quiet it is; and the articles of a network's boards.
            models.Index(fields=["board", "-created_at", "-id"], name="topic_board_new"),
            models.Index(
                fields=["board", "-created_at", "-id"],
                name="topic_board_articles",
                condition=Q(hidden_at=None, deleted_at=None, kind=TopicKind.ARTICLE),
            ),
            # Few have one: asked for when a picture or a post goes for good.
            models.Index(fields=["cover"], name="topic_cover", condition=Q(cover__isnull=False)),
            models.Index(
                fields=["accepted_post"],
                name="topic_accepted",
                condition=Q(accepted_post__isnull=False),
            ),
            # A member's page.
            models.Index(fields=["author", "-created_at", "-id"], name="topic_author"),
            # The admin's filters, newest first: what is rare must be found without reading the rest.
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
    def reply_url(self) -> str:
        return f"/t/{self.pk}/reply/"

    @property
    def short_url(self) -> str:
        """What is passed on: in a chat a Thai title becomes two hundred signs. It redirects to the page."""
        return topic_url(self.pk, "")

    @property
    def icon(self) -> str:
        """The symbol of templates/components/icons.html that stands for this kind of topic."""
        return TRAITS[TopicKind(self.kind)].icon

    @property
    def is_shown(self) -> bool:
        return self.hidden_at is None and self.deleted_at is None

    @property
    def is_listed(self) -> bool:
        return self.is_shown and self.unlisted_at is None

    @property
    def is_long(self) -> bool:
        """Has it more than a page of comments?"""
        return self.last_number > PAGE


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
    # Its posts found most useful, the first three, by id. Kept here and not in an index of posts: there each mark
    # would be written into all indexes of its post.
    most_useful = ArrayField(models.BigIntegerField(), default=list, db_default=[])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "network"], name="topic_network_once"),
        ]
        indexes = [
            # A network's own page, and what waits for its coordinators.
            models.Index(fields=["network", "state", "-topic"], name="topic_network_state"),
            # What waits for the coordinators of a board's network: few, and asked for on every page.
            models.Index(fields=["topic"], name="topic_network_asked", condition=Q(state="asked")),
        ]
