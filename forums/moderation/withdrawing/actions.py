"""Take a picture, a line, a message, a poll or a statement out of sight, and show it again: each a decision with its reason."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Member
from forums.activities.locks import lock_activity
from forums.activities.models import Activity
from forums.discussions.polls import actions as polls
from forums.discussions.polls.models import Poll
from forums.discussions.posts.models import Post
from forums.discussions.topics.locks import lock_topic
from forums.discussions.topics.models import Topic
from forums.groups.networks.locks import lock_networks
from forums.groups.networks.models import Network
from forums.knowledge.glossary.models import Meaning
from forums.knowledge.portrayals.models import Portrayal
from forums.knowledge.restatements.models import Restatement
from forums.knowledge.statements import actions as statements
from forums.knowledge.statements.models import Statement
from forums.ledger.models import Line
from forums.moderation import actions as moderation
from forums.moderation.concealing.remaking import make_anew
from forums.moderation.grounds import asked, refuse_undoing
from forums.moderation.locks import lock_members
from forums.moderation.models import Act, Decision
from forums.moderation.networks import actions as networks
from forums.moderation.parties import refuse_party
from forums.moderation.withdrawing.places import (
    found,
    hid_by_rule,
    part_of,
    stands_in,
    withdrawal_of,
)
from forums.pictures.bodies import rendered
from forums.pictures.models import Attachment
from forums.reading.messages.models import Message


@transaction.atomic
def withdraw_picture(*, moderator: Member, picture: Attachment, reason: str) -> Decision | None:
    """Take a picture out of sight, and out of the text it stands in; None where it is already."""
    picture = Attachment.objects.select_related("ledger_line").get(pk=picture.pk)
    target = stands_in(picture)
    board = _locked(target, moderator)
    reason = asked(moderator, reason, board)
    if not _set_hidden(picture, on=True):
        return None
    details = {"picture": str(picture.pk)}
    if isinstance(target, Topic | Post):
        topic = target if isinstance(target, Topic) else target.topic
        covered = Topic.objects.filter(pk=topic.pk, cover=picture)
        if covered.update(cover=None):
            details["cover"] = str(picture.pk)
    _make_anew(target, picture)
    return _decided(Act.WITHDRAW, moderator, target, reason, details)


@transaction.atomic
def withdraw_line(*, moderator: Member, line: Line, reason: str) -> Decision | None:
    """Take a line of a ledger out of its pages, sums, file and history, its document with it."""
    line = Line.objects.select_related("network").get(pk=line.pk)
    _locked(line.network, moderator)
    reason = asked(moderator, reason)
    if not _set_hidden(line, on=True):
        return None
    return _decided(Act.WITHDRAW, moderator, line.network, reason, {"line": line.pk})


@transaction.atomic
def withdraw_message(*, moderator: Member, message: Message, reason: str) -> Decision | None:
    """Take a private message out of sight of all but who wrote it."""
    message = Message.objects.select_related("writer").get(pk=message.pk)
    _locked(message.writer, moderator)
    reason = asked(moderator, reason)
    refuse_party(moderator, message)
    if not _set_hidden(message, on=True):
        return None
    return _decided(Act.WITHDRAW, moderator, message.writer, reason, {"message": message.pk})


@transaction.atomic
def withdraw_poll(*, moderator: Member | None, poll: Poll, reason: str) -> Decision | None:
    """Take a poll out of its topic, with what was answered; its author and moderators still see it.

    What a rule hid until somebody looked is hidden by the moderator from now on, and for her reason.
    """
    board = _locked(poll.topic, moderator)
    reason = asked(moderator, reason, board)
    hid = polls.set_hidden(poll=poll, on=True)
    if not hid and (moderator is None or not hid_by_rule(poll)):
        return None
    return _decided(Act.WITHDRAW, moderator, poll.topic, reason, {"poll": poll.pk})


@transaction.atomic
def withdraw_meaning(*, moderator: Member, meaning: Meaning, reason: str) -> Decision | None:
    """Take what a word means to a network out of sight; who speaks for the network may say it in other words."""
    topic = meaning.word.topic
    board = _locked(topic, moderator)
    reason = asked(moderator, reason, board)
    refuse_party(moderator, meaning)
    if not _set_hidden(meaning, on=True):
        return None
    return _decided(Act.WITHDRAW, moderator, topic, reason, {"meaning": meaning.pk})


@transaction.atomic
def withdraw_statement(*, moderator: Member, statement: Statement, reason: str) -> Decision | None:
    """Take a statement out of the vote and out of everyone's sight; what was answered to it is kept."""
    topic = lock_topic(statement.topic_id)
    reason = asked(moderator, reason, topic.board)
    refuse_party(moderator, statement)
    if not _set_hidden(statement, on=True):
        return None
    return _decided(Act.WITHDRAW, moderator, topic, reason, {"statement": statement.pk})


@transaction.atomic
def withdraw_restatement(
    *, moderator: Member, restatement: Restatement, reason: str
) -> Decision | None:
    """Take what one says another means out of sight, with what the other said of it."""
    restatement = Restatement.objects.select_related("author").get(pk=restatement.pk)
    return _withdraw_words(moderator, restatement, reason, {"restatement": restatement.pk})


@transaction.atomic
def withdraw_portrayal(*, moderator: Member, portrayal: Portrayal, reason: str) -> Decision | None:
    """Take what one says another network thinks out of everyone's sight, who are to read it as well."""
    portrayal = Portrayal.objects.select_related("author").get(pk=portrayal.pk)
    return _withdraw_words(moderator, portrayal, reason, {"portrayal": portrayal.pk})


@transaction.atomic
def show_again(*, moderator: Member | None, reason: str, **named: Any) -> Decision | None:
    """Take back what took a thing out of sight (`poll=…`); None where nothing did."""
    ((kind, thing),) = named.items()
    thing = type(thing).objects.get(pk=thing.pk)
    decision = withdrawal_of(kind, thing)
    return decision and put_back(moderator=moderator, decision=decision, reason=reason)


@transaction.atomic
def put_back(*, moderator: Member | None, decision: Decision, reason: str) -> Decision | None:
    """Show again what this decision took out of sight; None where nothing is left to show.

    Raises NotAllowed, also for whose it is where another decided.
    """
    target: Any = getattr(decision, decision.about)
    board = _locked(target, moderator)
    reason = asked(moderator, reason, board)
    about = part_of(decision)
    thing = next((found(kind, key) for kind, key in about.items()), None)
    if decision.act != Act.WITHDRAW or thing is None or thing.hidden_at is None:
        return None
    same = {f"details__{name}": key for name, key in about.items()}
    whose = thing if isinstance(thing, Statement) else target
    refuse_undoing(Act.PUT_BACK, moderator, target, thing=whose, **same)
    if isinstance(thing, Message | Poll | Meaning | Restatement | Portrayal):
        refuse_party(moderator, thing)
    _set_hidden(thing, on=False)
    if isinstance(thing, Attachment):
        if "cover" in decision.details:
            topic = target if isinstance(target, Topic) else target.topic
            Topic.objects.filter(pk=topic.pk, cover=None).update(cover=thing)
        _make_anew(target, thing)
    return _decided(Act.PUT_BACK, moderator, target, reason, about)


def _withdraw_words(
    moderator: Member, thing: Restatement | Portrayal, reason: str, about: dict[str, int]
) -> Decision | None:
    """The decision is about whoever wrote them."""
    _locked(thing.author, moderator)
    reason = asked(moderator, reason)
    refuse_party(moderator, thing)
    if not _set_hidden(thing, on=True):
        return None
    return _decided(Act.WITHDRAW, moderator, thing.author, reason, about)


# -- pieces -----------------------------------------------------------------------------


def _locked(target: Any, moderator: Member | None) -> Any:
    """Lock what a decision is about, as `appeals.locks` does; its board, where its moderators decide as well."""
    match target:
        case Topic() | Post():
            return lock_topic(target.pk if isinstance(target, Topic) else target.topic_id).board
        case Activity():
            lock_activity(target.pk)
        case Network():
            lock_networks(target.pk)
        case Member():
            lock_members(*filter(None, [moderator, target]))
    return None


def _set_hidden(thing: Any, *, on: bool) -> bool:
    """Was it not so before?"""
    if isinstance(thing, Poll):
        return polls.set_hidden(poll=thing, on=on)
    if isinstance(thing, Statement):
        return statements.set_hidden(statement=thing, on=on)
    rows = type(thing).objects.filter(pk=thing.pk, hidden_at__isnull=on)
    return bool(rows.update(hidden_at=timezone.now() if on else None))


def _make_anew(target: Any, picture: Attachment) -> None:
    """The text it stands in, with or without it."""
    match target:
        case Topic() | Post():
            posts = Post.objects.select_for_update(of=("self",)).filter(attachments=picture.pk)
            post = posts.select_related("author", "topic__board").get()
            make_anew(post.topic, post, post.body, post.topic.title)
        case Activity():
            found = Activity.objects.select_related("created_by", "reported_by").get(pk=target.pk)
            html = rendered(found.body, reader=found.created_by).html if found.body else ""
            report = rendered(found.report, reader=found.reported_by).html if found.report else ""
            Activity.objects.filter(pk=found.pk).update(body_html=html, report_html=report)


def _decided(
    act: Act, moderator: Member | None, target: Any, reason: str, details: dict[str, Any]
) -> Decision:
    if isinstance(target, Network) and moderator is not None:
        return networks.decide(act, moderator=moderator, reason=reason, network=target, **details)
    if isinstance(target, Topic | Post):
        topic = target if isinstance(target, Topic) else target.topic
        details = details | {"board": topic.board}
    if isinstance(target, Activity):
        details = details | {"open_to": target.open_to}
    return moderation.decide(act, moderator=moderator, reason=reason, target=target, **details)
