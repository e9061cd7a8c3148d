"""Pictures, lines of a ledger, private messages, polls and statements as things that may be reported."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from forums.base.visibility import sees_all
from forums.discussions.polls.models import Poll
from forums.discussions.topics.models import Topic
from forums.knowledge.glossary.models import Meaning
from forums.knowledge.portrayals.models import Portrayal
from forums.knowledge.restatements.models import Restatement
from forums.knowledge.statements.models import Statement
from forums.ledger.models import LINE_DOCUMENT, LINE_HIDDEN, Line
from forums.moderation.subjects import LONGEST, Subject, of_activity, of_post
from forums.pictures.models import Attachment
from forums.reading.messages.lists import MessageRow, shown_rows
from forums.reading.messages.models import Message, MessageReport, conversation_url
from forums.text.glance import glance
from forums.text.lengths import excerpt

# What may be reported: other nouns register things of theirs for cases, which nobody but moderators opens.
REPORTED = frozenset(
    {
        *("post", "topic", "member", "network", "organisation", "activity"),
        *("picture", "line", "message", "poll", "statement"),
        *("restatement", "portrayal", "meaning"),
    }
)


def picture_key(key: str) -> UUID | None:
    """The id of a picture as addresses have it."""
    try:
        return UUID(key)
    except ValueError:
        return None


def pictures(member: Any) -> QuerySet[Attachment]:
    """Those in texts, in activities and of lines of a ledger."""
    found = Attachment.objects.visible_to(member)
    return found.select_related("post__topic__board", "activity", "ledger_line__network")


def of_picture(picture: Attachment) -> Subject:
    """A picture, where it stands; a loose one is its owner's alone."""
    there = whole_of(picture)
    line = getattr(picture, "ledger_line", None)
    if there is not None:
        title, url = _("A picture in “%(title)s”") % {"title": there.title}, there.url
    elif line is not None:
        title, url = _("A document of “%(title)s”") % {"title": line.purpose}, _line_url(line)
    else:
        title, url = _("A picture"), picture.address
    return Subject(
        kind="picture",
        key=str(picture.pk),
        title=title,
        url=url,
        words=excerpt(picture.caption or picture.alt, LONGEST),
        owner_id=picture.uploader_id,
        network_id=there.network_id if there is not None else None,
        thing=picture,
    )


def whole_of(picture: Attachment) -> Subject | None:
    """The text a picture stands in."""
    if picture.post is not None:
        return of_post(picture.post)
    return of_activity(picture.activity) if picture.activity is not None else None


def pictures_in(subject: Subject, member: Any) -> list[Attachment]:
    """The pictures of a text one may report by themselves."""
    places = {"activity": "activity", "post": "post", "topic": "post__topic"}
    if subject.kind not in places:
        return []
    found = Attachment.objects.visible_to(member).in_sight().filter(withdrawn_at=None)
    found = found.filter(**{places[subject.kind]: subject.key})
    if subject.kind == "topic":
        found = found.filter(post__number=0, post__reply_number=0)
    return list(found.order_by("created_at")[:12])


def lines(member: Any) -> QuerySet[Line]:
    """Those of ledgers she may read, but what was taken out; what moderators hid they still see."""
    readable = Line.objects.shown().filter(LINE_DOCUMENT.q(member))
    if sees_all(member):
        readable = Line.objects.filter(Q(pk__in=readable.values("pk")) | LINE_HIDDEN)
    return readable.select_related("network")


def of_line(line: Line) -> Subject:
    """A line of a ledger, its document with it; its network must be loaded."""
    return Subject(
        kind="line",
        key=str(line.pk),
        title=_("A line of the money of “%(network)s”") % {"network": line.network.name},
        url=_line_url(line),
        words=excerpt(f"{line.purpose} · {line.source}", LONGEST),
        owner_id=line.created_by_id,
        network_id=None,
        thing=line,
    )


def _line_url(line: Line) -> str:
    return f"{line.network.get_absolute_url()}money/history/?line={line.pk}"


def said(member: Any) -> QuerySet[Message]:
    """What was said to her; for moderators also the copies of what was reported, never the conversation."""
    readable = Message.objects.visible_to(member)
    if sees_all(member):
        copies = MessageReport.objects.filter(message=OuterRef("pk")).order_by("pk")
        copied = copies.values(copy=JSONObject(pk=F("pk"), text=F("shown__-1__text")))[:1]
        readable = Message.objects.filter(Exists(copies) | Q(pk__in=readable.values("pk")))
        readable = readable.annotate(copy=Subquery(copied))
    return readable.select_related("writer")


def copied_rows(subject: Subject, member: Any) -> list[MessageRow]:
    """Of a private message, what moderators will see if she reports it: she sees it before."""
    return shown_rows(member, subject.thing) if subject.kind == "message" else []


def of_message(message: Message) -> Subject:
    """A private message; of a reported one, for moderators, what its report shows."""
    copy = getattr(message, "copy", None)
    url = f"/admin/forums/messagereport/{copy['pk']}/change/" if copy else ""
    return Subject(
        kind="message",
        key=str(message.pk),
        title=_("A private message of %(name)s") % {"name": message.writer},
        url=url or f"{conversation_url(message.conversation_id)}#m{message.pk}",
        words=excerpt(copy["text"], LONGEST) if copy else glance(message.body_html, LONGEST),
        owner_id=message.writer_id,
        network_id=None,
        thing=message,
    )


def polls(member: Any) -> QuerySet[Poll]:
    """Those of topics she may open."""
    topics = Topic.objects.visible_to(member)
    return Poll.objects.visible_to(member).filter(topic__in=topics).select_related("topic__board")


def of_poll(poll: Poll) -> Subject:
    """A poll; its topic and board must be loaded."""
    return Subject(
        kind="poll",
        key=str(poll.pk),
        title=_("A poll in “%(title)s”") % {"title": poll.topic.title},
        url=poll.get_absolute_url(),
        words=excerpt(f"{poll.question} {poll.about}".strip(), LONGEST),
        owner_id=poll.author_id,
        network_id=poll.topic.board.network_id,
        thing=poll,
    )


def meanings(member: Any) -> QuerySet[Meaning]:
    """Cards of words, of topics she may open: those shown now, and her own."""
    topics = Topic.objects.visible_to(member)
    found = Meaning.objects.visible_to(member).filter(word__topic__in=topics)
    return found.select_related("word__topic__board")


def of_meaning(meaning: Meaning) -> Subject:
    """What a word means to a network; its word, topic and board must be loaded."""
    topic = meaning.word.topic
    return Subject(
        kind="meaning",
        key=str(meaning.pk),
        title=_("What “%(word)s” means to a network, in “%(title)s”")
        % {"word": meaning.word.term, "title": topic.title},
        url=f"/t/{topic.pk}/common/words/?word={meaning.word_id}#m{meaning.pk}",
        words=excerpt(meaning.body, LONGEST),
        owner_id=meaning.author_id,
        network_id=topic.board.network_id,
        thing=meaning,
    )


def statements(member: Any) -> QuerySet[Statement]:
    """Those of topics she may read."""
    topics = Topic.objects.visible_to(member)
    found = Statement.objects.visible_to(member).filter(topic__in=topics)
    return found.select_related("topic__board", "network")


def of_statement(statement: Statement) -> Subject:
    """A statement; its topic and board must be loaded. Who wrote it is said to nobody."""
    return Subject(
        kind="statement",
        key=str(statement.pk),
        title=_("A statement in “%(topic)s”") % {"topic": statement.topic.title},
        url=statement.get_absolute_url(),
        words=excerpt(statement.body, LONGEST),
        owner_id=statement.author_id,
        network_id=statement.topic.board.network_id,
        thing=statement,
    )


def restatements(member: Any) -> QuerySet[Restatement]:
    """Those she may read, of posts in topics she may open; hidden ones moderators only."""
    found = Restatement.objects.visible_to(member)
    found = found.filter(post__topic__in=Topic.objects.visible_to(member))
    return (found if sees_all(member) else found.standing()).select_related("post__topic")


def of_restatement(restatement: Restatement) -> Subject:
    """What one says another means, with what the other said of it; its post and topic must be loaded."""
    return Subject(
        kind="restatement",
        key=str(restatement.pk),
        title=_("What somebody says is meant, in “%(topic)s”")
        % {"topic": restatement.post.topic.title},
        url=f"/p/{restatement.post_id}/restatements/#r{restatement.pk}",
        words=excerpt(f"{restatement.body} {restatement.missing}".strip(), LONGEST),
        owner_id=restatement.author_id,
        network_id=None,
        thing=restatement,
    )


def portrayals(member: Any) -> QuerySet[Portrayal]:
    """Those she may read, in topics she may open; hidden ones moderators only."""
    found = Portrayal.objects.visible_to(member)
    found = found.filter(topic__in=Topic.objects.visible_to(member))
    return (found if sees_all(member) else found.standing()).select_related("topic", "target")


def of_portrayal(portrayal: Portrayal) -> Subject:
    """What one says another network thinks; its topic and network must be loaded."""
    return Subject(
        kind="portrayal",
        key=str(portrayal.pk),
        title=_("What somebody says “%(network)s” thinks") % {"network": portrayal.target.name},
        url=f"/t/{portrayal.topic_id}/common/speak/{portrayal.pk}/",
        words=excerpt(portrayal.body, LONGEST),
        owner_id=portrayal.author_id,
        network_id=None,
        thing=portrayal,
    )
