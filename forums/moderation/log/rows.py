"""The public log: what a reader may know of decisions. Who decided is never told, only her role."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.activities.models import Activity
from forums.base.keyset import NUMBER, Keyset, Page
from forums.discussions.boards.models import Board
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.groups.organisations.models import Organisation
from forums.moderation.appeals.models import Appeal
from forums.moderation.models import TRAITS, Act, Decision, DecisionQuerySet
from forums.moderation.rules.models import HouseRule
from forums.moderation.subjects import subjects_at
from forums.text import dates
from forums.text.personal_data import found_in, masked

SIZE = 30
_NEWEST = Keyset({"pk": NUMBER}, falling=True, onward="before")


@dataclass(frozen=True, slots=True)
class Row:
    """A decision as the log tells it. `title` and `url` are '' where the reader may not know the thing."""

    pk: int
    act: str
    what: str
    title: str
    url: str
    moved: list[str]  # from which board to which
    into: Network | Organisation | Topic | None  # or out of it again
    reason: str
    when: str
    created_at: datetime
    role: str
    taken_back: bool
    rule: HouseRule | None
    network: Network | None  # in whose name it was decided
    until: datetime | None
    asked: "AskedAgain | None"  # that somebody looks again


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """That somebody was asked to look again, and what came of it; '' while it waits."""

    outcome: str
    answer: str
    when: str
    answered_at: datetime | None
    by_same: bool  # there was no other moderator


def page(decisions: DecisionQuerySet, member: Any, query: Any, *, keep: str = "") -> Page[Row]:
    """`decisions` newest first: the same few queries for 2 rows and for 30."""
    page = _NEWEST.page(decisions.select_related("rule", "appeal"), query, size=SIZE, keep=keep)
    return page.with_rows(rows_of(page.rows, member))


def rows_of(decisions: list[Decision], member: Any) -> list[Row]:
    """Titles and links stand only where `member` may read the thing itself."""
    topics = Topic.objects.visible_to(member).in_bulk(
        [pk for each in decisions if each.topic_id for pk in (each.topic_id, _into(each)) if pk]
    )
    posts = {
        post.pk: post
        for post in Post.objects.visible_to(member)
        .filter(pk__in=[decision.post_id for decision in decisions if decision.post_id])
        .select_related("topic")
        .defer("body", "body_html")
    }
    boards = Board.objects.visible_to(member).in_bulk(
        [pk for decision in decisions for pk in _moved(decision)]
    )
    networks = Network.objects.visible_to(member).in_bulk(
        [pk for each in decisions for pk in _networks(each)]
    )
    organisations = Organisation.objects.visible_to(member).in_bulk(
        [
            pk
            for each in decisions
            if each.organisation_id
            for pk in (each.organisation_id, _into(each))
            if pk
        ]
    )
    activities = Activity.objects.visible_to(member).in_bulk(
        [decision.activity_id for decision in decisions if decision.activity_id]
    )
    parts = subjects_at(filter(None, map(_linked, decisions)), member)
    now = timezone.now()
    rows = []
    for decision in decisions:
        what, title, url = _about(decision, topics, posts, networks, activities, organisations)
        what = _part(decision, title) or what
        part = parts.get(_linked(decision) or ("", ""))
        url = part.url if title and part is not None else url
        merged: Mapping[int, Any] = networks
        if decision.organisation_id or decision.topic_id:
            merged = organisations if decision.organisation_id else topics
        between = [boards[pk].name for pk in _moved(decision) if pk in boards]
        rows.append(
            Row(
                pk=decision.pk,
                act=decision.get_act_display(),
                what=what,
                title=title,
                url=url,
                moved=between if len(between) == 2 else [],
                into=merged.get(_into(decision) or 0),
                reason=without_personal_data(decision.reason),
                when=dates.ago(decision.created_at, now),
                created_at=decision.created_at,
                role=role_of(decision),
                taken_back=TRAITS[Act(decision.act)].undoes is not None,
                rule=decision.rule,
                network=networks.get(decision.details.get("network", 0)),
                until=decision.until,
                asked=_asked(decision, now),
            )
        )
    return rows


def role_of(decision: Decision) -> str:
    """By what office it was decided; never by whom."""
    if decision.moderator_id is None:
        return _("a rule that counts reports")
    if "network" in decision.details:
        return _("a moderator of the network")
    return _("a moderator")


def without_personal_data(words: str) -> str:
    """A moderator's words as everyone reads them: numbers and addresses of people are blacked out."""
    return masked(words, found_in(words))


def _asked(decision: Decision, now: datetime) -> AskedAgain | None:
    appeal: Appeal | None = getattr(decision, "appeal", None)
    if appeal is None:
        return None
    return AskedAgain(
        outcome=appeal.get_outcome_display() if appeal.outcome else "",
        answer=without_personal_data(appeal.answer),
        when=dates.ago(appeal.answered_at, now) if appeal.answered_at else "",
        answered_at=appeal.answered_at,
        by_same=appeal.answered_by_id is not None
        and appeal.answered_by_id == decision.moderator_id,
    )


def _networks(decision: Decision) -> list[int]:
    """All it names: what it is about, what that was merged into, in whose name it was decided."""
    about = [decision.network_id, _into(decision)] if decision.network_id else []
    return [pk for pk in (*about, decision.details.get("network")) if pk]


def _moved(decision: Decision) -> list[int]:
    """From which board to which, for a topic that was moved."""
    if decision.act != Act.MOVE:
        return []
    return [decision.details["board"], decision.details["to"]]


def _into(decision: Decision) -> int | None:
    """What another was merged into or split off into, or is no more."""
    return decision.details.get("into") if decision.act in _INTO else None


_INTO = (Act.MERGE, Act.UNMERGE, Act.JOIN, Act.UNJOIN, Act.SPLIT, Act.UNSPLIT)


def _linked(decision: Decision) -> tuple[str, str] | None:
    """Of what has a page of its own in a topic, the kind and the key: who still sees it is led there."""
    return next(
        ((kind, str(decision.details[kind])) for kind in _LINKED if kind in decision.details), None
    )


_LINKED = ("statement", "poll", "meaning")


def _part(decision: Decision, title: str) -> str:
    """The word for what was taken out of the thing; '' for what is about all of it. Of a message nothing else is told."""
    if "message" in decision.details:
        return _("a private message")
    if "restatement" in decision.details or "portrayal" in decision.details:
        return _("what one said for another")
    if "line" in decision.details:
        return _("a line of the money of the network")
    if "meaning" in decision.details:
        return _("the card of a word in") if title else _("the card of a word")
    if "statement" in decision.details:
        return _("a statement in") if title else _("a statement")
    if "poll" in decision.details:
        return _("a poll in") if title else _("a poll")
    if "picture" not in decision.details:
        return ""
    if decision.network_id:
        return _("a document in the money of the network")
    return _("a picture in") if title else _("a picture")


def _about(
    decision: Decision,
    topics: dict[int, Topic],
    posts: dict[int, Post],
    networks: dict[int, Network],
    activities: dict[int, Activity],
    organisations: dict[int, Organisation],
) -> tuple[str, str, str]:
    """What the decision is about: a word for it, and its title and address or ''."""
    if decision.topic_id:
        topic = topics.get(decision.topic_id)
        if topic is None:
            return _("a topic that cannot be read now"), "", ""
        what = _("a network's view of the topic") if "view" in decision.details else _("the topic")
        return what, topic.title, topic.get_absolute_url()
    if decision.post_id:
        post = posts.get(decision.post_id)
        if post is None:
            return _("a comment in a topic that cannot be read now"), "", ""
        label = _("comment %(label)s in the topic") % {"label": post.label}
        return label, post.topic.title, post.get_absolute_url()
    if decision.network_id:
        network = networks.get(decision.network_id)
        if network is None:
            return _("a network that cannot be read now"), "", ""
        return _("the network"), network.name, network.get_absolute_url()
    if decision.activity_id:
        activity = activities.get(decision.activity_id)
        if activity is None:
            return _("an activity that cannot be read now"), "", ""
        return _("the activity"), activity.title, activity.get_absolute_url()
    if decision.organisation_id:
        organisation = organisations.get(decision.organisation_id)
        if organisation is None:
            return _("an organisation that cannot be read now"), "", ""
        return _("the organisation"), organisation.name, organisation.get_absolute_url()
    return _("a member"), "", ""
